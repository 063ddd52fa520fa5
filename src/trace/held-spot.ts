// Places of objects, and of items of their lists, that values hold as they came out.

import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import type { ChartScene } from './decide.ts'
import { type Held, heldIn } from './held.ts'
import { same } from './same.ts'
import type { Spot } from './spot.ts'

/** Where the values of a target hold the place of an object; undefined where they hold no such object, or say something else there. */
export function heldObjectSpot(resource: Resource, pointer: string, scene: ChartScene): Spot | undefined {
  return heldIn(scene)
    .find(({ value }) => isPlace(value, resource, pointer))
    ?.placed(pointer)
}

/** Whether a value is the object before templates in it were filled in, and says the same at the place. */
function isPlace(value: Mapping, { id, value: object }: Resource, pointer: string): boolean {
  if (typeof value['kind'] !== 'string' || typeof value['apiVersion'] !== 'string') return false
  const name = valueAt(value, '/metadata/name')
  if (value['kind'] !== id.kind || (name !== id.name && !String(name).includes('{{'))) return false
  return same(valueAt(value, pointer), valueAt(object, pointer))
}

/** Where the values of a target hold the item of a list that a place of an object lies in, the outermost first; undefined where they hold none that came out as it is. */
export function heldItemSpot({ value }: Resource, pointer: string, scene: ChartScene): Spot | undefined {
  const way = segmentsOf(pointer)
  for (const depth of way.keys()) {
    const item = Array.isArray(valueAt(value, pointerTo(way.slice(0, depth))))
      ? valueAt(value, pointerTo(way.slice(0, depth + 1)))
      : undefined
    const held = isMapping(item) ? heldIn(scene).find((one) => isItem(one, item)) : undefined
    if (held !== undefined) return held.placed(pointerTo(way.slice(depth + 1)))
  }
  return undefined
}

/** Whether an item is what a mapping says, under its name or one that is its key. */
function isItem({ value, key }: Held, item: Mapping): boolean {
  const named = value['name'] === undefined ? { ...value, name: key } : value
  return Object.keys(named).length > 1 && typeof item['name'] === 'string' && cameOut(named, item)
}

/** Whether a value is what came out of another one; templates in it may have become anything. */
function cameOut(value: unknown, out: unknown): boolean {
  if (typeof value === 'string' && value.includes('{{')) return true
  if (value === null || typeof value !== 'object' || out === null || typeof out !== 'object') return same(value, out)
  const entries = Object.entries(value)
  return entries.length === Object.keys(out).length && entries.every(([key, child]) => cameOut(child, valueAt(out, pointerTo([key]))))
}
