// The fast reader: the part of YAML that nearly all manifests are written in, read in one pass; what it is not certain about it leaves to construct.ts.

import type { Span } from '../text/position.ts'
import { readBlock } from './fast-block.ts'
import { advance, type Cursor, unsure } from './fast-cursor.ts'

/** Control characters, carriage returns, byte order marks and halves of characters. */
const odd = /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

/** The value of a document, a mapping or list with positions, exactly as `construct` makes it of a document without duplicate keys; undefined where that one has to be asked. */
export function readFast(text: string, { start, end }: Span): object | undefined {
  if (odd.test(text.slice(start, end))) return undefined
  const cursor: Cursor = {
    text,
    end,
    at: start,
    lineStart: start,
    column: 0,
    depth: 0,
    start,
    stop: start,
    style: 'plain',
    offsets: [],
    items: [],
  }
  try {
    advance(cursor)
    // Behind `---`, columns on the same line count for nothing.
    if (cursor.column < 0 || (cursor.lineStart === start && cursor.column > 0)) return undefined
    const value = readBlock(cursor)
    return cursor.column < 0 && value !== null && typeof value === 'object' ? value : undefined
  } catch (thrown) {
    if (thrown === unsure) return undefined
    throw thrown
  }
}
