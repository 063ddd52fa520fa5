// A finding in what a chart rendered: the values line that decides, else the template line that wrote it.

import type { LineOrigin } from '../resource/document.ts'
import { locateIn } from '../resource/locate.ts'
import type { Resource } from '../resource/resource.ts'
import { segmentsOf } from '../text/pointer.ts'
import { addedAt, type ChartScene, decidedBy, decidedTrace } from './decide.ts'
import { heldItemSpot, heldObjectSpot } from './held-spot.ts'
import { layersOf } from './layer.ts'
import type { Answer } from './probe.ts'
import type { Sources } from './source.ts'
import { lineSpot, nearest, type Trace, waypoint } from './spot.ts'
import { originAt, waysTo } from './way.ts'

/** Undefined where the render tells nothing of the place and no values lead to it. */
export function chartTrace(resource: Resource, pointer: string, about: readonly string[], scene: ChartScene): Trace | undefined {
  const document = resource.document.rendering?.before ?? resource.document
  const lines = document.rendering?.lines ?? []
  const whole = resource.base + pointer
  const { found, range } = locateIn(document, whole)
  const origin = lines[range.start.line - 1]
  if (origin === undefined) return undefined
  const isAlone = writesAlone(origin, whole, scene.sources)
  const held = isAlone ? undefined : heldObjectSpot(resource, pointer, scene)
  if (held !== undefined) return { ...held, through: [waypoint(origin)] }
  const decided = decidedTrace(waysTo(document, whole), about, scene)
  if (decided !== undefined) return decided
  const item = isAlone ? undefined : heldItemSpot(resource, pointer, scene)
  if (item !== undefined) return { ...item, through: [waypoint(origin)] }
  if (origin.packed !== undefined && origin.path === scene.target.root.path) return undefined
  const spot = lineSpot(origin.path, origin.packed === undefined ? origin.line : undefined, scene.sources)
  if (found && !isAlone) return { ...spot, location: { ...spot.location, precision: 'file' }, through: [] }
  return { ...spot, location: found ? spot.location : nearest(spot.location), through: [] }
}

/** Whether a template line writes the key or the item of a place itself, and not the whole block around it. */
function writesAlone({ path, line, packed }: LineOrigin, pointer: string, sources: Sources): boolean {
  const source = packed === undefined ? sources.text(path) : undefined
  const text = source?.text.slice(source.lineStarts[line - 1], source.lineStarts[line]) ?? ''
  const key = segmentsOf(pointer).at(-1) ?? ''
  return /^\d+$/.test(key) ? /^\s*(?:- |\[)/.test(text) || text.includes('[') : text.includes(key)
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
