// What Argo CD and Flux add to a kustomization, merged into the file as they would do it.

import type { OverlayField } from '../discover/target.ts'
import { isMapping, type Mapping } from '../resource/read.ts'

/** A kustomization (its value) with the fields of an overlay. */
export function withOverlay(kustomization: Mapping, overlay: readonly OverlayField[]): Mapping {
  return overlay.reduce<Mapping>(withField, kustomization)
}

function withField(kustomization: Mapping, { field, how, value }: OverlayField): Mapping {
  if (field === 'commonMetadata') return withMetadata(kustomization, isMapping(value) ? value : {})
  if (how === 'set') return { ...kustomization, [field]: value }
  const known = kustomization[field]
  if (how === 'merge') return { ...kustomization, [field]: { ...(isMapping(known) ? known : {}), ...(isMapping(value) ? value : {}) } }
  const items: readonly unknown[] = Array.isArray(known) ? known : []
  const isNamed = field === 'images' || field === 'replicas'
  return { ...kustomization, [field]: [...(isNamed ? items.filter((item) => nameOf(item) !== nameOf(value)) : items), value] }
}

/** Flux sets them on every object after the build and leaves selectors and pod templates alone. */
function withMetadata(kustomization: Mapping, { labels, annotations }: Mapping): Mapping {
  const known: readonly unknown[] = Array.isArray(kustomization['labels']) ? kustomization['labels'] : []
  return {
    ...kustomization,
    ...(isMapping(labels) ? { labels: [...known, { pairs: labels, includeSelectors: false }] } : {}),
    ...(isMapping(annotations)
      ? {
          commonAnnotations: {
            ...(isMapping(kustomization['commonAnnotations']) ? kustomization['commonAnnotations'] : {}),
            ...annotations,
          },
        }
      : {}),
  }
}

function nameOf(item: unknown): unknown {
  return isMapping(item) ? item['name'] : undefined
}
