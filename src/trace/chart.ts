// A finding in what a chart rendered: the values line that decides, else the template line that wrote it.

import type { ChartTarget } from '../discover/target.ts'
import type { Document, LineOrigin, ValuesRead } from '../resource/document.ts'
import { locateIn } from '../resource/locate.ts'
import type { Resource } from '../resource/resource.ts'
import { pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { positionAt } from '../text/position.ts'
import { type Layer, layersOf } from './layer.ts'
import type { Answer } from './probe.ts'
import type { Sources } from './source.ts'
import { lineSpot, type Spot, type Trace, type Waypoint, withSite } from './spot.ts'

type ChartScene = { readonly target: ChartTarget; readonly sources: Sources }

/** Undefined where the render tells nothing of the place and no values lead to it. */
export function chartTrace(resource: Resource, pointer: string, about: readonly string[], scene: ChartScene): Trace | undefined {
  const document = resource.document.rendering?.before ?? resource.document
  const lines = document.rendering?.lines ?? []
  const whole = resource.base + pointer
  const { found, range } = locateIn(document, whole)
  const origin = lines[range.start.line - 1]
  if (origin === undefined) return undefined
  const reads = found ? readsOf(document, whole, origin) : readsInside(document, whole, lines)
  const decided = bestOf(reads, about, scene)
  if (decided !== undefined) return decided
  if (origin.packed !== undefined && origin.path === scene.target.root.path) return undefined
  const spot = lineSpot(origin.path, origin.packed === undefined ? origin.line : undefined, scene.sources)
  return { ...spot, location: found ? spot.location : nearest(spot.location), through: [] }
}

function nearest(location: Spot['location']): Spot['location'] {
  return location.precision === 'exact' ? { ...location, precision: 'nearest' } : location
}

/** The place of values that were found by changing them: `seen` is the object as the change made it. */
export function probedTrace({ candidate, seen, pointer }: Answer, isThere: boolean, scene: ChartScene): Trace | undefined {
  const { path, known, chart, prefix } = candidate
  const origin = originAt(seen.document, seen.base + pointer)
  const layers = layersOf(scene.target, { path, chart, prefix }, scene.sources)
  const keys = path.slice(0, known)
  const spot = decidedBy({ path: keys, chart, prefix }, path.slice(known), layers) ?? addedAt(path, layers)
  if (spot === undefined) return undefined
  const placed = isThere ? spot : { ...spot, location: nearest(spot.location) }
  return { ...placed, through: origin === undefined ? [] : [waypoint(origin)] }
}

/** A way into the values: the keys that the template names, and those below that its output copies. */
type Way = { readonly read: ValuesRead; readonly suffix: readonly string[]; readonly found: boolean; readonly origin: LineOrigin }

/** The ways to a value that is there. Where one template line wrote a whole block (`toYaml`), the keys inside the block follow those that the template names. */
function readsOf(document: Document, pointer: string, origin: LineOrigin): readonly Way[] {
  if (origin.values.length === 0) return readsOfBlock(document, pointer, origin)
  const suffix = insideBlock(document, pointer, origin)
  return origin.values.map((read) => ({ read, suffix, found: true, origin }))
}

/** A block below its key (`securityContext:` and `{{ toYaml … }}`): the values are copied where the value begins. */
function readsOfBlock(document: Document, pointer: string, key: LineOrigin): readonly Way[] {
  const { value } = locateIn(document, pointer)
  const origin = document.rendering?.lines[positionAt(document.lineStarts, value.start).line - 1]
  if (origin === undefined || (origin.path === key.path && origin.line === key.line)) return []
  return origin.values.map((read) => ({ read, suffix: [], found: true, origin })).filter(({ read }) => isBlock(read, document, pointer))
}

function insideBlock(document: Document, pointer: string, origin: LineOrigin): readonly string[] {
  const segments = segmentsOf(pointer)
  let depth = segments.length
  while (depth > 0) {
    const parent = originAt(document, pointerTo(segments.slice(0, depth - 1)))
    if (parent === undefined || parent.path !== origin.path || parent.line !== origin.line) break
    depth -= 1
  }
  return segments.slice(Math.max(0, depth - 1))
}

function originAt(document: Document, pointer: string): LineOrigin | undefined {
  return document.rendering?.lines[locateIn(document, pointer).range.start.line - 1]
}

/** The ways to a key that is missing: into a block of values that the template copies at its nearest ancestor. */
function readsInside(document: Document, pointer: string, lines: readonly (LineOrigin | undefined)[]): readonly Way[] {
  const segments = segmentsOf(pointer)
  let depth = segments.length
  while (depth > 0 && !locateIn(document, pointerTo(segments.slice(0, depth))).found) depth -= 1
  const ancestor = pointerTo(segments.slice(0, depth))
  const missing = segments.slice(depth)
  const { span, value } = locateIn(document, ancestor)
  const first = positionAt(document.lineStarts, span.start).line
  const last = positionAt(document.lineStarts, Math.max(span.start, value.end - 1)).line
  const head = lines[first - 1]
  const ways: Way[] = []
  const seen = new Set<string>()
  for (let line = first; line <= last; line += 1) {
    const origin = lines[line - 1]
    if (origin === undefined || (line === first && last > first)) continue
    // A line of its own template is the author's; one that another template line wrote whole is a copied block.
    if (head !== undefined && line !== first && origin.line === head.line && origin.path === head.path) continue
    const block = childAt(document, ancestor, line)
    if (block === undefined) continue
    for (const read of origin.values) {
      const key = JSON.stringify([read.path, block])
      if (!seen.has(key)) ways.push({ read, suffix: missing, found: false, origin })
      seen.add(key)
    }
  }
  return ways.filter(({ read }) => isBlock(read, document, ancestor))
}

/** Only what stands directly below the ancestor is copied into it. */
function childAt(document: Document, ancestor: string, line: number): string | undefined {
  const value = valueAt(document.yaml.value, ancestor)
  if (value === null || typeof value !== 'object') return ''
  if (Array.isArray(value)) return undefined
  const keys = Object.keys(value)
  if (keys.length === 0) return ''
  return keys.find((key) => positionAt(document.lineStarts, locateIn(document, `${ancestor}${pointerTo([key])}`).span.start).line === line)
}

/** Whether values could be the whole of the ancestor: `securityContext` below `securityContext`, not `image` beside it. */
function isBlock(read: ValuesRead, document: Document, ancestor: string): boolean {
  const last = read.path.at(-1)?.toLowerCase() ?? ''
  const key = segmentsOf(ancestor).at(-1)?.toLowerCase() ?? ''
  const value = valueAt(document.yaml.value, ancestor)
  const isMap = value === null || (typeof value === 'object' && !Array.isArray(value))
  return isMap && key !== '' && last.endsWith(key)
}

/** Of all ways the one that the rule speaks of, in the layer that wins. */
function bestOf(ways: readonly Way[], about: readonly string[], scene: ChartScene): Trace | undefined {
  const words = (way: Way) => way.read.path.filter((key) => about.some((word) => key.toLowerCase().includes(word))).length
  const sorted = [...ways].sort((a, b) => words(b) - words(a))
  for (const way of sorted) {
    const spot = decidedBy(way.read, way.suffix, layersOf(scene.target, way.read, scene.sources))
    if (spot !== undefined)
      return { ...(way.found ? spot : { ...spot, location: nearest(spot.location) }), through: [waypoint(way.origin)] }
  }
  // Nobody edits an archive: its defaults are overruled from above.
  const [way] = sorted
  if (way === undefined || way.origin.packed === undefined) return undefined
  const spot = addedAt([...way.read.path, ...way.suffix], layersOf(scene.target, way.read, scene.sources))
  return spot === undefined ? undefined : { ...spot, through: [waypoint(way.origin)] }
}

function waypoint({ path, line, packed }: LineOrigin): Waypoint {
  return { path, ...(packed === undefined ? { line } : {}) }
}

/** In the layer that wins, as far down as the keys lead there. */
function decidedBy(read: ValuesRead, suffix: readonly string[], layers: readonly Layer[]): Spot | undefined {
  for (let kept = suffix.length; kept >= 0; kept -= 1) {
    const keys = [...read.path, ...suffix.slice(0, kept)]
    const layer = layers.find(({ value, prefix }) => valueAt(value, pointerTo(keys.slice(prefix))) !== undefined)
    if (layer === undefined) continue
    // A scalar is the value itself; into a mapping, or where nothing is yet, the keys of what is copied follow.
    const own = valueAt(layer.value, pointerTo(keys.slice(layer.prefix)))
    const whole = own === null || typeof own === 'object' ? [...read.path, ...suffix] : keys
    if (!layer.own) return addedAt(whole, layers)
    return withSite(layer.placed(pointerTo(keys.slice(layer.prefix))), layer.site(pointerTo(whole.slice(layer.prefix))))
  }
  return undefined
}

/** The default of a chart inside the chart is not edited: its value is given from above, where the keys lead furthest. */
function addedAt(keys: readonly string[], layers: readonly Layer[]): Spot | undefined {
  for (let kept = keys.length - 1; kept >= 0; kept -= 1) {
    const pointer = pointerTo(keys.slice(0, kept))
    const layer = layers.find(({ own, value }) => own && valueAt(value, pointer) !== undefined)
    if (layer === undefined) continue
    const spot = layer.placed(pointer)
    return withSite({ ...spot, location: nearest(spot.location) }, layer.site(pointerTo(keys)))
  }
  return undefined
}
