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

/** `lines` lines from `line` on (from 1; none: before it) become `text`, which is whole lines. */
export type LineEdit = { readonly line: number; readonly lines: number; readonly text: string }

/** What turns `base` into `head`, line by line and without context. */
export function lineEdits(base: string, head: string): readonly LineEdit[] {
  const lines = { base: split(base), head: split(head) }
  const sizes = { base: lines.base.length, head: lines.head.length }
  return changesBetween(equalRuns(lines.base, lines.head), sizes).map((change) => ({
    line: change.base + 1,
    lines: change.baseEnd - change.base,
    text: lines.head.slice(change.head, change.headEnd).join(''),
  }))
}

/** The patch from `base` to `head` as git writes it for the file at `path`; empty where the texts are equal. */
export function unifiedPatch(path: string, base: string, head: string): string {
  const hunks = diffLines(base, head)
  if (hunks.length === 0) return ''
  const sides = { base: split(base), head: split(head) }
  const name = (prefix: string) => (/[\u0000-\u001f"\\]/.test(path) ? JSON.stringify(`${prefix}/${path}`) : `${prefix}/${path}`)
  const isNew = base === ''
  const from = isNew ? '/dev/null' : name('a')
  return `diff --git ${name('a')} ${name('b')}\n${isNew ? 'new file mode 100644\n' : ''}--- ${from}\n+++ ${name('b')}\n${hunks.map((hunk) => hunkText(hunk, sides)).join('')}`
}

function hunkText(hunk: Hunk, sides: { readonly base: readonly string[]; readonly head: readonly string[] }): string {
  const added = new Set(hunk.added)
  const removed = new Set(hunk.removed)
  const written: string[] = [`@@ -${hunk.base.start},${hunk.base.lines} +${hunk.head.start},${hunk.head.lines} @@\n`]
  let base = Math.max(1, hunk.base.start)
  let head = Math.max(1, hunk.head.start)
  const end = { base: base + hunk.base.lines, head: head + hunk.head.lines }
  while (base < end.base || head < end.head) {
    if (base < end.base && removed.has(base)) written.push(marked('-', sides.base[base++ - 1]))
    else if (head < end.head && added.has(head)) written.push(marked('+', sides.head[head++ - 1]))
    else {
      written.push(marked(' ', sides.head[head++ - 1]))
      base += 1
    }
  }
  return written.join('')
}

function marked(mark: string, line = ''): string {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`
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
