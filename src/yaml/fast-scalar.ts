// Words on one line for the fast reader: plain and quoted.

import { type Cursor, isGap, unsure } from './fast-cursor.ts'
import { resolveScalar, unsupported } from './scalar.ts'

/** Characters with which no plain word begins, or with which the fast reader lets none begin. */
const indicators: ReadonlySet<number> = new Set([...'?:,[]{}#&*!|>\'"%@`'].map((char) => char.charCodeAt(0)))
const flowIndicators: ReadonlySet<number> = new Set([...',[]{}'].map((char) => char.charCodeAt(0)))
const tab = 9
const lineBreak = 10
const space = 32
const double = 34
const hash = 35
const single = 39
const dash = 45
const colon = 58
const backslash = 92

/** Reads the word at the cursor and stops behind it, white space skipped. Its place and style are the cursor's afterwards. */
export function scanWord(cursor: Cursor, isFlow: boolean): void {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === double) scanDouble(cursor)
  else if (code === single) scanSingle(cursor)
  else if (isFlow) scanFlowPlain(cursor)
  else scanPlain(cursor)
}

function scanPlain(cursor: Cursor): void {
  const { text, end } = cursor
  const start = beginPlain(cursor)
  let at = start
  let stop = start
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === space) continue
    if (code === lineBreak) break
    if (code === tab) throw unsure
    if (code === colon && isGap(text.charCodeAt(at + 1))) break
    if (code === hash && stop !== at) break
    stop = at + 1
  }
  endPlain(cursor, stop, at)
}

function scanFlowPlain(cursor: Cursor): void {
  const { text, end } = cursor
  const start = beginPlain(cursor)
  let at = start
  let stop = start
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === space) continue
    if (flowIndicators.has(code)) break
    if (code === lineBreak || code === tab) throw unsure
    if (code === colon && (isGap(text.charCodeAt(at + 1)) || flowIndicators.has(text.charCodeAt(at + 1)))) break
    if (code === hash && stop !== at) throw unsure
    stop = at + 1
  }
  endPlain(cursor, stop, at)
}

function beginPlain({ text, at, lineStart }: Cursor): number {
  const code = text.charCodeAt(at)
  if (indicators.has(code)) throw unsure
  if (code === dash && (isGap(text.charCodeAt(at + 1)) || flowIndicators.has(text.charCodeAt(at + 1)))) throw unsure
  // `---` and `...` end documents.
  if (at === lineStart && (code === dash || code === 46)) throw unsure
  return at
}

function endPlain(cursor: Cursor, stop: number, at: number): void {
  if (stop === cursor.at) throw unsure
  cursor.start = cursor.at
  cursor.stop = stop
  cursor.at = at
  cursor.style = 'plain'
}

function scanSingle(cursor: Cursor): void {
  const { text, end, at: start } = cursor
  cursor.style = 'quoted'
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === lineBreak) throw unsure
    if (code !== single) continue
    if (text.charCodeAt(at + 1) !== single) {
      endQuoted(cursor, at)
      return
    }
    cursor.style = 'single-escaped'
    at += 1
  }
  throw unsure
}

function scanDouble(cursor: Cursor): void {
  const { text, end, at: start } = cursor
  cursor.style = 'quoted'
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === double) {
      endQuoted(cursor, at)
      return
    }
    if (code === lineBreak) throw unsure
    if (code !== backslash) continue
    cursor.style = 'double-escaped'
    at += 1
    if (!escapes.has(text.charCodeAt(at))) throw unsure
  }
  throw unsure
}

function endQuoted(cursor: Cursor, at: number): void {
  cursor.start = cursor.at
  cursor.stop = at + 1
  cursor.at = at + 1
  while (cursor.text.charCodeAt(cursor.at) === space) cursor.at += 1
}

/** Escapes whose meaning JSON shares; all others are left to the general reader. */
const escapes: ReadonlySet<number> = new Set([...'nt"\\/bfr'].map((char) => char.charCodeAt(0)))

/** The value of the word read last. */
export function wordValue(cursor: Cursor): unknown {
  if (cursor.style !== 'plain') return quotedText(cursor)
  const value = resolveScalar(cursor.text.slice(cursor.start, cursor.stop))
  if (value === unsupported) throw unsure
  return value
}

/** The word read last as a key; not one that an object of this language puts before all others (`"80"`). */
export function wordKey(cursor: Cursor): string {
  const { text, start, stop } = cursor
  const raw = cursor.style === 'plain' ? text.slice(start, stop) : quotedText(cursor)
  const value = cursor.style === 'plain' ? resolveScalar(raw) : raw
  if (typeof value !== 'string' || raw === '__proto__' || (cursor.style === 'plain' && raw === '<<')) throw unsure
  if (startsWithDigit(raw) && /^\d+$/.test(raw)) throw unsure
  return value
}

function startsWithDigit(text: string): boolean {
  const code = text.charCodeAt(0)
  return code >= 48 && code <= 57
}

function quotedText({ text, start, stop, style }: Cursor): string {
  const raw = text.slice(start + 1, stop - 1)
  if (style === 'single-escaped') return raw.replaceAll("''", "'")
  if (style === 'double-escaped') return JSON.parse(`"${raw.replaceAll('\t', '\\t')}"`) as string
  return raw
}
