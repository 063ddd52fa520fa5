// What was said before meets what is found now: which thread goes on speaking of what, and what nobody said yet.

import type { Thread } from './conversation.ts'
import type { Group } from './group.ts'

/** Of two threads that speak of the same faults the older stays; the other goes, unless somebody answered there. */
export function withoutDoubles(threads: readonly Thread[]): { readonly kept: readonly Thread[]; readonly doubles: readonly number[] } {
  const seen = new Set<string>()
  const kept: Thread[] = []
  const doubles: number[] = []
  for (const thread of threads) {
    const isDouble = thread.marker.prints.every((print) => seen.has(print))
    if (isDouble && !thread.hasReplies) doubles.push(thread.comment)
    else kept.push(thread)
    for (const print of thread.marker.prints) seen.add(print)
  }
  return { kept, doubles }
}

/** The thread that speaks of each fault; of several the oldest. */
export function saidIn(threads: readonly Thread[]): ReadonlyMap<string, Thread> {
  return new Map([...threads].reverse().flatMap((thread) => thread.marker.prints.map((print) => [print, thread])))
}

type Matched = {
  /** For each thread the findings it goes on speaking of. */
  readonly threads: ReadonlyMap<Thread, Group>
  /** What nobody said yet. */
  readonly open: readonly Group[]
}

/** Faults that were said stay where they were said; new ones of a place join the thread that is there, unless a person settled it. */
export function matched(groups: readonly Group[], said: ReadonlyMap<string, Thread>): Matched {
  const threads = new Map<Thread, Group>()
  const open: Group[] = []
  for (const group of groups) {
    const homes = homesOf(group, said)
    const rest: number[] = []
    for (const [at, print] of group.prints.entries()) {
      const line = group.findings[at]?.location.line
      const thread = said.get(print) ?? (homes.find((home) => home.line === line) ?? homes[0])?.thread
      if (thread === undefined) rest.push(at)
      else threads.set(thread, joined(threads.get(thread), group, at))
    }
    const left = rest.flatMap((at) => part(group, at))
    const first = left[0]
    if (first !== undefined) open.push(left.slice(1).reduce((whole, next) => merged(whole, next), first))
  }
  return { threads, open }
}

/** The threads that speak of faults of a group, but for those that a person settled, and the lines of these faults by now. */
function homesOf(
  { findings, prints }: Group,
  said: ReadonlyMap<string, Thread>,
): readonly { readonly thread: Thread; readonly line: number | undefined }[] {
  return prints.flatMap((print, at) => {
    const thread = said.get(print)
    return thread === undefined || thread.isResolved ? [] : [{ thread, line: findings[at]?.location.line }]
  })
}

function part(group: Group, at: number): readonly Group[] {
  const finding = group.findings[at]
  const print = group.prints[at]
  return finding === undefined || print === undefined ? [] : [{ ...group, findings: [finding], prints: [print] }]
}

function merged(a: Group, b: Group): Group {
  const [first, ...rest] = a.findings
  return { ...a, findings: [first, ...rest, ...b.findings], prints: [...a.prints, ...b.prints] }
}

function joined(whole: Group | undefined, group: Group, at: number): Group {
  const [own] = part(group, at)
  if (own === undefined) return whole ?? group
  return whole === undefined ? own : merged(whole, own)
}
