// Collections in brackets on one line for the fast reader.

import { type Cursor, descend, isGap, unsure } from './fast-cursor.ts'
import { scanWord, wordKey, wordValue } from './fast-scalar.ts'
import { setOffsets } from './positions.ts'

const space = 32
const comma = 44
const colon = 58
const openList = 91
const closeList = 93
const openMapping = 123
const closeMapping = 125

/** Whether a collection in brackets begins with `code`. */
export function isFlow(code: number): boolean {
  return code === openList || code === openMapping
}

/** Reads the collection at the cursor and stops behind its last bracket, white space skipped. */
export function readFlow(cursor: Cursor): unknown {
  descend(cursor)
  const value = cursor.text.charCodeAt(cursor.at) === openList ? readList(cursor) : readMapping(cursor)
  cursor.depth -= 1
  return value
}

function readList(cursor: Cursor): unknown {
  const start = cursor.at
  const { items, offsets } = cursor
  const firstItem = items.length
  const firstOffset = offsets.length
  for (let code = step(cursor); code !== closeList; ) {
    items.push(readValue(cursor))
    offsets.push(cursor.start, cursor.stop)
    code = behindEntry(cursor, closeList)
  }
  const value = items.splice(firstItem)
  setOffsets(value, offsets.splice(firstOffset))
  return close(cursor, start, value)
}

function readMapping(cursor: Cursor): unknown {
  const start = cursor.at
  const value: Record<string, unknown> = {}
  const { offsets } = cursor
  const firstOffset = offsets.length
  for (let code = step(cursor); code !== closeMapping; ) {
    scanWord(cursor, true)
    const key = wordKey(cursor)
    if (Object.hasOwn(value, key)) throw unsure
    offsets.push(cursor.start, cursor.stop)
    if (cursor.text.charCodeAt(cursor.at) !== colon || !isGap(cursor.text.charCodeAt(cursor.at + 1))) throw unsure
    const next = step(cursor)
    if (next === comma || next === closeMapping) throw unsure
    value[key] = readValue(cursor)
    offsets.push(cursor.start, cursor.stop)
    code = behindEntry(cursor, closeMapping)
  }
  setOffsets(value, offsets.splice(firstOffset))
  return close(cursor, start, value)
}

function readValue(cursor: Cursor): unknown {
  if (isFlow(cursor.text.charCodeAt(cursor.at))) return readFlow(cursor)
  scanWord(cursor, true)
  return wordValue(cursor)
}

/** Over the comma behind an entry; the code that follows, which must be the bracket where there is no comma. */
function behindEntry(cursor: Cursor, bracket: number): number {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === comma) return step(cursor)
  if (code !== bracket) throw unsure
  return code
}

/** Over one character and the spaces behind it; the code that follows. */
function step(cursor: Cursor): number {
  cursor.at += 1
  skipSpaces(cursor)
  return cursor.text.charCodeAt(cursor.at)
}

function close(cursor: Cursor, start: number, value: unknown): unknown {
  cursor.start = start
  cursor.at += 1
  cursor.stop = cursor.at
  skipSpaces(cursor)
  return value
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === space) cursor.at += 1
}
