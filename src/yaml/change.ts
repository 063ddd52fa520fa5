// What an edit means for a value, without any text: the measure that every edited text is held against.

import { isDeepStrictEqual } from 'node:util'
import { segmentsOf } from '../text/pointer.ts'

/** A plain value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One intended change; pointers lead from the root of the document. Each of them, made twice, is made once. */
export type Change =
  /** The value at a place, put there or in place of another; mappings on the way are made. `note` is for people: a comment behind it, where one can stand and none does. */
  | { readonly op: 'set'; readonly pointer: string; readonly value: Json; readonly note?: string }
  /** A further item of a list, which is made where there is none; nothing where the list holds it. */
  | { readonly op: 'append'; readonly pointer: string; readonly value: Json }
  /** A key, or with `item` the item of the list at `pointer` that equals it. */
  | { readonly op: 'remove'; readonly pointer: string; readonly item?: Json }
  /** Another name for a key. */
  | { readonly op: 'rename'; readonly pointer: string; readonly key: string }
  /** The earlier ones of a key that stands twice, which count for nothing. */
  | { readonly op: 'deduplicate'; readonly pointer: string }

/** Why something is not edited: a sentence's end, as in "not fixed: …". */
export type Refusal = { readonly refused: string }

export function refuse(refused: string): Refusal {
  return { refused }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'refused')
}

/** The value with the change made, the same value where it is made already; a refusal where it makes no sense there. */
export function changed(value: unknown, change: Change): { readonly value: unknown } | Refusal {
  try {
    return { value: at(value, segmentsOf(change.pointer), change) }
  } catch (thrown) {
    if (thrown instanceof Misfit) return refuse(thrown.message)
    throw thrown
  }
}

/** Thrown and caught in this file. */
class Misfit extends Error {}

function at(value: unknown, way: readonly string[], change: Change): unknown {
  const [segment, ...rest] = way
  if (segment === undefined) return here(value, change)
  if (change.op !== 'set' && change.op !== 'append' && !has(value, segment)) return value
  if (rest.length === 0 && change.op === 'rename') return renamed(value, segment, change.key)
  if (rest.length === 0 && change.op === 'remove' && change.item === undefined) return without(value, segment)
  if (Array.isArray(value)) return withItem(value, segment, (item) => at(item, rest, change))
  const mapping = mappingAt(value, segment)
  const before = Object.hasOwn(mapping, segment) ? mapping[segment] : undefined
  const after = at(before, rest, change)
  return after === before ? value : { ...mapping, [segment]: after }
}

function here(value: unknown, change: Change): unknown {
  switch (change.op) {
    case 'set':
      return isDeepStrictEqual(plain(value), change.value) ? value : change.value
    case 'append':
      return appended(value, change.value)
    case 'remove':
      return change.item === undefined ? value : withoutItem(value, change.item)
    case 'rename':
    case 'deduplicate':
      return value
    default:
      return change satisfies never
  }
}

function appended(value: unknown, item: Json): unknown {
  if (value === undefined || value === null) return [item]
  if (!Array.isArray(value)) throw new Misfit('a list is wanted where something else stands')
  return value.some((other) => isDeepStrictEqual(plain(other), item)) ? value : [...value, item]
}

function withoutItem(value: unknown, item: Json): unknown {
  if (!Array.isArray(value)) return value
  const index = value.findIndex((other) => isDeepStrictEqual(plain(other), item))
  return index < 0 ? value : value.filter((_, place) => place !== index)
}

function withItem(list: readonly unknown[], segment: string, edit: (item: unknown) => unknown): unknown {
  const index = /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : -1
  if (index < 0 || index >= list.length) throw new Misfit(`the list has no item ${segment}`)
  const after = edit(list[index])
  return after === list[index] ? list : list.map((item, place) => (place === index ? after : item))
}

function mappingAt(value: unknown, segment: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object') throw new Misfit(`a mapping is wanted above "${segment}", and a single value stands there`)
  return value as Readonly<Record<string, unknown>>
}

function has(value: unknown, segment: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
}

function without(value: unknown, segment: string): unknown {
  if (Array.isArray(value)) return value.filter((_, place) => String(place) !== segment)
  const { [segment]: _, ...rest } = value as Readonly<Record<string, unknown>>
  return rest
}

function renamed(value: unknown, segment: string, key: string): unknown {
  if (Array.isArray(value)) throw new Misfit('an item of a list has no name')
  if (has(value, key)) throw new Misfit(`"${key}" is there already`)
  return Object.fromEntries(Object.entries(value as object).map(([name, item]) => [name === segment ? key : name, item]))
}

/** A value as JSON alone: without the positions that hang on it, and without sharing. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown)
}
