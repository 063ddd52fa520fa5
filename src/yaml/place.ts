// Where a pointer leads in a document.

import { segmentsOf } from '../text/pointer.ts'
import type { Span } from '../text/position.ts'
import type { Place, YamlDocument } from './document.ts'
import { positionsOf } from './positions.ts'

/** The place of the value at `pointer`, or of its nearest ancestor where a key is missing. Total: every pointer has a place. */
export function placeOf(document: YamlDocument, pointer: string): Place {
  let value = document.value
  let place: Omit<Place, 'found'> | undefined
  for (const segment of segmentsOf(pointer)) {
    const next = step(value, segment)
    if (next === undefined) return { ...(place ?? rootPlace(document)), found: false }
    place = next
    value = (value as Record<string, unknown>)[segment]
  }
  return { ...(place ?? rootPlace(document)), found: true }
}

/** The document itself: from its first key to its end. */
function rootPlace({ value, span }: YamlDocument): Omit<Place, 'found'> {
  const offsets = positionsOf(value)?.offsets ?? []
  const start = offsets.length === 0 ? span.start : Math.min(...offsets.filter((_, at) => at % 4 === 0))
  return { span: { start, end: span.end }, value: { start, end: span.end } }
}

function step(value: unknown, segment: string): { readonly span: Span; readonly value: Span } | undefined {
  const positions = positionsOf(value)
  if (positions === undefined) return undefined
  const { keys, offsets } = positions
  if (Array.isArray(value)) {
    const index = /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : -1
    const start = offsets[index * 2]
    const end = offsets[index * 2 + 1]
    if (start === undefined || end === undefined) return undefined
    return { span: { start, end }, value: { start, end } }
  }
  const at = keys.lastIndexOf(segment) * 4
  const keyStart = offsets[at]
  const valueStart = offsets[at + 2]
  const valueEnd = offsets[at + 3]
  if (keyStart === undefined || valueStart === undefined || valueEnd === undefined) return undefined
  // An alias stands elsewhere: its value is at the anchor, so the key alone spans nothing up to it.
  const end = valueEnd < keyStart || valueStart < keyStart ? keyStart + segment.length : valueEnd
  return { span: { start: keyStart, end }, value: { start: valueStart, end: valueEnd } }
}
