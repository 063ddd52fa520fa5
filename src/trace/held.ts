// What values hold that templates do no more than write out, in place or as text: whole objects (`extraObjects`), items of lists (`extraContainers`).

import type { Document } from '../resource/document.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import { below } from '../text/pointer.ts'
import { blockSpot } from './block.ts'
import type { ChartScene } from './decide.ts'
import { type Layer, layersOf } from './layer.ts'
import { documentOf, type Sources } from './source.ts'
import { type Spot, siteWithin, withSite } from './spot.ts'

export type Held = {
  readonly value: Mapping
  /** The last key that leads to it. */
  readonly key: string
  /** Where a pointer that begins at it stands. */
  readonly placed: (pointer: string) => Spot
}

/** All mappings in the values of a target that people of this repository edit, those that win first. */
export function heldIn({ target, sources }: ChartScene): readonly Held[] {
  return sources.once(target, () =>
    layersOf(target, { path: [], chart: '', prefix: 0 }, sources)
      .filter(({ own }) => own)
      .flatMap((layer) => heldBelow(layer.value, { at: '', key: '', within: layer, sources })),
  )
}

type Where = { readonly at: string; readonly key: string; readonly within: Pick<Layer, 'placed' | 'site'>; readonly sources: Sources }

function heldBelow(value: unknown, where: Where): readonly Held[] {
  if (typeof value === 'string') return isText(value) ? heldInText(value, where) : []
  if (value === null || typeof value !== 'object') return []
  const { at, key, within } = where
  const inside = Object.entries(value).flatMap(([name, child]) => heldBelow(child, { ...where, at: below(at, name), key: name }))
  if (!isMapping(value)) return inside
  return [{ value, key, placed: (pointer) => withSite(within.placed(at + pointer), within.site(at + pointer)) }, ...inside]
}

/** Whether a text may be an object or a list of items. */
function isText(value: string): boolean {
  return value.includes('\n') && (value.includes('kind:') || /^\s*- /m.test(value))
}

function heldInText(text: string, { at, key, within, sources }: Where): readonly Held[] {
  const site = within.site(at)
  const document: Document | undefined = site === undefined ? undefined : sources.documents(site.path)[site.document]
  const inner = documentOf(site?.path ?? '', text)
  // A text inside a text has no place of its own.
  if (site === undefined || site.within !== undefined || document === undefined || inner === undefined) return []
  const place = { document, pointer: site.pointer }
  const spots = {
    placed: (pointer: string) => blockSpot(place, inner, pointer, sources),
    site: (pointer: string) => siteWithin(place, inner, pointer),
  }
  return typeof inner.yaml.value === 'string' ? [] : heldBelow(inner.yaml.value, { at: '', key, within: spots, sources })
}
