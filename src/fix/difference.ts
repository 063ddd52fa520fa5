// Where two values differ, as JSON Pointers: the measure for "only what was meant has changed".

import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '../finding/finding.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { below, valueAt } from '../text/pointer.ts'
import type { Json } from '../yaml/change.ts'
import type { Fix } from './fix.ts'

/** The pointers at which `after` differs from `before`; lists of different length differ as a whole. */
export function differences(before: unknown, after: unknown, at = ''): readonly string[] {
  if (isDeepStrictEqual(before, after)) return []
  if (!isCollection(before) || !isCollection(after) || Array.isArray(before) !== Array.isArray(after)) return [at]
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) return [at]
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => differences(before[key], after[key], below(at, key)))
}

/** A field that is meant to differ, and the value that it is to have, where it is to have one. */
export type Meaning = { readonly pointer: string; readonly value?: Json }

/** What a fix means for the object of one of its findings. */
export function meaningsOf({ changes, findings: [first] }: Fix, { item }: Finding): readonly Meaning[] {
  return changes.map((change) => {
    const pointer = movedTo(item, first.item, change.pointer)
    if (change.op === 'append') return { pointer, value: [change.value] }
    return change.op === 'set' ? { pointer, value: change.value } : { pointer }
  })
}

/** A pointer for another part of an object: what one line of a template writes has another number where values add items before it, and stands in another pod in another kind. */
function movedTo(item: string, from: string, pointer: string): string {
  const podOf = (part: string) => /^(.*)\/(?:containers|initContainers|ephemeralContainers|volumes)\/\d+$/.exec(part)?.[1] ?? part
  if (pointer === from || pointer.startsWith(`${from}/`)) return item + pointer.slice(from.length)
  return pointer.startsWith(`${podOf(from)}/`) ? podOf(item) + pointer.slice(podOf(from).length) : pointer
}

/** Whether a difference is that of a checksum in an annotation, which a template makes of other templates and values: it tells that these differ, so that pods start anew. */
export function isChecksum(difference: string, before: unknown, after: unknown): boolean {
  const isSum = (value: unknown) => typeof value === 'string' && /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)
  return /\/metadata\/annotations\/[^/]+$/.test(difference) && isSum(valueAt(before, difference)) && isSum(valueAt(after, difference))
}

/** Why a difference of an object is none that is meant: at a field, below it, or above it where what was left empty went too, and with the value that was meant; undefined where it is. */
export function unmeant(difference: string, meanings: readonly Meaning[], { id, value }: Resource): string | undefined {
  const about = meanings.filter(
    ({ pointer }) => difference === pointer || difference.startsWith(`${pointer}/`) || pointer.startsWith(`${difference}/`),
  )
  if (about.length === 0) return `${difference === '' ? 'the whole' : difference} of ${nameOf(id)} would change, which nobody means`
  // Where items of a list come or go, the numbers of the others mean other items.
  if (Array.isArray(valueAt(value, difference))) return undefined
  const other = about.find((meaning) => meaning.value !== undefined && !holds(valueAt(value, meaning.pointer), meaning.value))
  return other === undefined ? undefined : `${other.pointer} of ${nameOf(id)} would not be what is meant`
}

/** Whether a value is what is wanted, and perhaps more: what one fix makes anew another one may add to. */
function holds(value: unknown, wanted: Json): boolean {
  if (!isCollection(wanted)) return value === wanted
  if (!isCollection(value) || Array.isArray(value) !== Array.isArray(wanted)) return false
  if (Array.isArray(wanted)) return wanted.every((item: Json) => Object.values(value).some((own) => holds(own, item)))
  return Object.entries(wanted).every(([key, own]) => holds(value[key], own))
}

function isCollection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
