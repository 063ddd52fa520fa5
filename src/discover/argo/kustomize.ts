// The `kustomize` block of an Application's source, as entries that are merged into the kustomization of its folder.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import { placeBelow } from '../scene.ts'
import type { OverlayField, Place } from '../target.ts'

/** The entries of a block; `at` is the place of the block itself. What has the wrong shape is left out, as Argo CD refuses it. */
export function overlayOf(block: unknown, at: Place): readonly OverlayField[] {
  if (!isMapping(block)) return []
  const under = (key: string) => placeBelow(at, key)
  const set = (['namespace', 'namePrefix', 'nameSuffix'] as const).flatMap((field): readonly OverlayField[] => {
    const value = block[field]
    return typeof value === 'string' && value !== '' ? [{ field, how: 'set', value, at: under(field) }] : []
  })
  const appended = (['replicas', 'patches', 'components'] as const).flatMap((field) =>
    listOf(block[field]).map((value, index): OverlayField => ({ field, how: 'append', value, at: placeBelow(under(field), index) })),
  )
  const images = listOf(block['images']).flatMap((image, index): readonly OverlayField[] =>
    typeof image === 'string' ? [{ field: 'images', how: 'append', value: imageOf(image), at: placeBelow(under('images'), index) }] : [],
  )
  return [...set, ...images, ...appended, ...labelsOf(block, under)]
}

/** Common labels reach selectors unless the block says otherwise, as `kustomize edit set label` has it. */
function labelsOf(block: Mapping, under: (key: string) => Place): readonly OverlayField[] {
  const { commonLabels, commonAnnotations } = block
  const without = block['labelWithoutSelector'] === true
  const found: OverlayField[] = []
  if (isMapping(commonLabels)) {
    const at = under('commonLabels')
    const pairs = { pairs: commonLabels, includeSelectors: false, includeTemplates: block['labelIncludeTemplates'] === true }
    found.push(
      without ? { field: 'labels', how: 'append', value: pairs, at } : { field: 'commonLabels', how: 'merge', value: commonLabels, at },
    )
  }
  if (isMapping(commonAnnotations))
    found.push({ field: 'commonAnnotations', how: 'merge', value: commonAnnotations, at: under('commonAnnotations') })
  return found
}

/** `old=new:tag@digest` in kustomize's words; the old name and the new one may be the same. */
function imageOf(written: string): Readonly<Record<string, string>> {
  const equals = written.indexOf('=')
  const image = written.slice(equals + 1)
  const [rest = '', digest] = image.split('@', 2)
  const colon = rest.lastIndexOf(':')
  const hasTag = colon > rest.lastIndexOf('/')
  const newName = hasTag ? rest.slice(0, colon) : rest
  const name = equals < 0 ? newName : written.slice(0, equals)
  return {
    name,
    ...(newName === name ? {} : { newName }),
    ...(hasTag ? { newTag: rest.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  }
}
