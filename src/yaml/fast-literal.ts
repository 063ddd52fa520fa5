// Texts of many lines behind `|` and `>` for the fast reader.

import { getScalarValue } from 'js-yaml'
import { advance, type Cursor, isLineEmpty, lineEnd, unsure } from './fast-cursor.ts'

const tab = 9
const lineBreak = 10
const space = 32
const plus = 43
const minus = 45
const folded = 62

/** Reads the text whose `|` or `>` stands at the cursor and goes on to the next word; its lines are indented further than `parent`. */
export function readLiteral(cursor: Cursor, parent: number): string {
  const { text, end } = cursor
  const style = text.charCodeAt(cursor.at) === folded ? 5 : 4
  const sign = text.charCodeAt(cursor.at + 1)
  const chomping = sign === plus ? 3 : sign === minus ? 2 : 1
  cursor.at += chomping === 1 ? 1 : 2
  if (!isLineEmpty(cursor)) throw unsure
  const valueStart = lineEnd(text, cursor.at, end) + 1
  if (valueStart > end) throw unsure
  const indent = indentAt(cursor, valueStart, parent)
  const valueEnd = endOf(cursor, valueStart, indent)
  const nothing = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 }
  const value = getScalarValue(text, { type: 4, valueStart, valueEnd, style, chomping, indent, fast: false, ...nothing })
  cursor.at = valueEnd
  cursor.lineStart = valueEnd
  advance(cursor)
  cursor.start = valueStart
  cursor.stop = valueEnd
  return value
}

/** The column of the first line that is not blank; blank ones before it must hold no spaces. */
function indentAt({ text, end }: Cursor, start: number, parent: number): number {
  let line = start
  while (text.charCodeAt(line) === lineBreak && line < end) line += 1
  let at = line
  while (text.charCodeAt(at) === space) at += 1
  const code = text.charCodeAt(at)
  if (at >= end || code === tab || code === lineBreak || at - line <= parent) throw unsure
  return at - line
}

/** Behind the last line that is blank or indented far enough. */
function endOf({ text, end }: Cursor, start: number, indent: number): number {
  let line = start
  while (line < end) {
    let at = line
    while (text.charCodeAt(at) === space && at - line < indent) at += 1
    // Spaces alone before the end of the text.
    if (at >= end) throw unsure
    if (at - line < indent && text.charCodeAt(at) !== lineBreak) return line
    const broken = lineEnd(text, at, end)
    line = broken < end ? broken + 1 : end
  }
  return end
}
