// Where a value of an object stands in its file, and what of it a person is shown.

import { type Range, rangeOf, type Span } from '../text/position.ts'
import { placeOf } from '../yaml/place.ts'
import type { Document } from './document.ts'
import type { Resource } from './resource.ts'

export type Located = {
  readonly path: string
  /** What is shown: the key with a value of one line, the key alone (or the first line of an item) where the value goes on. */
  readonly range: Range
  /** The key with the whole value. */
  readonly span: Span
  /** The value alone. */
  readonly value: Span
  /** False where a key is missing: the place is then that of the nearest ancestor. */
  readonly found: boolean
}

/** Where `pointer`, which starts at the object, leads in the object's file. Total. */
export function locate({ document, base }: Resource, pointer: string): Located {
  return locateIn(document, base + pointer)
}

/** Where `pointer`, which starts at the document, leads in its file. Total. */
export function locateIn(document: Document, pointer: string): Located {
  const { span, value, found } = placeOf(document.yaml, pointer)
  const lineEnd = endOfLine(document.text, span.start)
  const shown = {
    start: span.start,
    end: span.end <= lineEnd ? span.end : Math.min(lineEnd, Math.max(span.start, firstLineEnd(document.text, span, value, lineEnd))),
  }
  return { path: document.path, range: rangeOf(document.lineStarts, shown), span, value, found }
}

/** Of a value of several lines: its key, or the first line of what has no key. */
function firstLineEnd(text: string, span: Span, value: Span, lineEnd: number): number {
  if (value.start > span.start && value.start > lineEnd) return text.slice(span.start, lineEnd).trimEnd().length + span.start
  return lineEnd
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  const end = newline < 0 ? text.length : newline
  return text.charCodeAt(end - 1) === 13 ? end - 1 : end
}
