// Where the fast reader stands, and how it gets from one word to the next.

/** All of it is written to in place: an object for every step would cost what the fast reader is there to save. */
export type Cursor = {
  readonly text: string
  /** Where the document ends in the text. */
  readonly end: number
  at: number
  lineStart: number
  /** The column of what stands at `at`; -1 behind the last word of the document. */
  column: number
  depth: number
  /** The place of the value or word that was read last, quotes and brackets included; -1 of a value that is not there. */
  start: number
  stop: number
  style: Style
  /** What the open collections hold so far, one behind the other: cut out in one piece when a collection ends, they take no more room than they need. */
  readonly offsets: number[]
  readonly items: unknown[]
}

/** How a word is written; `quoted` and `escaped` ones differ in whether the text between the quotes is the value. */
export type Style = 'plain' | 'quoted' | 'single-escaped' | 'double-escaped'

/** Thrown where the fast reader is not certain: the general one takes over. One for all, since nobody asks where. */
export const unsure = new Error('left to the general reader')

const deepest = 100
const space = 32
const lineBreak = 10
const hash = 35

/** Over white space and comments to the next word. */
export function advance(cursor: Cursor): void {
  const { text, end } = cursor
  let at = cursor.at
  for (;;) {
    if (at >= end) {
      cursor.at = end
      cursor.column = -1
      return
    }
    const code = text.charCodeAt(at)
    if (code === space) at += 1
    else if (code === lineBreak) {
      at += 1
      cursor.lineStart = at
    } else if (code === hash && (at === cursor.lineStart || text.charCodeAt(at - 1) === space)) at = lineEnd(text, at, end)
    else break
  }
  cursor.at = at
  cursor.column = at - cursor.lineStart
}

/** As `advance`, behind a value with which a line must end. */
export function advanceLine(cursor: Cursor): void {
  const line = cursor.lineStart
  advance(cursor)
  if (cursor.lineStart === line && cursor.column >= 0) throw unsure
}

/** Over spaces; whether nothing but a comment follows on the line. */
export function isLineEmpty(cursor: Cursor): boolean {
  const { text, end } = cursor
  let at = cursor.at
  let code = text.charCodeAt(at)
  while (code === space) code = text.charCodeAt(++at)
  cursor.at = at
  return at >= end || code === lineBreak || (code === hash && text.charCodeAt(at - 1) === space)
}

/** The offset of the line break at or behind `at`, or the end. */
export function lineEnd(text: string, at: number, end: number): number {
  const found = text.indexOf('\n', at)
  return found < 0 || found > end ? end : found
}

/** A collection begins. */
export function descend(cursor: Cursor): void {
  cursor.depth += 1
  if (cursor.depth > deepest) throw unsure
}

/** Whether `code` ends what stands before it: a space, a line break, the end of the text. */
export function isGap(code: number): boolean {
  return code === space || code === lineBreak || Number.isNaN(code)
}
