// Where a new key or item goes, and how it is written there.

import type { Splice } from '../text/splice.ts'
import { endOfLine, nextLine, startOfLine } from '../text/splice.ts'
import type { Json } from './change.ts'
import { valueInFlow } from './edit-flow.ts'
import { columnOf, type Entry, isOneLine, type Node } from './edit-node.ts'
import { entryText, itemText, keyText, quoteOf, type Style } from './edit-style.ts'

/** Ways to write a new key into a mapping that holds some, the best one first. */
export function insertions(node: Node, key: string, value: Json, style: Style): readonly (readonly Splice[])[] {
  if (node.isFlow) return [[flowInsertion(node, key, value, style)]]
  const last = node.entries.length - 1
  const wanted = placeFor(node, key, value)
  const above = Array.from({ length: Math.max(0, last) }, (_, at) => last - 1 - at)
  const places = [...new Set([wanted, last, ...above, -1])]
  const example = exampleOf(node, (column) => entryText(key, value, column, style))
  const placed = places.flatMap((place) => blockInsertion(node, place, (column) => entryText(key, value, column, style), style))
  return example === undefined ? placed : [[example], ...placed]
}

/** The line of a comment, among the entries or right below them, that says as an example what is to be written: it becomes that. */
function exampleOf({ source, entries }: Node, write: (column: number) => string): Splice | undefined {
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const column = columnOf(source, first.keyStart)
  const text = write(column)
  for (let start = startOfLine(source, first.keyStart); start < source.length; start = nextLine(source, start)) {
    const end = endOfLine(source, start)
    const [, indent = '', example] = /^( *)#(.*)$/.exec(source.slice(start, end)) ?? []
    if (example === undefined && start > Math.max(last.keyEnd, last.stop)) return undefined
    if (example?.trim() === text && indent.length <= column) return { start, end, text: ' '.repeat(column) + text }
  }
  return undefined
}

/** Ways to write a further item into a list that holds some. */
export function additions(node: Node, value: Json, style: Style): readonly (readonly Splice[])[] {
  if (node.isFlow) return [[flowInsertion(node, undefined, value, style)]]
  return blockInsertion(node, node.entries.length - 1, (column) => itemText(value, column, style), style)
}

/**
 * The entry behind which a new key is put, -1 for before all: in the order of the alphabet where the keys are in it, else behind the entries of one line that come first, so that it
 * stands near what names the object and not behind a long list; a list of its own goes to the end.
 */
function placeFor(node: Node, key: string, value: Json): number {
  const { entries } = node
  const keys = entries.map((entry) => entry.key)
  const isItem = startOfEntry(node, entries[0]) !== entries[0]?.keyStart
  const isSorted = keys.length > (Array.isArray(value) ? 3 : 2) && keys.every((name, at) => at === 0 || (keys[at - 1] ?? '') < name)
  // What names an item stays in front.
  if (isSorted && !(isItem && key < (keys[0] ?? ''))) return keys.filter((name) => name < key).length - 1
  const firstLong = entries.findIndex((entry) => !isOneLine(node, entry))
  if (firstLong < 0 || Array.isArray(value)) return entries.length - 1
  if (firstLong > 0) return firstLong - 1
  return isItem ? entries.findLastIndex((entry) => isOneLine(node, entry)) : -1
}

/** The first character of the entry's line that is no space. */
function startOfEntry({ source }: Node, entry: Entry | undefined): number {
  let at = startOfLine(source, entry?.keyStart ?? 0)
  while (source[at] === ' ') at += 1
  return at
}

function blockInsertion(
  { source, entries }: Node,
  behind: number,
  write: (column: number) => string,
  { lineBreak }: Style,
): readonly (readonly Splice[])[] {
  const first = entries[0]
  if (first === undefined) return []
  const column = columnOf(source, first.keyStart)
  const before = entries[behind]
  const text = write(column)
  if (before === undefined) return [[{ start: first.keyStart, end: first.keyStart, text: `${text}${lineBreak}${' '.repeat(column)}` }]]
  const at = endOfLine(source, Math.max(before.keyEnd, before.stop))
  return [[{ start: at, end: at, text: `${lineBreak}${' '.repeat(column)}${text}` }]]
}

/** Into brackets, behind the last entry: on its own line where the entries have theirs. */
function flowInsertion(node: Node, key: string | undefined, value: Json, style: Style): Splice {
  const { source, start, entries, isList } = node
  const first = entries[0]
  const last = entries.at(-1)
  if (first === undefined || last === undefined) throw new Error('an empty collection is written anew, not inserted into')
  const isJson = style.isJson || (!isList && source[first.keyStart] === '"')
  const name = key === undefined ? '' : `${keyText(key, true, isJson)}: `
  const quote = isJson ? '"' : quoteOf(source[isList ? first.start : -1])
  const text = name + valueInFlow(value, node, last, { isJson, quote, lineBreak: style.lineBreak })
  const isBelow = source.slice(start + 1, first.keyStart).includes('\n')
  const gap = isBelow ? style.lineBreak + ' '.repeat(columnOf(source, last.keyStart)) : ' '
  return { start: last.end, end: last.end, text: `,${gap}${text}` }
}
