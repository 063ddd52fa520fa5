// The lines that two texts have in common, in order: exact where that is cheap, by lines that occur once where it is not.

import { diffArrays } from 'diff'

/** `length` lines from `base` equal those from `head`; counted from 0. */
export type Run = { readonly base: number; readonly head: number; readonly length: number }

/** The exact search takes time by the square of the differences, so it ends here: in a whole text, and in one piece of it. */
const mostEdits = { whole: 1_000, piece: 250 }

/** Runs of equal lines, ascending on both sides, not touching each other. */
export function equalRuns(base: readonly string[], head: readonly string[]): readonly Run[] {
  const runs: Run[] = []
  for (const run of between({ base, head }, { base: 0, baseEnd: base.length, head: 0, headEnd: head.length }, 'whole')) {
    const last = runs.at(-1)
    if (run.length === 0) continue
    const isNext = last !== undefined && last.base + last.length === run.base && last.head + last.length === run.head
    if (isNext) runs[runs.length - 1] = { ...last, length: last.length + run.length }
    else runs.push(run)
  }
  return runs
}

type Lines = { readonly base: readonly string[]; readonly head: readonly string[] }
type Window = { readonly base: number; readonly baseEnd: number; readonly head: number; readonly headEnd: number }

/** A whole text may be cut into pieces at lines that occur once, a piece not again. */
function between(lines: Lines, window: Window, part: keyof typeof mostEdits): readonly Run[] {
  const inner = trimmed(lines, window)
  const before: Run = { base: window.base, head: window.head, length: inner.base - window.base }
  const after: Run = { base: inner.baseEnd, head: inner.headEnd, length: window.baseEnd - inner.baseEnd }
  if (inner.base === inner.baseEnd || inner.head === inner.headEnd) return [before, after]
  const middle = exactly(lines, inner, mostEdits[part]) ?? (part === 'whole' ? piecewise(lines, inner) : [])
  return [before, ...middle, after]
}

function trimmed({ base: a, head: b }: Lines, window: Window): Window {
  let { base, baseEnd, head, headEnd } = window
  while (base < baseEnd && head < headEnd && a[base] === b[head]) {
    base += 1
    head += 1
  }
  while (base < baseEnd && head < headEnd && a[baseEnd - 1] === b[headEnd - 1]) {
    baseEnd -= 1
    headEnd -= 1
  }
  return { base, baseEnd, head, headEnd }
}

function exactly(lines: Lines, { base, baseEnd, head, headEnd }: Window, maxEditLength: number): readonly Run[] | undefined {
  const changes = diffArrays(lines.base.slice(base, baseEnd), lines.head.slice(head, headEnd), { maxEditLength })
  if (changes === undefined) return undefined
  const runs: Run[] = []
  let at = { base, head }
  for (const { added, removed, value } of changes) {
    const length = value.length
    if (!added && !removed) runs.push({ ...at, length })
    at = { base: at.base + (added ? 0 : length), head: at.head + (removed ? 0 : length) }
  }
  return runs
}

function piecewise(lines: Lines, window: Window): readonly Run[] {
  const runs: Run[] = []
  let { base, head } = window
  const end: Run = { base: window.baseEnd, head: window.headEnd, length: 0 }
  for (const anchor of [...anchorsIn(lines, window), end]) {
    for (const run of between(lines, { base, baseEnd: anchor.base, head, headEnd: anchor.head }, 'piece')) runs.push(run)
    runs.push(anchor)
    base = anchor.base + anchor.length
    head = anchor.head + anchor.length
  }
  return runs
}

/** Lines that occur once on either side, the longest ascending series of them. */
function anchorsIn(lines: Lines, { base, baseEnd, head, headEnd }: Window): readonly Run[] {
  const own = onceIn(lines.base, base, baseEnd)
  const other = onceIn(lines.head, head, headEnd)
  const pairs: Run[] = []
  for (const [line, at] of own) {
    const partner = other.get(line) ?? -1
    if (at >= 0 && partner >= 0) pairs.push({ base: at, head: partner, length: 1 })
  }
  return ascending(pairs)
}

/** Where each line stands, in their order; -1 for one that occurs again. */
function onceIn(lines: readonly string[], from: number, to: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (let at = from; at < to; at += 1) {
    const line = lines[at] ?? ''
    places.set(line, places.has(line) ? -1 : at)
  }
  return places
}

/** The longest series of pairs, which ascend at base, that ascends at head too (patience sorting). */
function ascending(pairs: readonly Run[]): readonly Run[] {
  const piles: number[] = []
  const previous: number[] = []
  const headAt = (index: number | undefined) => pairs[index ?? 0]?.head ?? 0
  for (const [index, pair] of pairs.entries()) {
    let low = 0
    let high = piles.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (headAt(piles[middle]) < pair.head) low = middle + 1
      else high = middle
    }
    previous.push(piles[low - 1] ?? -1)
    piles[low] = index
  }
  const series: Run[] = []
  for (let at = piles.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at]
    if (pair !== undefined) series.push(pair)
  }
  return series.reverse()
}
