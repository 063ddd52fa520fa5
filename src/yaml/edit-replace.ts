// One value in place of another, and the removal of keys and items.

import { endOfLine, nextLine, type Splice, startOfLine } from '../text/splice.ts'
import { type Json, type Refusal, refuse } from './change.ts'
import { valueInFlow } from './edit-flow.ts'
import { behindColon, columnOf, type Entry, isElsewhere, isLiteral, isMarked, type Node, nodeOf } from './edit-node.ts'
import { behindKey, flowText, isEmpty, isText, itemText, literalText, quoteOf, type Style, scalarText } from './edit-style.ts'

/** What a plan is: ways to do it, the best one first, or why there is none. */
export type Plan = readonly (readonly Splice[])[] | Refusal

/** Another value for an entry. */
export function replacement(node: Node, entry: Entry, value: Json, style: Style): Plan {
  if (isElsewhere(entry)) return refuse('the value is an alias: what it stands for is written elsewhere')
  if (isMarked(node, entry)) return refuse('an anchor or a tag stands before the value')
  const isLong = value !== null && typeof value === 'object' && !isEmpty(value)
  if (isLiteral(node, entry) && isText(value)) return [[literalReplacement(node, entry, value, style)]]
  const old = nodeOf(node, entry)
  if (node.isFlow || (old?.isFlow === true && old.entries.length > 0)) return [[inFlow(node, entry, old, value, style)]]
  const isListStill = old?.isList === true && old.entries.length > 0 && Array.isArray(value) && isLong
  if (losesComment(node, entry, isListStill)) return refuse('a comment stands inside what would be replaced')
  if (node.isList) return [[itemReplacement(node, entry, value, style)]]
  if (isListStill) return [[listReplacement(node, entry, value, style)]]
  if (!isLong) return [besideKey(node, entry, value)]
  const below = belowKey(node, entry, value, style)
  const examples = examplesBelow(node, entry, below)
  return examples.length > 0 ? [[...below, ...examples], below] : [below]
}

/** Whether a comment on lines of its own stands within the old value, or above it where that goes too. */
function losesComment(node: Node, entry: Entry, keepsAbove: boolean): boolean {
  if (typeof entry.value !== 'object' || entry.value === null) return false
  const from = keepsAbove || node.isList ? entry.start : Math.min(entry.start, endOfLine(node.source, behindColon(node, entry)))
  return /(?:^|[\n ])#/.test(node.source.slice(from, entry.stop))
}

function inFlow(node: Node, entry: Entry, old: Node | undefined, value: Json, style: Style): Splice {
  const { source } = node
  const isJson = style.isJson || (!node.isList && source[entry.keyStart] === '"')
  const quote = isJson ? '"' : quoteOf(source[old?.isList === true ? (old.entries[0]?.start ?? -1) : entry.start])
  const { lineBreak } = style
  const text = node.isFlow
    ? valueInFlow(value, node, entry, { isJson, quote, lineBreak })
    : flowText(value, { isJson, quote, isSpaced: source[entry.start + 1] === ' ' })
  if (entry.start === entry.end) return { start: behindColon(node, entry), end: behindColon(node, entry), text: ` ${text}` }
  return { start: entry.start, end: entry.end, text }
}

/** The lines of a text behind `|`, where they stand. */
function literalReplacement({ source }: Node, { start, stop }: Entry, value: string, style: Style): Splice {
  const from = startOfLine(source, start)
  const column = /[^ \n\r]/.exec(source.slice(from, stop))?.index ?? 0
  const first = from + column - columnOf(source, from + column)
  const lines = literalText(value, columnOf(source, from + column), style)
  return { start: first, end: Math.max(first, stop), text: lines.slice(lines.indexOf('\n') + 1) }
}

function itemReplacement({ source }: Node, { keyStart, keyEnd, start, stop }: Entry, value: Json, style: Style): Splice {
  const isBare = value === null || typeof value !== 'object' || isEmpty(value)
  const text = isBare ? ` ${shortText(value, source[start])}` : itemText(value, columnOf(source, keyStart), style).slice(1)
  return { start: keyEnd, end: Math.max(keyEnd, stop), text }
}

function listReplacement({ source }: Node, { start, stop }: Entry, value: readonly Json[], style: Style): Splice {
  const column = columnOf(source, start)
  const text = value.map((item) => itemText(item, column, style)).join(style.lineBreak + ' '.repeat(column))
  return { start, end: stop, text }
}

function shortText(value: Json, mark: string | undefined): string {
  return value === null || typeof value !== 'object' ? scalarText(value, false, quoteOf(mark)) : flowText(value, { isJson: false })
}

/** A short value, on the line of its key; a comment there stays behind it. */
function besideKey(node: Node, entry: Entry, value: Json): readonly Splice[] {
  const colon = behindColon(node, entry)
  const text = shortText(value, node.source[entry.start])
  if (entry.start === entry.end) return [{ start: colon, end: colon, text: ` ${text}` }]
  const lineEnd = endOfLine(node.source, colon)
  if (entry.start <= lineEnd && !isLiteral(node, entry)) return [{ start: entry.start, end: entry.stop, text }]
  const comment = /\s#[^\r\n]*/.exec(node.source.slice(colon, lineEnd))
  if (comment === null) return [{ start: colon, end: entry.stop, text: ` ${text}` }]
  return [
    { start: colon, end: colon + comment.index, text: ` ${text}` },
    { start: lineEnd, end: entry.stop, text: '' },
  ]
}

/** A mapping or list on the lines below its key; a comment on the line of the key stays there. */
function belowKey(node: Node, entry: Entry, value: Json, style: Style): readonly Splice[] {
  const { source } = node
  const colon = behindColon(node, entry)
  const text = behindKey(value, columnOf(source, entry.keyStart), style)
  const lineEnd = endOfLine(source, colon)
  if (entry.start === entry.end) return [{ start: lineEnd, end: lineEnd, text }]
  if (isLiteral(node, entry)) return [{ start: colon, end: entry.stop, text }]
  if (entry.start > lineEnd) return [{ start: lineEnd, end: entry.stop, text }]
  const stopLine = endOfLine(source, entry.stop)
  return [
    { start: colon, end: entry.stop, text: '' },
    { start: stopLine, end: stopLine, text },
  ]
}

/** The lines of a comment below an empty value that say, as an example, what is written now. */
function examplesBelow({ source }: Node, entry: Entry, written: readonly Splice[]): readonly Splice[] {
  if (!isEmpty(entry.value)) return []
  const lines = new Set(written.flatMap(({ text }) => text.split('\n').map((line) => line.trim())))
  const found: Splice[] = []
  for (
    let start = nextLine(source, entry.stop);
    /^ *#/.test(source.slice(start, endOfLine(source, start)));
    start = nextLine(source, start)
  ) {
    const example = source.slice(start, endOfLine(source, start)).replace(/^ *#/, '').trim()
    if (example.includes(':') && lines.has(example)) found.push({ start, end: nextLine(source, start), text: '' })
  }
  return found
}

/** Takes an entry away. `parent` is where the node itself stands: a collection that is left empty is written as `{}` or `[]`. */
export function removal(node: Node, entry: Entry, parent: { readonly node: Node; readonly entry: Entry } | undefined, style: Style): Plan {
  if (node.entries.length > 1) return node.isFlow ? [[flowRemoval(node, entry)]] : blockRemovals(node, entry)
  if (parent === undefined) return refuse('nothing would be left of the document')
  if (isElsewhere(parent.entry)) return refuse('the value is an alias: what it stands for is written elsewhere')
  if (node.isFlow) return [[{ start: node.start, end: node.end, text: node.isList ? '[]' : '{}' }]]
  if (isMarked(parent.node, parent.entry)) return refuse('an anchor or a tag stands before what would be left empty')
  const above = node.source.slice(endOfLine(node.source, parent.entry.keyEnd), entry.keyStart)
  if (above.includes('#')) return refuse('a comment stands inside what would be left empty')
  const value = node.isList ? [] : {}
  if (parent.node.isList) return [[itemReplacement(parent.node, parent.entry, value, style)]]
  const stop = endOfLine(node.source, parent.entry.stop)
  return [besideKey(parent.node, { ...parent.entry, stop }, value)]
}

function flowRemoval({ entries }: Node, entry: Entry): Splice {
  const at = entries.indexOf(entry)
  const before = entries[at - 1]
  const next = entries[at + 1]
  if (before === undefined) return { start: entry.keyStart, end: next?.keyStart ?? entry.end, text: '' }
  return { start: before.end, end: Math.max(entry.end, entry.keyEnd), text: '' }
}

/** The lines of the entry, best with the comment that is about it alone; where the dash of its item stands on the first of them, what follows takes its place. */
function blockRemovals({ source, entries }: Node, entry: Entry): readonly (readonly Splice[])[] {
  const line = startOfLine(source, entry.keyStart)
  const next = entries[entries.indexOf(entry) + 1]
  if (source.slice(line, entry.keyStart).trim() !== '') return [[{ start: entry.keyStart, end: next?.keyStart ?? entry.stop, text: '' }]]
  const end = endOfLine(source, Math.max(entry.keyEnd, entry.stop))
  const newline = source.indexOf('\n', end)
  const starts = new Set([ownCommentAbove(source, line, newline < 0 ? source.length : newline + 1), line])
  return [...starts].map((start) => [linesRemoval(source, start, end)])
}

/** Lines with one of the line breaks around them. */
function linesRemoval(source: string, start: number, end: number): Splice {
  const newline = source.indexOf('\n', end)
  if (newline >= 0) return { start, end: newline + 1, text: '' }
  const before = source[start - 2] === '\r' ? start - 2 : start - 1
  return { start: Math.max(0, before), end, text: '' }
}

/**
 * Where the comment begins that is about the lines from `line` to `end` alone; `line` where there is none. It stands directly above, at their column, behind an empty line that
 * parts it from what comes before, and what follows is further left, an empty line, a comment of its own or nothing: else it may be about its neighbours too.
 */
function ownCommentAbove(source: string, line: number, end: number): number {
  const indent = /^ */.exec(source.slice(line, end))?.[0].length ?? 0
  const next = source.slice(end, endOfLine(source, end))
  const isAlone = next.trim() === '' || /^ *#/.test(next) || next.search(/[^ ]/) < indent
  if (!isAlone) return line
  let start = line
  while (start > 0) {
    const above = startOfLine(source, start - 1)
    if (!new RegExp(`^ {${indent}}#`).test(source.slice(above, start))) break
    start = above
  }
  const before = source.slice(startOfLine(source, Math.max(0, start - 1)), start)
  return before.trim() === '' && source.slice(0, start).trim() !== '' ? start : line
}
