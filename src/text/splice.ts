// Replacements of parts of a text by their place: everything else stays as it is.

import type { Span } from './position.ts'

/** What stands from `start` to `end` is replaced by `text`; offsets are those of the text before. */
export type Splice = Span & { readonly text: string }

/** The text with its parts replaced. Throws an Error where two of them overlap: such a plan is a bug. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let made = ''
  let at = 0
  for (const { start, end, text: replacement } of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at || end < start || end > text.length) throw new Error(`a splice from ${start} to ${end} does not fit behind ${at}`)
    made += text.slice(at, start) + replacement
    at = end
  }
  return made + text.slice(at)
}

/** Behind the last character of the line that holds `offset`, before its line break. */
export function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  const end = newline < 0 ? text.length : newline
  return end > offset && text.charCodeAt(end - 1) === 13 ? end - 1 : end
}

/** Where the line after that of `offset` begins; the end of the text behind the last one. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

/** Where the line that holds `offset` begins. */
export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** The line break that a text uses: that of the first line. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n')
  return first > 0 && text.charCodeAt(first - 1) === 13 ? '\r\n' : '\n'
}
