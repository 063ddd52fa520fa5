// Fixes to be read one by one: drawn so that neither one rule nor one repository is most of them.

import type { ReportedFix } from '../../src/report/report.ts'
import { randomOf } from '../random.ts'

/** A fix with the rule of what it mends first. */
export type Drawable = { readonly folder: string; readonly rule: string; readonly fix: ReportedFix }

type Bounds = { readonly count: number; readonly seed: number; readonly perRule: number; readonly perFolder: number }

/** As many as are wanted, in the order of the draw, no rule and no folder above its share; what shows a secret cannot be read and is passed over. */
export function drawn(all: readonly Drawable[], { count, seed, perRule, perFolder }: Bounds): readonly Drawable[] {
  const random = randomOf(seed)
  const left = all.filter(({ fix }) => fix.patch !== '')
  const taken: Drawable[] = []
  const isFull = (key: 'rule' | 'folder', value: string, share: number) =>
    taken.filter((one) => one[key] === value).length >= Math.floor(count * share)
  while (taken.length < count && left.length > 0) {
    const [one] = left.splice(random(left.length), 1)
    if (one !== undefined && !isFull('rule', one.rule, perRule) && !isFull('folder', one.folder, perFolder)) taken.push(one)
  }
  return taken
}

/** A drawn fix as a person reads it. */
export function printDrawn({ folder, rule, fix }: Drawable, number: number): void {
  console.log(`\n=== ${number} ${folder}: ${rule}: ${fix.titles.join('; ')} (${fix.safety})\n${fix.proof}\n${fix.patch}`)
}
