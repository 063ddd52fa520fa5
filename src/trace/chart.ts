// A finding in what a chart rendered: the values line that decides, else the template line that wrote it.

import { locateIn } from '../resource/locate.ts'
import type { Resource } from '../resource/resource.ts'
import { addedAt, type ChartScene, decidedBy, decidedTrace } from './decide.ts'
import { layersOf } from './layer.ts'
import type { Answer } from './probe.ts'
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
  const decided = decidedTrace(waysTo(document, whole), about, scene)
  if (decided !== undefined) return decided
  if (origin.packed !== undefined && origin.path === scene.target.root.path) return undefined
  const spot = lineSpot(origin.path, origin.packed === undefined ? origin.line : undefined, scene.sources)
  return { ...spot, location: found ? spot.location : nearest(spot.location), through: [] }
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
