// Edits of a document: the smallest change of its text, made only when reading it again gives exactly what was meant.

import { isDeepStrictEqual } from 'node:util'
import { segmentsOf, valueAt } from '../text/pointer.ts'
import { endOfLine, type Splice, spliced } from '../text/splice.ts'
import { type Change, changed, isRefusal, type Json, plain, type Refusal, refuse } from './change.ts'
import type { YamlDocument } from './document.ts'
import { additions, insertions } from './edit-insert.ts'
import { type Entry, isElsewhere, type Node, nodeOf, rootNode } from './edit-node.ts'
import { type Plan, removal, replacement } from './edit-replace.ts'
import { isEmpty, type Style, styleOf } from './edit-style.ts'
import { parseYaml } from './parse.ts'

export type Edited = { readonly text: string } | Refusal

/** Why a text may not become another one that reads as meant, as the end of a sentence; undefined where it may. */
export type Objection = (before: string, after: string) => string | undefined

/**
 * The text of one document (what lies between two `---` lines) with changes made one after the other. Comments, quotes, indentation, order and every byte that need not change stay.
 * Refused, with the reason, where the text cannot be read, where a change makes no sense, or where the edited text would not read as what was meant: behind an alias, or at an anchor
 * that others use too.
 */
export function editDocument(source: string, changes: readonly Change[], objection: Objection = () => undefined): Edited {
  const [document, ...others] = parseYaml(source)
  if (document === undefined || others.length > 0 || document.error !== undefined)
    return refuse(document?.error?.message ?? 'this is not one document')
  let text = source
  let current: YamlDocument = document
  let wanted: unknown = document.value
  for (const change of changes) {
    const after = changed(wanted, change)
    if (isRefusal(after)) return after
    wanted = after.value
    const step = oneEdit(text, current, { change, objection })
    if (isRefusal(step)) return step
    text = step.text
    current = step.document
  }
  return isDeepStrictEqual(plain(current.value), plain(wanted)) ? { text } : refuse(sharedReason)
}

const sharedReason = 'the same text stands for other values too, through an anchor, and would change them'

type Step = { readonly text: string; readonly document: YamlDocument }

/** Tries the ways to make one change until the text reads as meant. */
function oneEdit(
  text: string,
  document: YamlDocument,
  { change, objection }: { readonly change: Change; readonly objection: Objection },
): Step | Refusal {
  const wanted = changed(document.value, change)
  if (isRefusal(wanted)) return wanted
  const duplicates = document.duplicates.filter(({ pointer }) => pointer === change.pointer).length
  if (change.op === 'deduplicate' ? duplicates === 0 : wanted.value === document.value) return { text, document }
  const root = rootNode(text, document.value)
  if (root === undefined) return refuse('the document holds neither a mapping nor a list')
  const style = styleOf(root)
  const bare = planOf(root, change, style)
  if (isRefusal(bare)) return bare
  const note = change.op === 'set' && !style.isJson ? change.note : undefined
  const plan = note === undefined ? bare : bare.flatMap((splices) => [noted(text, splices, note), splices])
  let nearMiss: Step | undefined
  let reason: string | undefined
  for (const splices of plan) {
    const edited = spliced(text, splices)
    const [read, ...more] = parseYaml(edited)
    if (read === undefined || more.length > 0 || read.error !== undefined) continue
    const against = objection(text, edited)
    reason ??= against
    if (against !== undefined) continue
    const step = { text: edited, document: read }
    if (change.op === 'deduplicate' && read.duplicates.length !== document.duplicates.length - 1) continue
    if (isDeepStrictEqual(plain(read.value), plain(wanted.value))) return step
    // Through an anchor other values change along: that is right where the other changes mean them too.
    if (isDeepStrictEqual(plain(valueAt(read.value, change.pointer)), plain(valueAt(wanted.value, change.pointer)))) nearMiss ??= step
  }
  const isShared = /(?:^|\s)[&*][^\s&*]/.test(text)
  if (isShared) return nearMiss ?? refuse('anchors stand in the way: no edit reads as what is meant')
  return nearMiss ?? refuse(reason ?? 'no edit reads as what is meant')
}

/** With a comment behind what is written, where the line ends there. */
function noted(text: string, splices: readonly Splice[], note: string): readonly Splice[] {
  return splices.map((splice) => {
    const rest = text.slice(splice.end, endOfLine(text, splice.end))
    return splice.text.includes('\n') || rest.trim() !== '' ? splice : { ...splice, text: `${splice.text} # ${note}` }
  })
}

function planOf(root: Node, change: Change, style: Style): Plan {
  const way = segmentsOf(change.pointer)
  if (way.length === 0 && change.op !== 'append') return refuse('a whole document is not replaced')
  switch (change.op) {
    case 'set':
      return setting(root, way, change.value, style)
    case 'append':
      return appending(root, way, change.value, style)
    case 'remove':
      return removing(root, way, change.item, style)
    case 'rename':
      return renaming(root, way, change.key, style)
    case 'deduplicate':
      return deduplicating(root, way, style)
    default:
      return change satisfies never
  }
}

/** As far as mappings and lists lead; then the entry is replaced, or what is missing is put there. */
function setting(node: Node, way: readonly string[], value: Json, style: Style): Plan {
  const [segment = '', ...rest] = way
  const entry = entryOf(node, segment)
  const whole = nested(rest, value)
  if (entry === undefined) {
    if (node.isList) return refuse(`the list has no item ${segment}`)
    return node.entries.length === 0 ? refuse('nothing but a merge key stands there') : insertions(node, segment, whole, style)
  }
  if (rest.length === 0 || entry.value === null || isEmpty(entry.value)) return replacement(node, entry, whole, style)
  const inner = innerNode(node, entry)
  return isRefusal(inner) ? inner : setting(inner, rest, value, style)
}

function appending(root: Node, way: readonly string[], value: Json, style: Style): Plan {
  if (way.length === 0) return root.isList ? additions(root, value, style) : refuse('a list is wanted where something else stands')
  const found = follow(root, way)
  if (isRefusal(found)) return found
  if (found === undefined || found.entry.value === null || isEmpty(found.entry.value)) return setting(root, way, [value], style)
  const list = innerNode(found.node, found.entry)
  if (isRefusal(list)) return list
  return list.isList ? additions(list, value, style) : refuse('a list is wanted where something else stands')
}

/** Without an item the last segment of the way goes; with one the item of the list that the way leads to. */
function removing(root: Node, way: readonly string[], item: Json | undefined, style: Style): Plan {
  const up = item === undefined ? way.slice(0, -1) : way
  const found = up.length === 0 ? undefined : follow(root, up)
  if (isRefusal(found)) return found
  if (up.length > 0 && found === undefined) return []
  const node = found === undefined ? root : innerNode(found.node, found.entry)
  if (isRefusal(node)) return node
  const entry =
    item === undefined ? entryOf(node, way.at(-1) ?? '') : node.entries.find(({ value }) => isDeepStrictEqual(plain(value), item))
  return entry === undefined ? refuse('what would be removed comes through a merge key') : removal(node, entry, found, style)
}

function renaming(root: Node, way: readonly string[], key: string, style: Style): Plan {
  const found = follow(root, way)
  if (isRefusal(found) || found === undefined) return found ?? []
  const { keyStart: start, keyEnd: end } = found.entry
  const quote = root.source[start]
  const isQuoted = quote === '"' || quote === "'"
  return [[{ start, end, text: isQuoted || style.isJson ? JSON.stringify(key) : key }]]
}

function deduplicating(root: Node, way: readonly string[], style: Style): Plan {
  const parent = way.length === 1 ? undefined : follow(root, way.slice(0, -1))
  if (isRefusal(parent)) return parent
  const node = parent === undefined ? root : innerNode(parent.node, parent.entry)
  if (isRefusal(node)) return node
  const same = node.entries.filter(({ key }) => key === way.at(-1))
  const [loser] = same
  if (loser === undefined) return []
  const [lost = '', kept] = [loser, same.at(-1) ?? loser].map(({ start, stop }) => root.source.slice(start, stop).replace(/\s+/g, ' '))
  if (lost !== kept && typeof same.at(-1)?.value === 'object')
    return refuse('the two hold different things, and one of them may be meant for another key')
  return removal(node, loser, parent, style)
}

type Found = { readonly node: Node; readonly entry: Entry }

function follow(root: Node, way: readonly string[]): Found | Refusal | undefined {
  let node = root
  for (const [depth, segment] of way.entries()) {
    const entry = entryOf(node, segment)
    if (entry === undefined) return undefined
    if (depth === way.length - 1) return { node, entry }
    if (entry.value === null) return undefined
    const inner = innerNode(node, entry)
    if (isRefusal(inner)) return inner
    node = inner
  }
  return undefined
}

function innerNode(node: Node, entry: Entry): Node | Refusal {
  if (isElsewhere(entry)) return refuse('the value is an alias: what it stands for is written elsewhere')
  return nodeOf(node, entry) ?? refuse('a single value stands there')
}

/** Of a key that stands twice the last one, which counts. */
function entryOf(node: Node, segment: string): Entry | undefined {
  return node.entries.findLast(({ key }) => key === segment)
}

function nested(way: readonly string[], value: Json): Json {
  return way.reduceRight<Json>((inner, segment) => ({ [segment]: inner }), value)
}
