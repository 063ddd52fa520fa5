// A finding in what a kustomization built: the line of the base, of the patch or of the entry that decides.

import type { KustomizationTarget } from '../discover/target.ts'
import { keyOf, unnamed } from '../finding/identity.ts'
import type { Resource } from '../resource/resource.ts'
import { pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { baseOf, placeIn } from './base.ts'
import { decidingEntry, imageSpot, makingEntry } from './entry.ts'
import { same } from './same.ts'
import type { Sources } from './source.ts'
import { nearest, type Spot, type Trace, writtenTrace } from './spot.ts'

export type KustomizationScene = { readonly target: KustomizationTarget; readonly sources: Sources }

/** Undefined where neither the object nor what decides is in the tree. */
export function kustomizationTrace(resource: Resource, pointer: string, scene: KustomizationScene): Trace | undefined {
  const base = baseOf(resource, scene.sources)
  const value = valueAt(resource.value, pointer)
  const there = base === undefined ? undefined : placeIn(base, resource, pointer)
  const holder = value === undefined ? holderOf(resource.value, pointer) : pointer
  const image = imageSpot({ resource, pointer, value, base }, scene)
  if (image !== undefined) return { ...image, through: wayFrom(base) }
  const written = base !== undefined && there !== undefined && holds(base, resource, holder, value) ? writtenTrace(base, there) : undefined
  if (base !== undefined && written !== undefined && isSameItem(base, resource, pointer)) return written
  const entry = (value === undefined ? makingEntry : decidingEntry)(resource, holder, base, scene)
  if (entry !== undefined)
    return { ...(value === undefined ? missingIn(entry, pointer.slice(holder.length)) : entry), through: wayFrom(base) }
  if (written !== undefined) return written
  if (base === undefined) return undefined
  // Something nobody names changed it: the object is right, the line is only near.
  const trace = writtenTrace(base, there ?? '')
  return { ...trace, location: { ...trace.location, precision: value === undefined ? 'nearest' : 'file' } }
}

/** The nearest part of an object in which something is missing: its item of a list, or the object itself. */
function holderOf(root: unknown, pointer: string): string {
  const segments = segmentsOf(pointer)
  for (let kept = segments.length; kept > 0; kept -= 1) {
    const above = pointerTo(segments.slice(0, kept))
    if (/^\d+$/.test(segments[kept - 1] ?? '') && valueAt(root, above) !== undefined) return above
  }
  return ''
}

/** Whether the base says what came out; of what is missing, whether it has the part in which it is. */
function holds(base: Resource, resource: Resource, holder: string, value: unknown): boolean {
  const own = valueAt(base.value, placeIn(base, resource, holder))
  return value === undefined ? own !== undefined : same(own, value)
}

/** Items that nothing names stand at the same number by chance where a patch gives the whole list: one that differs may be another. */
function isSameItem(base: Resource, resource: Resource, pointer: string): boolean {
  const at = keyOf(resource.value, pointer, false).indexOf(unnamed)
  if (at < 0) return true
  const item = pointerTo(segmentsOf(pointer).slice(0, at + 1))
  return same(valueAt(base.value, placeIn(base, resource, item)), valueAt(resource.value, item))
}

/** A key that is missing where an entry put the part around it. */
function missingIn(spot: Spot, rest: string): Spot {
  const { site } = spot
  const near = { ...spot, location: nearest(spot.location) }
  return site === undefined ? near : { ...near, site: { path: site.path, document: site.document, pointer: site.pointer + rest } }
}

function wayFrom(base: Resource | undefined): Trace['through'] {
  return base === undefined ? [] : [{ path: base.document.path }]
}
