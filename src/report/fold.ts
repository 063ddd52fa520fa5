// Nothing twice: findings that say less of the same thing are folded into the one that says most.

import { groupBy } from '../text/group.ts'
import type { Judged } from './judged.ts'
import type { State } from './report.ts'

/** A finding with what was folded into it. */
export type Folded = Judged & { readonly folded: readonly Judged[] }

/**
 * Folds a finding into one of the same object that speaks of the same item and that its rule yields to, and findings of one rule that show one and the same place (a pod's setting that all
 * its containers inherit) into the first of them. Only where both have the same news: what was there before never hides what is new.
 */
export function fold(judged: readonly Judged[]): readonly Folded[] {
  const heads = new Map<Judged, Judged>()
  const idOf = numbering()
  const itemKey = ({ finding, state }: Judged) => `${idOf(finding.resource)} ${newsOf(state)} ${finding.item}`
  const placeKey = ({ finding, state }: Judged) => `${idOf(finding.resource)} ${newsOf(state)} ${finding.rule.id} ${finding.shown ?? ''}`
  for (const group of groupBy(judged, itemKey).values()) {
    for (const entry of group) {
      const head = group.find((other) => other !== entry && takes(other, entry) && !takes(entry, other))
      if (head !== undefined) heads.set(entry, head)
    }
  }
  for (const group of groupBy(judged.filter(isInherited), placeKey).values()) {
    for (const entry of group.slice(1)) if (!heads.has(entry) && group[0] !== undefined) heads.set(entry, group[0])
  }
  const members = new Map<Judged, Judged[]>()
  for (const entry of heads.keys()) {
    const head = topOf(entry, heads)
    members.set(head, [...(members.get(head) ?? []), entry])
  }
  return judged.filter((entry) => !heads.has(entry)).map((entry) => ({ ...entry, folded: members.get(entry) ?? [] }))
}

/** A number for each object, in the order they are asked about. */
function numbering(): (object: object) => number {
  const numbers = new Map<object, number>()
  return (object) => {
    const number = numbers.get(object) ?? numbers.size
    numbers.set(object, number)
    return number
  }
}

function isInherited({ finding }: Judged): boolean {
  return finding.shown !== undefined
}

function newsOf(state: State): string {
  return state === 'worsened' ? 'new' : state
}

function takes(head: Judged, entry: Judged): boolean {
  return entry.finding.rule.yieldsTo?.includes(head.finding.rule.id) ?? false
}

function topOf(entry: Judged, heads: ReadonlyMap<Judged, Judged>): Judged {
  let top = entry
  // Chains are short, and a cycle of rules that yield to each other is cut by `takes` being asked both ways.
  for (let steps = 0; steps < 10; steps += 1) {
    const next = heads.get(top)
    if (next === undefined) return top
    top = next
  }
  return top
}
