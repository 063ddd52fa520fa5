// What was found and mended, as tables.

import { groupBy } from '../../src/text/group.ts'
import { randomOf } from '../random.ts'
import type { Row } from './measure.ts'

/** No rule may be more than its share of what is counted: of a rule that is found more often, that many are drawn. */
export function sampled(rows: readonly Row[], { share, seed }: { readonly share: number; readonly seed: number }): readonly Row[] {
  const random = randomOf(seed)
  const groups = [...groupBy(rows, ({ rule }) => rule).values()]
  // What is left out makes the whole smaller, and with it the share.
  let most = Math.max(1, Math.floor(rows.length * share))
  const size = () => groups.reduce((all, group) => all + Math.min(group.length, most), 0)
  while (most > 1 && most > size() * share) most -= 1
  return groups.flatMap((group) => {
    const left = [...group]
    while (left.length > most) left.splice(random(left.length), 1)
    return left
  })
}

export function printTables(rows: readonly Row[], sample: readonly Row[]): void {
  const share = (list: readonly Row[], test: (row: Row) => boolean) =>
    `${((100 * list.filter(test).length) / Math.max(1, list.length)).toFixed(1)} %`
  const line = (list: readonly Row[]) => ({
    findings: list.length,
    fixed: share(list, ({ fixed }) => fixed !== ''),
    safe: share(list, ({ fixed }) => fixed === 'safe'),
    unsafe: share(list, ({ fixed }) => fixed === 'unsafe'),
    ...Object.fromEntries(
      (['source', 'values', 'template', 'patch', 'overlay'] as const).map((kind) => [kind, share(list, ({ route }) => route === kind)]),
    ),
  })
  console.table({ all: line(rows), sample: line(sample) })
  const rules = [...groupBy(rows, ({ rule }) => rule)].sort(([, a], [, b]) => b.length - a.length)
  console.table(Object.fromEntries(rules.map(([rule, list]) => [rule, line(list)])))
  const left = rows.filter(({ fixed }) => fixed === '')
  const reasons = [...groupBy(left, ({ rule, reason }) => `${rule}: ${reason.slice(0, 120)}`)].sort(([, a], [, b]) => b.length - a.length)
  for (const [reason, list] of reasons.slice(0, 40)) console.log(`left ${String(list.length).padStart(4)}  ${reason}`)
}
