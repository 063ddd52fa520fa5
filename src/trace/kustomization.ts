// A finding in what a kustomization built: the line of the base, of the patch or of the entry that decides.

import type { KustomizationTarget } from '../discover/target.ts'
import { keyOf, pointerOf } from '../finding/identity.ts'
import type { Resource } from '../resource/resource.ts'
import { pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { decidingEntry } from './entry.ts'
import type { Sources } from './source.ts'
import { type Trace, writtenTrace } from './spot.ts'

export type KustomizationScene = { readonly target: KustomizationTarget; readonly sources: Sources }

/** Undefined where neither the object nor what decides is in the tree. */
export function kustomizationTrace(resource: Resource, pointer: string, scene: KustomizationScene): Trace | undefined {
  const base = baseOf(resource, scene.sources)
  const value = valueAt(resource.value, pointer)
  if (base !== undefined) {
    const there = placeIn(base, resource, pointer)
    if (there !== undefined && same(valueAt(base.value, there), value)) return writtenTrace(base, there)
  }
  const entry = decidingEntry(resource, pointer, base, scene)
  if (entry !== undefined) return { ...entry, through: base === undefined ? [] : [{ path: base.document.path }] }
  if (base === undefined) return undefined
  // Something nobody names changed it: the object is right, the line is only near.
  const trace = writtenTrace(base, placeIn(base, resource, pointer) ?? '')
  return { ...trace, location: { ...trace.location, precision: value === undefined ? 'nearest' : 'file' } }
}

/** The object as its file has it: kind and name, where the name may have got a prefix, a suffix or a hash. */
function baseOf({ id, document }: Resource, sources: Sources): Resource | undefined {
  const alike = sources
    .resources(document.path)
    .filter((other) => other.id.kind === id.kind && id.name.includes(other.id.name.replace(/\*$/, '')))
  const exact = alike.filter((other) => other.id.name === id.name)
  const named = exact.length > 0 ? exact : [...alike].sort((a, b) => b.id.name.length - a.id.name.length)
  return named.find((other) => other.id.namespace === id.namespace) ?? named[0]
}

/** The pointer in the base that leads to the same item; as far as it goes where something is missing there. */
function placeIn(base: Resource, resource: Resource, pointer: string): string | undefined {
  const segments = segmentsOf(pointer)
  for (let kept = segments.length; kept >= 0; kept -= 1) {
    const found = pointerOf(base.value, keyOf(resource.value, pointerTo(segments.slice(0, kept)), false), false)
    if (found === undefined) continue
    return kept === segments.length ? found : found + pointerTo(segments.slice(kept))
  }
  return undefined
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
