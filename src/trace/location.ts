// From a place in an object to the place a person edits.

import type { Document } from '../resource/document.ts'
import { locateIn } from '../resource/locate.ts'
import type { Resource } from '../resource/resource.ts'
import { positionAt } from '../text/position.ts'

/**
 * `exact`: the value itself; `nearest`: a key is missing and this is the nearest line above it; `convention`: a value whose name tells what it does, while nothing could be rendered;
 * `file`, `target`: no line is known.
 */
export type Precision = 'exact' | 'nearest' | 'convention' | 'file' | 'target'

export type Location = {
  readonly path: string
  /** From 1; columns count UTF-16 code units; the end is excluded. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly precision: Precision
}

/** Where a pointer of an object stands in its source: the value's line, or for a missing key its nearest ancestor's. */
export function locationOf({ document, base }: Resource, pointer: string): Location {
  return locationIn(document, base + pointer)
}

/** Where a pointer that starts at the document stands in its file. */
export function locationIn(document: Document, pointer: string): Location {
  const { path, range, found } = locateIn(document, pointer)
  return {
    path,
    line: range.start.line,
    column: range.start.column,
    endLine: range.end.line,
    endColumn: range.end.column,
    precision: found ? 'exact' : 'nearest',
  }
}

/** Lines of a file, from 1, the last included. */
export type Lines = { readonly first: number; readonly last: number }

/** The lines of an object in its source file. */
export function linesOf({ document, base }: Resource): Lines {
  return linesIn(document, base)
}

/** The lines of the value at a pointer that starts at the document, its key included. */
export function linesIn(document: Document, pointer: string): Lines {
  const { span, value } = locateIn(document, pointer)
  const { start, end } = pointer === '' ? value : { start: span.start, end: Math.max(span.end, value.end) }
  return {
    first: positionAt(document.lineStarts, start).line,
    last: positionAt(document.lineStarts, Math.max(start, end - 1)).line,
  }
}
