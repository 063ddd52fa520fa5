// What holds of several targets in the same words, said once.

import { complaintOf } from '../finding/problem.ts'
import { groupBy } from '../text/group.ts'
import { counted, placeText } from './printable.ts'
import type { ReportedGap, ReportedProblem } from './report.ts'

/**
 * `item`: what is said, of one or of all; `names`: each of those it is said of, with its place where these differ, empty where it is said of one alone; `place`: the one that all have, else
 * empty.
 */
export type Alike<Item> = { readonly item: Item; readonly names: readonly string[]; readonly place: string }

/** Problems in their order; those that say the same of several targets are one. */
export function problemsAlike(problems: readonly ReportedProblem[]): readonly Alike<ReportedProblem>[] {
  const groups = groupBy(problems, (problem, at) => {
    const { code, state, counts, target, hint } = problem
    return target === undefined ? String(at) : JSON.stringify([code, state, counts, complaintOf(problem), hint])
  })
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    const targets = new Set(members.map(({ target }) => target)).size
    if (first?.target === undefined || targets < 2) return members.map(alone)
    const message = `${counted(targets, 'target')} ${complaintOf(first)}`
    return [{ item: { ...first, message }, ...namesOf(members.map((member) => ({ name: member.target ?? '', place: placeText(member) }))) }]
  })
}

/** What is not rendered: what is true of most comes first. */
export function gapsAlike(gaps: readonly ReportedGap[]): readonly Alike<ReportedGap>[] {
  const groups = [...groupBy(gaps, ({ message, hint }) => JSON.stringify([message, hint])).values()]
  return groups
    .sort((a, b) => b.length - a.length)
    .flatMap((members) => {
      const [first] = members
      const targets = new Set(members.map(({ name }) => name)).size
      if (first === undefined || targets < 2) return members.map(alone)
      const named = namesOf(members.map((member) => ({ name: member.name, place: placeText(member) })))
      return [{ item: { ...first, name: counted(targets, 'target') }, ...named }]
    })
}

function alone<Item extends ReportedGap | ReportedProblem>(item: Item): Alike<Item> {
  return { item, names: [], place: placeText(item) }
}

function namesOf(named: readonly { readonly name: string; readonly place: string }[]): Pick<Alike<unknown>, 'names' | 'place'> {
  const [first] = named
  const isSpread = named.some(({ place }) => place !== first?.place)
  const names = named.map(({ name, place }) => (isSpread && !name.includes(place) ? `${name} (${place})` : name))
  return { names: [...new Set(names)], place: isSpread ? '' : (first?.place ?? '') }
}
