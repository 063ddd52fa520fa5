// A place in a file of the tree, with what it stands in and what lies between it and the object.

import type { Place } from '../discover/target.ts'
import type { Document, LineOrigin } from '../resource/document.ts'
import { resourcesIn } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { valueAt } from '../text/pointer.ts'
import { baseOf, placeIn } from './base.ts'
import { type Lines, type Location, linesIn, linesOf, locationIn, locationOf } from './location.ts'
import { same } from './same.ts'
import type { Sources } from './source.ts'

export type Spot = {
  /** Where a person edits. */
  readonly location: Location
  /** What the location stands in: the lines around it are shown from here. */
  readonly source: Document
  /** The lines of the object, or of the block of values, in the file of the location. */
  readonly lines: Lines
  /** The value itself as a place in a YAML document of a file, keys that are missing included; absent where it is no such place (a template line, a line inside a block of text). */
  readonly site?: Site
}

/** `document` counts the documents of the file from 0; `pointer` starts at the document, or at the YAML in the text that stands `within` it; `value` is what stands there now, `holder` the mapping or list around it. */
export type Site = {
  readonly path: string
  readonly document: number
  readonly pointer: string
  readonly within?: string
  readonly value?: unknown
  readonly holder?: unknown
}

/** `through`: template lines and the like, from the place on. */
export type Trace = Spot & { readonly through: readonly Waypoint[] }

export type Waypoint = { readonly path: string; readonly line?: number }

/** The place of a pointer in a document that a file holds; none in what was rendered. */
export function siteIn({ path, index, rendering, yaml }: Document, pointer: string): Site | undefined {
  if (rendering !== undefined) return undefined
  const holder = valueAt(yaml.value, pointer.replace(/\/[^/]*$/, ''))
  return { path, document: index, pointer, value: valueAt(yaml.value, pointer), holder }
}

/** The place of a pointer in the YAML of a text that a document of a file holds. */
export function siteWithin({ document, pointer: within }: Place, inner: Document, pointer: string): Site | undefined {
  const outer = siteIn(document, within)
  const holder = valueAt(inner.yaml.value, pointer.replace(/\/[^/]*$/, ''))
  return outer === undefined ? undefined : { ...outer, within, pointer, value: valueAt(inner.yaml.value, pointer), holder }
}

/** A spot with the place of the value itself, where it has one. */
export function withSite<Place extends Spot>(spot: Place, site: Site | undefined): Place {
  return site === undefined ? spot : { ...spot, site }
}

/** Where a pointer of a document stands. An object that was itself rendered (an app of apps) is placed by the template line that wrote it, one that was built by its file. */
export function spotIn(document: Document, pointer: string, sources: Sources): Spot {
  const location = locationIn(document, pointer)
  const { rendering } = document
  if (rendering === undefined) return { location, source: document, lines: linesIn(document, pointer) }
  const origin = rendering.lines[location.line - 1]
  const written = writtenPlace({ document, pointer }, sources)
  if (origin === undefined && written.document !== document) return spotIn(written.document, written.pointer, sources)
  return lineSpot(origin?.path ?? document.path, origin?.packed === undefined ? origin?.line : undefined, sources)
}

/** The same place in the file that an object was built of, where the file says the same there; the place itself where there is no such file. */
export function writtenPlace(place: Place, sources: Sources): Place {
  const { document, pointer } = place
  const [built] = document.rendering === undefined ? [] : resourcesIn(document)
  const base = built === undefined ? undefined : baseOf(built, sources)
  if (built === undefined || base === undefined) return place
  const there = placeIn(base, built, pointer)
  const isSame = same(valueAt(base.value, there), valueAt(built.value, pointer))
  return isSame ? { document: base.document, pointer: base.base + there } : place
}

/** A line of a file that is no YAML, or the file as a whole where no line is known. */
export function lineSpot(path: string, line: number | undefined, sources: Sources): Spot {
  const source = sources.text(path)
  const at = line ?? 1
  const start = source?.lineStarts[at - 1] ?? 0
  const text = source?.text.slice(start, (source.lineStarts[at] ?? source.text.length + 1) - 1).trimEnd() ?? ''
  const location: Location = {
    ...{ path, line: at, column: text.length - text.trimStart().length + 1, endLine: at, endColumn: text.length + 1 },
    precision: line === undefined ? 'file' : 'exact',
  }
  return { location, source: source ?? emptyDocument(path), lines: { first: at, last: at } }
}

function emptyDocument(path: string): Document {
  return { path, text: '', lineStarts: [0], yaml: { span: { start: 0, end: 0 }, value: undefined, duplicates: [] }, index: 0 }
}

/** An object that stands in its file as it is judged. */
export function writtenTrace(resource: Resource, pointer: string): Trace {
  const { document, base } = resource
  const spot = { location: locationOf(resource, pointer), source: document, lines: linesOf(resource), through: [] }
  return withSite(spot, siteIn(document, base + pointer))
}

/** A location that is no more than near: the key itself is missing. */
export function nearest(location: Location): Location {
  return location.precision === 'exact' ? { ...location, precision: 'nearest' } : location
}

/** The template line as a part of the way. */
export function waypoint({ path, line, packed }: LineOrigin): Waypoint {
  return { path, ...(packed === undefined ? { line } : {}) }
}
