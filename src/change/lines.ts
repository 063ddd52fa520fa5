// The lines in which two texts differ, in hunks as git shows them.

import type { Hunk } from './diff.ts'
import { equalRuns, type Run } from './runs.ts'

/** Git shows three lines around a change, and so does GitHub. */
const context = 3

/** Hunks from `base` to `head`; none where the texts are equal. A line ends with `\n`; one without it differs from one with it. */
export function diffLines(base: string, head: string): readonly Hunk[] {
  if (base === head) return []
  const lines = { base: split(base), head: split(head) }
  const sizes = { base: lines.base.length, head: lines.head.length }
  return grouped(changesBetween(equalRuns(lines.base, lines.head), sizes)).map((changes) => hunkOf(changes, sizes))
}

function split(text: string): readonly string[] {
  const lines: string[] = []
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    lines.push(text.slice(start, end + 1))
    start = end + 1
  }
  if (start < text.length) lines.push(text.slice(start))
  return lines
}

/** Lines from `base` up to `baseEnd` are replaced by those from `head` up to `headEnd`; counted from 0. */
type Replacement = { readonly base: number; readonly baseEnd: number; readonly head: number; readonly headEnd: number }
type Sizes = { readonly base: number; readonly head: number }

function changesBetween(runs: readonly Run[], sizes: Sizes): readonly Replacement[] {
  const changes: Replacement[] = []
  let base = 0
  let head = 0
  for (const run of [...runs, { base: sizes.base, head: sizes.head, length: 0 }]) {
    if (run.base > base || run.head > head) changes.push({ base, baseEnd: run.base, head, headEnd: run.head })
    base = run.base + run.length
    head = run.head + run.length
  }
  return changes
}

/** Changes whose context touches are shown as one. */
function grouped(changes: readonly Replacement[]): readonly (readonly Replacement[])[] {
  const groups: Replacement[][] = []
  for (const change of changes) {
    const last = groups.at(-1)
    if (last !== undefined && change.base - (last.at(-1)?.baseEnd ?? 0) <= 2 * context) last.push(change)
    else groups.push([change])
  }
  return groups
}

function hunkOf(changes: readonly Replacement[], sizes: Sizes): Hunk {
  const first = changes[0] ?? { base: 0, baseEnd: 0, head: 0, headEnd: 0 }
  const last = changes.at(-1) ?? first
  return {
    base: shown(first.base, last.baseEnd, sizes.base),
    head: shown(first.head, last.headEnd, sizes.head),
    added: changes.flatMap(({ head, headEnd }) => numbers(head, headEnd)),
    removed: changes.flatMap(({ base, baseEnd }) => numbers(base, baseEnd)),
  }
}

/** Git names the line before where there is none to show. */
function shown(from: number, to: number, size: number): Hunk['base'] {
  const start = Math.max(0, from - context)
  const lines = Math.min(size, to + context) - start
  return { start: lines === 0 ? start : start + 1, lines }
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index + 1)
}
