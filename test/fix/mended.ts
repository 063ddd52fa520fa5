// Trees mended as the program does it, with a clock that stands still, for the tests of fixes.

import type { Overrides } from '../../src/config.ts'
import { policyOf } from '../../src/config.ts'
import { applyFixes } from '../../src/fix/apply.ts'
import type { VerifiedFix } from '../../src/fix/fix.ts'
import { engine } from '../../src/io/rendering.ts'
import { type Judgement, judgeTree } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { rulebook } from '../program.ts'

export function mendTree(files: Files, overrides: Overrides = {}, budget = 1_000): Promise<Judgement> {
  const policy = policyOf({}, overrides, { source: 'built-in defaults', ignore: [] })
  return judgeTree(treeOf(files), { policy, rulebook, watch: silent, engine, fixing: { now: () => 0, budget } })
}

/** The files with fixes made. */
export function withFixes(files: Readonly<Record<string, string>>, fixes: readonly VerifiedFix[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, applyFixes(path, text, fixes).text]))
}

/** Findings as lines: rule, object, place; sorted. */
export function findingLines({ report }: Judgement): readonly string[] {
  return report.findings
    .flatMap(({ rule, resource, pointer, copies }) =>
      Array.from({ length: 1 + copies.length }, () => `${rule} ${resource.kind} ${resource.name} ${pointer}`),
    )
    .sort()
}
