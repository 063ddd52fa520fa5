// Trees mended as the program does it, with a clock that stands still, for the tests of fixes.

import type { Overrides } from '../../src/config.ts'
import { factsOf, policyOf, rulesOf } from '../../src/config.ts'
import { newMemo } from '../../src/discover/memo.ts'
import { applyFixes } from '../../src/fix/apply.ts'
import type { VerifiedFix } from '../../src/fix/fix.ts'
import { engine } from '../../src/io/rendering.ts'
import type { Observer } from '../../src/observe.ts'
import { refusing } from '../../src/render/refusing.ts'
import { ruleSet } from '../../src/rule/rule-set.ts'
import { type Judgement, judgeTree } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { rulebook } from '../program.ts'

export function mendTree(files: Files, overrides: Overrides = {}, budget = 1_000): Promise<Judgement> {
  const policy = policyOf({}, overrides, { source: 'built-in defaults', ignore: [] })
  return judgeTree(treeOf(files), { policy, rulebook, watch: silent, engine, sources: refusing, fixing: { now: () => 0, budget } })
}

const policy = policyOf({}, {}, { source: 'built-in defaults', ignore: [] })

/** What trees are looked at with where a test looks itself. */
export const observer: Observer = {
  policy,
  rules: ruleSet(rulesOf(policy, rulebook.rules), factsOf(policy), rulebook.expressions),
  engine,
  sources: refusing,
  memo: newMemo(),
  watch: silent,
}

/** The files with fixes made; one that is not there yet is the empty text. */
export function withFixes(files: Readonly<Record<string, string>>, fixes: readonly VerifiedFix[]): Readonly<Record<string, string>> {
  const paths = new Set([...Object.keys(files), ...fixes.flatMap(({ edits }) => edits.map(({ path }) => path))])
  return Object.fromEntries([...paths].map((path) => [path, applyFixes(path, files[path] ?? '', fixes).text]))
}

/** Findings as lines: rule, object, place; sorted. */
export function findingLines({ report }: Judgement): readonly string[] {
  return report.findings
    .flatMap(({ rule, resource, pointer, copies }) =>
      Array.from({ length: 1 + copies.length }, () => `${rule} ${resource.kind} ${resource.name} ${pointer}`),
    )
    .sort()
}
