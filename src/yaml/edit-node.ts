// The text around a value that is to be edited: the entries of a mapping or list, with where each begins and ends for a person.

import { endOfLine, startOfLine } from '../text/splice.ts'
import { positionsOf } from './positions.ts'

/** An entry of a mapping or an item of a list. */
export type Entry = {
  /** Of an item of a list its number. */
  readonly key: string
  /** Where the key, or the dash of an item in block style, begins and ends. */
  readonly keyStart: number
  readonly keyEnd: number
  /** The value; `start === end` where there is none. A text of several lines behind `|` or `>` begins on the line below. */
  readonly start: number
  readonly end: number
  /** Behind the last character of the value that a person sees. */
  readonly stop: number
  readonly value: unknown
}

/** A mapping or list as it is written. */
export type Node = {
  readonly source: string
  readonly value: object
  readonly start: number
  readonly end: number
  readonly isList: boolean
  /** In brackets. */
  readonly isFlow: boolean
  /** In the order of the text; what an alias or a merge key brings stands elsewhere and is none. */
  readonly entries: readonly Entry[]
}

/** The mapping or list that fills the whole source. */
export function rootNode(source: string, value: unknown): Node | undefined {
  const offsets = positionsOf(value)?.offsets
  if (offsets === undefined) return undefined
  const start = firstContent(source)
  return nodeAt(source, value, { start, end: endOfRoot(source, start, offsets) })
}

/** A mapping or list at its place; undefined for what is neither, or stands elsewhere. */
function nodeAt(source: string, value: unknown, place: { readonly start: number; readonly end: number }): Node | undefined {
  const positions = positionsOf(value)
  if (positions === undefined || value === null || typeof value !== 'object') return undefined
  const { start, end } = place
  const isFlow = source[start] === '{' || source[start] === '['
  const isList = Array.isArray(value)
  const frame = { source, value, start, end, isList, isFlow }
  const inside = (from: number, to: number) => from >= start && to <= end
  const entries: Entry[] = []
  const { keys, offsets } = positions
  if (isList) {
    let before = start
    for (const [index, item] of value.entries()) {
      const from = offsets[index * 2] ?? -1
      const to = offsets[index * 2 + 1] ?? -1
      if (!inside(from, to)) continue
      const dash = isFlow ? from : dashBefore(source, before, from)
      const stop = stopOf(source, from, to)
      entries.push({ key: String(index), keyStart: dash, keyEnd: isFlow ? dash : dash + 1, start: from, end: to, stop, value: item })
      before = Math.max(before, to)
    }
    return { ...frame, entries }
  }
  for (const [index, key] of keys.entries()) {
    const [keyStart = -1, keyEnd = -1, from = -1, to = -1] = offsets.slice(index * 4, index * 4 + 4)
    if (!inside(keyStart, keyEnd)) continue
    const isLast = keys.lastIndexOf(key) === index
    const own = (value as Readonly<Record<string, unknown>>)[key]
    entries.push({ key, keyStart, keyEnd, start: from, end: to, stop: stopOf(source, from, to), value: isLast ? own : undefined })
  }
  return { ...frame, entries: entries.sort((a, b) => a.keyStart - b.keyStart) }
}

/** The mapping or list that an entry holds. */
export function nodeOf(node: Node, entry: Entry): Node | undefined {
  return isElsewhere(entry) ? undefined : nodeAt(node.source, entry.value, entry)
}

/** Whether the value is an alias: what it stands for is written elsewhere. */
export function isElsewhere({ keyEnd, start }: Entry): boolean {
  return start < keyEnd
}

/** Behind the colon of a mapping's entry. */
export function behindColon({ source }: Node, { keyEnd }: Entry): number {
  return source.indexOf(':', keyEnd) + 1
}

/** What stands between the colon or dash of an entry and its value: an anchor, a tag, `|`, a comment. */
function headOf(node: Node, entry: Entry): string {
  const from = node.isList ? entry.keyEnd : behindColon(node, entry)
  return node.source.slice(from, Math.max(from, entry.start))
}

/** Whether an anchor or a tag stands before the value. */
export function isMarked(node: Node, entry: Entry): boolean {
  return /(?:^|\s)[&!]/.test(headOf(node, entry).replace(/#[^\n]*/g, ''))
}

/** Whether the value is a text behind `|` or `>`. */
export function isLiteral(node: Node, entry: Entry): boolean {
  return typeof entry.value === 'string' && /^\s*[|>]/.test(headOf(node, entry).replace(/(?:^|\s)[&!]\S*/g, ''))
}

/** How far an offset is from the start of its line. */
export function columnOf(source: string, offset: number): number {
  return offset - startOfLine(source, offset)
}

/** Whether an entry takes one line alone. */
export function isOneLine({ source }: Node, { keyStart, stop }: Entry): boolean {
  return stop <= endOfLine(source, keyStart)
}

function dashBefore(source: string, from: number, item: number): number {
  const between = source.slice(from, item).replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length))
  const dashes = [...between.matchAll(/(?:^|\s)-(?=\s|$)/g)]
  const last = dashes.at(-1)
  return last === undefined ? item : from + last.index + last[0].length - 1
}

function stopOf(source: string, start: number, end: number): number {
  let stop = end
  while (stop > start && /\s/.test(source[stop - 1] ?? '')) stop -= 1
  return stop
}

function firstContent(source: string): number {
  for (let at = 0; at < source.length; ) {
    const char = source[at] ?? ''
    if (char === '#') at = endOfLine(source, at)
    else if (/\s/.test(char)) at += 1
    else return at
  }
  return source.length
}

/** A collection in brackets ends with its bracket; one by indentation with the document. */
function endOfRoot(source: string, start: number, offsets: readonly number[]): number {
  const bracket = source[start] === '{' ? '}' : source[start] === '[' ? ']' : undefined
  if (bracket === undefined) return source.length
  for (let at = Math.max(start + 1, ...offsets.slice(-4)); at < source.length; at += 1) {
    if (source[at] === bracket) return at + 1
    if (source[at] === '#') at = endOfLine(source, at)
  }
  return source.length
}
