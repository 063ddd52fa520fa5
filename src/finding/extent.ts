// How far a fault reaches: rights, capabilities and the like, and whether one set of them holds another.

import type { ResourceId } from '../resource/resource.ts'

/** Whether everything in `extent` was in `known` before, word by word or under a `*`: `* /pods` holds `create /pods`. */
export function covers(known: Iterable<string>, extent: readonly string[]): boolean {
  const before = [...known]
  return extent.every((atom) => before.some((held) => holds(held, atom)))
}

/** What of `extent` was not in `known` before. */
export function added(known: Iterable<string>, extent: readonly string[]): readonly string[] {
  const before = [...known]
  return extent.filter((atom) => !before.some((held) => holds(held, atom)))
}

/** Whether the same words reach more namespaces than before: a Role that became a ClusterRole. */
export function reachesWider(before: ResourceId, now: ResourceId): boolean {
  return before.group === now.group && /^Role(?:Binding)?$/.test(before.kind) && now.kind === `Cluster${before.kind}`
}

function holds(held: string, atom: string): boolean {
  if (held === atom) return true
  if (!held.includes('*')) return false
  const wide = held.split(/[ /]/)
  const narrow = atom.split(/[ /]/)
  return wide.length <= narrow.length && wide.every((part, at) => part === '*' || part === narrow[at]) && endsWide(wide, narrow)
}

/** A shorter right holds a longer one only when its last word is a `*`: `get /*` holds `get /pods/log`. */
function endsWide(wide: readonly string[], narrow: readonly string[]): boolean {
  return wide.length === narrow.length || wide.at(-1) === '*'
}
