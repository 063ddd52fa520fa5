// Mappings and lists by indentation for the fast reader.

import { advance, advanceLine, type Cursor, descend, isGap, isLineEmpty, unsure } from './fast-cursor.ts'
import { isFlow, readFlow } from './fast-flow.ts'
import { readLiteral } from './fast-literal.ts'
import { scanWord, wordKey, wordValue } from './fast-scalar.ts'
import { setOffsets } from './positions.ts'

const dash = 45
const colon = 58
const literal = 124
const folded = 62

/** Reads the value at the cursor, a collection or a word, and goes on to the next word behind it. */
export function readBlock(cursor: Cursor): unknown {
  if (isItem(cursor)) return readList(cursor)
  if (isFlow(cursor.text.charCodeAt(cursor.at))) return readFlowLine(cursor)
  scanWord(cursor, false)
  if (cursor.text.charCodeAt(cursor.at) === colon) return readMapping(cursor)
  const value = wordValue(cursor)
  advanceLine(cursor)
  return value
}

function readFlowLine(cursor: Cursor): unknown {
  const value = readFlow(cursor)
  const { start, stop } = cursor
  advanceLine(cursor)
  cursor.start = start
  cursor.stop = stop
  return value
}

function isItem({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === dash && isGap(text.charCodeAt(at + 1))
}

function isLiteral({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at)
  return code === literal || code === folded
}

function readList(cursor: Cursor): unknown {
  descend(cursor)
  const { column, at: start } = cursor
  const { items, offsets } = cursor
  const firstItem = items.length
  const firstOffset = offsets.length
  let stop = start + 1
  do {
    items.push(readItem(cursor, column))
    offsets.push(cursor.start < 0 ? stop : cursor.start, cursor.start < 0 ? stop : cursor.stop)
    stop = Math.max(stop, cursor.stop)
    if (cursor.column > column) throw unsure
  } while (cursor.column === column && isItem(cursor))
  const value = items.splice(firstItem)
  setOffsets(value, offsets.splice(firstOffset))
  cursor.start = start
  cursor.stop = stop
  cursor.depth -= 1
  return value
}

function readItem(cursor: Cursor, indent: number): unknown {
  cursor.at += 1
  if (!isLineEmpty(cursor)) {
    if (isLiteral(cursor)) return readLiteral(cursor, indent)
    cursor.column = cursor.at - cursor.lineStart
    return readBlock(cursor)
  }
  advance(cursor)
  return cursor.column > indent ? readBlock(cursor) : absent(cursor)
}

/** A mapping whose first key has been read already. */
function readMapping(cursor: Cursor): unknown {
  descend(cursor)
  const { column, start } = cursor
  const value: Record<string, unknown> = {}
  const { offsets } = cursor
  const firstOffset = offsets.length
  let stop = start + 1
  for (;;) {
    const keyStart = cursor.start
    const keyStop = cursor.stop
    const key = wordKey(cursor)
    if (value[key] !== undefined && Object.hasOwn(value, key)) throw unsure
    value[key] = readEntry(cursor, column)
    if (cursor.start < 0) offsets.push(keyStart, keyStop, keyStop + 1, keyStop + 1)
    else offsets.push(keyStart, keyStop, cursor.start, cursor.stop)
    stop = Math.max(stop, keyStop, cursor.stop)
    if (cursor.column < column) break
    if (cursor.column > column) throw unsure
    scanWord(cursor, false)
    if (cursor.text.charCodeAt(cursor.at) !== colon) throw unsure
  }
  setOffsets(value, offsets.splice(firstOffset))
  cursor.start = start
  cursor.stop = stop
  cursor.depth -= 1
  return value
}

/** The value behind the colon at the cursor. */
function readEntry(cursor: Cursor, indent: number): unknown {
  cursor.at += 1
  if (!isGap(cursor.text.charCodeAt(cursor.at))) throw unsure
  if (isLineEmpty(cursor)) {
    advance(cursor)
    if (cursor.column > indent) return readBlock(cursor)
    return cursor.column === indent && isItem(cursor) ? readList(cursor) : absent(cursor)
  }
  if (isLiteral(cursor)) return readLiteral(cursor, indent)
  if (isFlow(cursor.text.charCodeAt(cursor.at))) return readFlowLine(cursor)
  scanWord(cursor, false)
  const value = wordValue(cursor)
  advanceLine(cursor)
  return value
}

function absent(cursor: Cursor): null {
  cursor.start = -1
  cursor.stop = -1
  return null
}
