// An object that values hold whole, in place or as text (`extraObjects`, `extraManifests`): the template does no more than write it out.

import type { Document } from '../resource/document.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { below, valueAt } from '../text/pointer.ts'
import { blockSpot } from './block.ts'
import type { ChartScene } from './decide.ts'
import { type Layer, layersOf } from './layer.ts'
import { same } from './same.ts'
import { documentOf } from './source.ts'
import { type Spot, siteWithin, withSite } from './spot.ts'

/** Where the values of a target hold the place of an object; undefined where they hold no such object, or say something else there. */
export function heldSpot(resource: Resource, pointer: string, scene: ChartScene): Spot | undefined {
  const all = scene.sources.once(scene.target, () => heldBy(scene))
  return all.find(({ value }) => isPlace(value, resource, pointer))?.placed(pointer)
}

type Held = { readonly value: Mapping; readonly placed: (pointer: string) => Spot }

/** All objects in the values that people of this repository edit, those that win first. */
function heldBy(scene: ChartScene): readonly Held[] {
  return layersOf(scene.target, { path: [], chart: '', prefix: 0 }, scene.sources)
    .filter(({ own }) => own)
    .flatMap((layer) => heldIn(layer.value, '', layer, scene))
}

function heldIn(value: unknown, at: string, layer: Layer, scene: ChartScene): readonly Held[] {
  if (typeof value === 'string') return value.includes('\n') && value.includes('kind:') ? heldInText(value, at, layer, scene) : []
  if (value === null || typeof value !== 'object') return []
  const inside = Object.entries(value).flatMap(([key, child]) => heldIn(child, below(at, key), layer, scene))
  if (!isObject(value)) return inside
  return [{ value, placed: (pointer) => withSite(layer.placed(at + pointer), layer.site(at + pointer)) }, ...inside]
}

function heldInText(text: string, at: string, layer: Layer, { sources }: ChartScene): readonly Held[] {
  const site = layer.site(at)
  const document: Document | undefined = site === undefined ? undefined : sources.documents(site.path)[site.document]
  const inner = documentOf(site?.path ?? '', text)
  const value = inner?.yaml.value
  if (site === undefined || document === undefined || inner === undefined || !isObject(value)) return []
  const place = { document, pointer: site.pointer }
  return [{ value, placed: (pointer) => withSite(blockSpot(place, inner, pointer, sources), siteWithin(place, inner, pointer)) }]
}

function isObject(value: unknown): value is Mapping {
  return isMapping(value) && typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string'
}

/** Whether a value is the object before templates in it were filled in, and says the same at the place. */
function isPlace(value: Mapping, { id, value: object }: Resource, pointer: string): boolean {
  const name = valueAt(value, '/metadata/name')
  if (value['kind'] !== id.kind || (name !== id.name && !String(name).includes('{{'))) return false
  return same(valueAt(value, pointer), valueAt(object, pointer))
}
