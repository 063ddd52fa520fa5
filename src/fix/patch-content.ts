// What a patch has to say so that an object changes as it should.

import { maskedText } from '../finding/sensitive.ts'
import { isMapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { below, pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { type Change, changed, isRefusal, type Json, plain, type Refusal, refuse } from '../yaml/change.ts'
import { yamlText } from '../yaml/write.ts'
import { mergeKeyOf, stepsOf } from './merge.ts'
import type { PatchContent } from './patch-entry.ts'

/**
 * A part of the object where lists on the way have keys, else operations: a list without keys would have to be written anew as a whole, and would stay so whatever its next version holds.
 * Operations go by numbers, so they say first what has to stand there.
 */
export function patchContent(changes: readonly Change[], { id, value }: Resource): PatchContent | Refusal {
  const sorted = [...changes].sort((a, b) => Number(a.op === 'remove') - Number(b.op === 'remove'))
  let after: unknown = value
  for (const change of sorted) {
    if (change.op === 'rename' || change.op === 'deduplicate' || /^\/(?:apiVersion|kind|metadata\/name)$/.test(change.pointer))
      return refuse('no patch can say that')
    const next = changed(after, change)
    if (isRefusal(next)) return next
    after = next.value
  }
  const isKeyed = isBuiltIn(id.group) && sorted.every((change) => hasKeys(change.pointer, value) && !isOfOneItem(change, value))
  if (isKeyed) return { kind: 'merge', value: merged(sorted, value, after) }
  const list = operations(sorted, value)
  const tests = testsBefore(list, value)
  return isRefusal(tests) ? tests : { kind: 'operations', list: [...tests, ...list] }
}

/** Kustomize knows how the lists of these are told apart. */
function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io')
}

/** Whether every item on the way is known by a key; lists of single values are short enough to be written anew. */
function hasKeys(pointer: string, value: unknown): boolean {
  const way = segmentsOf(pointer)
  return way.every((_, at) => {
    const list = pointerTo(way.slice(0, at))
    const held = valueAt(value, list)
    if (!Array.isArray(held)) return true
    const item: unknown = valueAt(value, pointerTo(way.slice(0, at + 1)))
    return !isMapping(item) || mergeKeyOf(list, item) !== undefined
  })
}

/** Whether one item comes to or goes from a list that has others, none of which is known by a key. */
function isOfOneItem(change: Change, value: unknown): boolean {
  const item = change.op === 'append' ? change.value : change.op === 'remove' ? change.item : undefined
  const held = valueAt(value, change.pointer)
  return item !== undefined && Array.isArray(held) && held.length > 0 && mergeKeyOf(change.pointer, item) === undefined
}

function merged(changes: readonly Change[], before: unknown, after: unknown): Json {
  return changes.reduce<Json>((all, change) => {
    const value = partOf(segmentsOf(change.pointer), { change, before, after })
    return stepsOf({ op: 'merge', pointer: '', value }, all).reduce<Json>((made, step) => {
      const next = changed(made, step)
      return isRefusal(next) ? made : (plain(next.value) as Json)
    }, all)
  }, {})
}

type Meant = { readonly change: Change; readonly before: unknown; readonly after: unknown }

/** The part of the object from `at` on, down to what changes. */
function partOf(way: readonly string[], meant: Meant, at = ''): Json {
  const [segment, ...rest] = way
  if (segment === undefined) return leafOf(meant, at)
  const held = valueAt(meant.before, at)
  if (!Array.isArray(held)) return { [segment]: partOf(rest, meant, below(at, segment)) }
  const item: unknown = valueAt(meant.before, below(at, segment))
  const key = mergeKeyOf(at, item)
  if (key === undefined || !isMapping(item)) return json(valueAt(meant.after, at))
  return [{ [key]: json(item[key]), ...(partOf(rest, meant, below(at, segment)) as object) }]
}

function leafOf({ change, after }: Meant, at: string): Json {
  if (change.op === 'set') return change.value
  if (change.op === 'append')
    return isMapping(change.value) && mergeKeyOf(at, change.value) !== undefined ? [change.value] : json(valueAt(after, at))
  if (change.op !== 'remove' || change.item === undefined) return null
  const key = mergeKeyOf(at, change.item)
  return key === undefined ? json(valueAt(after, at)) : [{ $patch: 'delete', [key]: json(valueAt(change.item, below('', key))) }]
}

/** JSON Patch (RFC 6902); items go from the end, so that the numbers of those before them hold. */
function operations(changes: readonly Change[], value: unknown): readonly Json[] {
  const made = changes.flatMap((change) => operationOf(change, value))
  const isRemoval = (one: Json) => valueAt(one, '/op') === 'remove'
  return [...made.filter((one) => !isRemoval(one)), ...made.filter(isRemoval).reverse()]
}

function operationOf(change: Change, value: unknown): readonly Json[] {
  const { pointer } = change
  const held = valueAt(value, pointer)
  if (change.op === 'set') {
    const way = segmentsOf(pointer)
    let depth = 0
    while (depth < way.length - 1 && valueAt(value, pointerTo(way.slice(0, depth + 1))) !== undefined) depth += 1
    const inner = way.slice(depth + 1).reduceRight<Json>((made, segment) => ({ [segment]: made }), change.value)
    return [{ op: held === undefined ? 'add' : 'replace', path: pointerTo(way.slice(0, depth + 1)), value: inner }]
  }
  if (change.op === 'append')
    return [
      Array.isArray(held) ? { op: 'add', path: `${pointer}/-`, value: change.value } : { op: 'add', path: pointer, value: [change.value] },
    ]
  if (change.op !== 'remove') return []
  if (change.item === undefined) return [{ op: 'remove', path: pointer }]
  const wanted = JSON.stringify(change.item)
  const index = Array.isArray(held) ? held.findIndex((item) => JSON.stringify(item) === wanted) : -1
  return index < 0 ? [] : [{ op: 'remove', path: below(pointer, index) }]
}

/** What holds as long as the items that operations go through are the ones that are meant: their names, else all that stands in them. */
function testsBefore(operations: readonly Json[], value: unknown): readonly Json[] | Refusal {
  const places = operations.flatMap((operation) => itemsOn(segmentsOf(String(valueAt(operation, '/path'))), value))
  const tests = new Map(places.map((path) => [path, { op: 'test', path, value: json(valueAt(value, path)) }]))
  const isSecret = [...tests.values()].some((test) => maskedText(yamlText(test), '') !== yamlText(test))
  return isSecret ? refuse('what tells the item of the list apart is secret') : [...tests.values()]
}

function itemsOn(way: readonly string[], value: unknown): readonly string[] {
  return way.flatMap((_, at) => {
    const [list, pointer] = [pointerTo(way.slice(0, at)), pointerTo(way.slice(0, at + 1))]
    const item = valueAt(value, pointer)
    if (!Array.isArray(valueAt(value, list)) || item === undefined) return []
    const key = mergeKeyOf(list, item) ?? (typeof valueAt(item, '/name') === 'string' ? 'name' : undefined)
    return [key === undefined ? pointer : below(pointer, key)]
  })
}

function json(value: unknown): Json {
  return plain(value) as Json
}
