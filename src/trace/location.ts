// From a place in an object to the place a person edits.

import { locate } from '../resource/locate.ts'
import type { Resource } from '../resource/resource.ts'
import { positionAt } from '../text/position.ts'

/** `exact`: the value itself; `nearest`: a key is missing and this is the nearest line above it; `file`, `target`: no line is known. */
export type Precision = 'exact' | 'nearest' | 'file' | 'target'

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
export function locationOf(resource: Resource, pointer: string): Location {
  const { path, range, found } = locate(resource, pointer)
  return {
    path,
    line: range.start.line,
    column: range.start.column,
    endLine: range.end.line,
    endColumn: range.end.column,
    precision: found ? 'exact' : 'nearest',
  }
}

/** The lines of an object in its source file, from 1, the last included. */
export function linesOf(resource: Resource): { readonly first: number; readonly last: number } {
  const { value } = locate(resource, '')
  const { lineStarts } = resource.document
  return {
    first: positionAt(lineStarts, value.start).line,
    last: positionAt(lineStarts, Math.max(value.start, value.end - 1)).line,
  }
}
