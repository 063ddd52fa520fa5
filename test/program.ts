// The program as tests run it: the real rules, two folders or one, no clock.

import { loadRules, rulebookOf } from '../scripts/rulebook.ts'
import type { Change } from '../src/change/change.ts'
import type { Tree } from '../src/change/tree.ts'
import type { Overrides } from '../src/config.ts'
import { openChange } from '../src/io/change.ts'
import { readPolicy } from '../src/io/policy.ts'
import { engine } from '../src/io/rendering.ts'
import { refusing } from '../src/render/refusing.ts'
import type { Fixing } from '../src/repair.ts'
import type { Report } from '../src/report/report.ts'
import { review, scan } from '../src/scan.ts'
import { silent } from '../src/watch.ts'

export const rulebook = rulebookOf(loadRules(), '0.0.0')

/** The review of two folders. */
export function reviewFolders(base: string, head: string, overrides: Overrides = {}): Promise<Report> {
  return reviewChange(openChange({ directory: process.cwd(), base, head, allowFetch: false }), overrides)
}

export async function reviewChange(change: Change, overrides: Overrides = {}, fixing?: Fixing): Promise<Report> {
  const run = { policy: await readPolicy(change.policy, overrides, undefined), rulebook, watch: silent, engine, sources: refusing }
  return review(change, fixing === undefined ? run : { ...run, fixing })
}

export async function scanTree(tree: Tree, overrides: Overrides = {}): Promise<Report> {
  return scan(tree, { policy: await readPolicy(tree, overrides, undefined), rulebook, watch: silent, engine, sources: refusing })
}

/** A text as stories keep it: how many rules there are by now is no part of any. */
export function kept(text: string): string {
  return text.replaceAll(/judged by \d+ rules/g, 'judged by all rules')
}
