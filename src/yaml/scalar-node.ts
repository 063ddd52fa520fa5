// The value and place of one scalar event.

import { type Event, getScalarValue } from 'js-yaml'
import { fail } from './failure.ts'
import { resolveScalar, unsupported } from './scalar.ts'

export type ScalarEvent = Extract<Event, { readonly chomping: unknown }>

/** A value, its place in the file, and how many values it holds with all aliases written out. */
export type Node = { readonly value: unknown; readonly start: number; readonly end: number; readonly size: number }

/** The text of a document, what must be added to an offset in it to get one of the file, and whether it was mended before it was read. */
export type Source = { readonly text: string; readonly shift: number; readonly mended: boolean }

/** The scalar of an event; throws a ReadFailure with an offset in the file. */
export function scalarNode({ text, shift, mended }: Source, event: ScalarEvent): Node {
  if (event.valueStart < 0)
    return { value: event.tagStart >= 0 ? tagged('', tagOf(text, event), shift) : null, start: -1, end: -1, size: 1 }
  // Quotes belong to the place of a value, not to the value.
  const quotes = event.style === 2 || event.style === 3 ? 1 : 0
  const start = event.valueStart - quotes
  const end = event.valueEnd + quotes
  const fast = event.fast && (quotes === 0 || !mended)
  const raw = fast ? text.slice(event.valueStart, event.valueEnd) : getScalarValue(text, { ...event, fast })
  if (event.style === 3 && /\\u[dD][89abAB]/.test(text.slice(start, end)))
    return fail('syntax', 'an escape of half a character', shift + start)
  const place = { start: start + shift, end: end + shift, size: 1 }
  const tag = event.tagStart >= 0 ? tagOf(text, event) : undefined
  if (tag !== undefined) return { value: tagged(raw, tag, start + shift), ...place }
  return { value: event.style === 1 ? plain(raw, start + shift) : raw, ...place }
}

function tagOf(text: string, event: { readonly tagStart: number; readonly tagEnd: number }): string {
  return text.slice(event.tagStart, event.tagEnd)
}

function plain(raw: string, offset: number): unknown {
  const value = resolveScalar(raw)
  return value === unsupported ? fail('number', `${raw} is no number that JSON can hold`, offset) : value
}

/** Standard tags decide; a tag of one's own is read over, as Kubernetes does. */
function tagged(raw: string, tag: string, offset: number): unknown {
  if (tag === '!' || tag === '!!str') return raw
  if (tag === '!!binary') return Buffer.from(raw, 'base64').toString('utf8')
  return plain(raw, offset)
}
