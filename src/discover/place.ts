// What a file's place says: whether it is looked at, why its content need not be read, and what it is when it holds no object.

import type { TreeFile } from '../change/tree.ts'
import { asObject, groupOf, isMapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { chartOfTemplate, isChartFile, isValuesPath } from './chart.ts'
import type { Gap } from './classify.ts'
import { baseName, formOf, isCiPath, isTemplateName } from './filename.ts'
import type { Surroundings } from './surroundings.ts'

/** Whether a file is named in the graph at all, judged or not. Links and submodules are, since what they lead to is not followed. */
export function isConsidered({ path, kind, isNamed }: TreeFile, near: Surroundings): boolean {
  if (kind === 'submodule' || isNamed === true) return true
  const role = near.uses.get(path)?.role
  if (role === 'resource' || role === 'patch' || formOf(path) !== 'other') return true
  // A link without an ending may lead to a folder; names in capitals (LICENSE, OWNERS) do not.
  return kind === 'symlink' && /^[^.]*[a-z][^.]*$/.test(baseName(path))
}

/** The gap that is known before the content is read; undefined for a file whose content decides. */
export function gapBefore({ path, kind }: TreeFile, near: Surroundings): Gap | undefined {
  const use = near.uses.get(path)
  if (kind === 'submodule') return { reason: 'submodule', attention: true, detail: 'its content is in another repository' }
  if (kind === 'symlink') return { reason: 'symlink', attention: isManifestPath(path, near), detail: 'links are not followed' }
  if (kind === 'missing') return { reason: 'missing-object', attention: isManifestPath(path, near) }
  if (kind === 'large') return { reason: 'too-large', attention: isManifestPath(path, near), detail: 'more than 32 MiB' }
  if (use?.role === 'resource') return undefined
  if (use?.role === 'patch') return { reason: 'kustomize-patch', attention: true, detail: `used by ${use.by}` }
  const chart = chartOfTemplate(path, near.charts)
  return chart === undefined ? undefined : { reason: 'chart-template', attention: true, detail: `chart ${chart === '' ? '.' : chart}` }
}

/** Whether the name alone makes a manifest likely: a JSON file, values and CI files seldom are. */
function isManifestPath(path: string, near: Surroundings): boolean {
  return formOf(path) === 'yaml' && !isValuesPath(path, near.charts) && !isChartFile(path, near.charts) && !isCiPath(path)
}

/** The gap of a file that holds objects all the same: kustomize's input, a sample of an operator's own kinds, chart values that look like an object. */
export function gapOfObjects(path: string, near: Surroundings, resources: readonly Resource[]): Gap | undefined {
  const use = near.uses.get(path)
  if (use?.role === 'resource') return undefined
  if (use?.role === 'input')
    return { reason: 'kustomize-input', attention: resources.some(({ id }) => id.name !== ''), detail: `used by ${use.by}` }
  if (isValuesName(path, near) && resources.every(({ value }) => !isMapping(value['metadata'])))
    return { reason: 'values-file', attention: false }
  if (/(?:^|\/)config\/samples\//.test(path) && resources.every(isCustom)) return { reason: 'custom-resource-sample', attention: false }
  return undefined
}

/** The gap of a file or document without objects, named after its place where that says more than `not-kubernetes`. */
export function gapOfOther(path: string, near: Surroundings, gap: Gap): Gap {
  if (gap.reason !== 'not-kubernetes' && gap.reason !== 'empty') return gap
  const use = near.uses.get(path)
  if (use?.role === 'input') return { reason: 'kustomize-input', attention: false, detail: `used by ${use.by}` }
  if (gap.reason === 'empty') return gap
  if (isChartFile(path, near.charts)) return { reason: 'chart', attention: false }
  if (isValuesName(path, near)) return { reason: 'values-file', attention: false }
  if (isCiPath(path)) return { reason: 'ci-file', attention: false }
  return gap
}

/** A file whose name has an ending behind `.yaml`: a template of a manifest, or one that is set aside. */
export function gapOfDisguised(path: string): Gap {
  if (isTemplateName(path)) return { reason: 'template-placeholder', attention: true, detail: 'a template by its name' }
  return { reason: 'not-kubernetes', attention: false, detail: `set aside by its name ${baseName(path)}` }
}

function isValuesName(path: string, near: Surroundings): boolean {
  return near.uses.get(path)?.role === 'values' || isValuesPath(path, near.charts)
}

function isCustom({ value }: Resource): boolean {
  const object = asObject({ base: '', value })
  const group = object === undefined ? '' : groupOf(object.apiVersion)
  return group.includes('.') && !group.endsWith('.k8s.io')
}
