// The lines of an offer as one block, which is how a pull request takes it: a range of lines and what takes its place.

import type { OfferedEdit } from './offer.ts'

export type Block = {
  readonly path: string
  /** Lines of the file, from 1, the last included. */
  readonly first: number
  readonly last: number
  /** What they become, without the break of the last line; the breaks between are those of the file. */
  readonly text: string
}

/** A longer block hides what it changes. */
const longest = 30

/** Undefined where the edits lie in several files, too far apart, or in an empty file. New lines are hung on the line above them, or the one below at the top of a file. */
export function blockOf(edits: readonly OfferedEdit[], text: string): Block | undefined {
  const [one] = edits
  if (one === undefined || edits.some(({ path }) => path !== one.path)) return undefined
  const lines = text.split(/(?<=\n)/)
  if (lines.length === 0 || text === '') return undefined
  const first = Math.min(...edits.map(({ line, lines: count }) => (count === 0 && line > 1 ? line - 1 : line)))
  const last = Math.max(...edits.map(({ line, lines: count }) => (count > 0 ? line + count - 1 : line > 1 ? line - 1 : 1)))
  if (last - first >= longest || last > lines.length) return undefined
  const parts: string[] = []
  let at = first
  for (const edit of [...edits].sort((a, b) => a.line - b.line)) {
    parts.push(...lines.slice(at - 1, edit.line - 1), edit.text)
    at = edit.line + edit.lines
  }
  parts.push(...lines.slice(at - 1, last))
  return { path: one.path, first, last, text: parts.join('').replace(/\r?\n$/, '') }
}
