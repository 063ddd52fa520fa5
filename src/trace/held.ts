// An object that values hold whole, in place or as text (`extraObjects`, `extraManifests`): the template does no more than write it out.

import { isMapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { below, valueAt } from '../text/pointer.ts'
import { blockSpot } from './block.ts'
import type { ChartScene } from './decide.ts'
import { type Layer, layersOf } from './layer.ts'
import { documentOf, type Sources } from './source.ts'
import { type Spot, siteWithin, withSite } from './spot.ts'

/** Where the values of a target hold the place of an object; undefined where they hold no such object, or say something else there. */
export function heldSpot(resource: Resource, pointer: string, { target, sources }: ChartScene): Spot | undefined {
  for (const layer of layersOf(target, { path: [], chart: '', prefix: 0 }, sources)) {
    if (!layer.own) continue
    for (const held of heldIn(layer.value, '')) {
      const spot = spotOf(held, { resource, pointer, layer, sources })
      if (spot !== undefined) return spot
    }
  }
  return undefined
}

type Held = { readonly at: string; readonly value: unknown }

/** Mappings that say what they are, and texts of several lines, which may be such. */
function heldIn(value: unknown, at: string): readonly Held[] {
  if (typeof value === 'string') return value.includes('\n') && value.includes('kind:') ? [{ at, value }] : []
  if (value === null || typeof value !== 'object') return []
  const inside = Object.entries(value).flatMap(([key, child]) => heldIn(child, below(at, key)))
  return isMapping(value) && typeof value['kind'] === 'string' ? [{ at, value }, ...inside] : inside
}

type Asked = { readonly resource: Resource; readonly pointer: string; readonly layer: Layer; readonly sources: Sources }

function spotOf({ at, value }: Held, { resource, pointer, layer, sources }: Asked): Spot | undefined {
  if (typeof value !== 'string')
    return isPlace(value, resource, pointer) ? withSite(layer.placed(at + pointer), layer.site(at + pointer)) : undefined
  const inner = documentOf(resource.document.path, value)
  const site = layer.site(at)
  const document = site === undefined ? undefined : sources.documents(site.path)[site.document]
  if (inner === undefined || site === undefined || document === undefined || !isPlace(inner.yaml.value, resource, pointer)) return undefined
  const place = { document, pointer: site.pointer }
  return withSite(blockSpot(place, inner, pointer, sources), siteWithin(place, inner, pointer))
}

/** Whether a value is the object before templates in it were filled in, and says the same at the place. */
function isPlace(value: unknown, resource: Resource, pointer: string): boolean {
  if (!isMapping(value) || value['kind'] !== resource.id.kind) return false
  const name = valueAt(value, '/metadata/name')
  if (name !== resource.id.name && !String(name).includes('{{')) return false
  return JSON.stringify(valueAt(value, pointer)) === JSON.stringify(valueAt(resource.value, pointer))
}
