// What Flux adds to a kustomization: fields of its own Kustomization, and the post-renderers of a HelmRelease.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import { valueAt } from '../../text/pointer.ts'
import { placeBelow } from '../scene.ts'
import type { OverlayField, Place } from '../target.ts'

/** The entries of a Kustomization's `spec` (at `at`), merged into the kustomization of its folder. */
export function fluxOverlay(spec: Mapping, at: Place): readonly OverlayField[] {
  const set = (
    [
      ['targetNamespace', 'namespace'],
      ['namePrefix', 'namePrefix'],
      ['nameSuffix', 'nameSuffix'],
      ['commonMetadata', 'commonMetadata'],
    ] as const
  ).flatMap(([key, field]): readonly OverlayField[] => {
    const value = spec[key]
    const isSaid = field === 'commonMetadata' ? isMapping(value) : typeof value === 'string' && value !== ''
    return isSaid ? [{ field, how: 'set', value, at: placeBelow(at, key) }] : []
  })
  return [...set, ...appended(spec, at, ['components', 'images']), ...patchesIn(spec, at)]
}

/** The post-renderers of a HelmRelease, in their order. */
export function postRenderers(spec: unknown, at: Place): readonly OverlayField[] {
  return listOf(valueAt(spec, '/postRenderers')).flatMap((renderer, index) => {
    const kustomize = valueAt(renderer, '/kustomize')
    if (!isMapping(kustomize)) return []
    const under = placeBelow(placeBelow(placeBelow(at, 'postRenderers'), index), 'kustomize')
    return [...appended(kustomize, under, ['images']), ...patchesIn(kustomize, under)]
  })
}

function appended(spec: Mapping, at: Place, fields: readonly ('components' | 'images')[]): readonly OverlayField[] {
  return fields.flatMap((field) =>
    listOf(spec[field]).map(
      (value, index): OverlayField => ({ field, how: 'append', value, at: placeBelow(placeBelow(at, field), index) }),
    ),
  )
}

/** Patches, and the two older fields for them, in the words of the newer one. */
function patchesIn(spec: Mapping, at: Place): readonly OverlayField[] {
  const entries = (key: string, as: (entry: unknown) => unknown) =>
    listOf(spec[key]).map(
      (entry, index): OverlayField => ({
        field: 'patches',
        how: 'append',
        value: as(entry),
        at: placeBelow(placeBelow(at, key), index),
      }),
    )
  return [
    ...entries('patches', (entry) => entry),
    ...entries('patchesStrategicMerge', (entry) => ({ patch: typeof entry === 'string' ? entry : JSON.stringify(entry) })),
    ...entries('patchesJson6902', (entry) => ({ patch: JSON.stringify(valueAt(entry, '/patch')), target: valueAt(entry, '/target') })),
  ]
}
