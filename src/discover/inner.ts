// What stands inside a target as if it were one of its own: told of alone where the whole could not be had.

import { isMapping, listOf } from '../resource/read.ts'
import { valueAt } from '../text/pointer.ts'
import { folderOf } from './filename.ts'
import { pathFrom } from './kustomization.ts'
import { placeBelow } from './scene.ts'
import type { ChartTarget, InflatedChart, KustomizationTarget, RenderTarget, Values } from './target.ts'

/** The charts that a kustomization inflates from elsewhere, and the post-renderers of a chart, each with the id by which what is told of it names it. */
export function innerTargets(target: RenderTarget): readonly RenderTarget[] {
  return target.kind === 'chart' ? postRenderersOf(target) : inflatedIn(target)
}

/** The charts of a kustomization that the tree does not hold. */
export function inflatedIn(target: KustomizationTarget): readonly ChartTarget[] {
  return target.charts.filter(({ inTree }) => !inTree).map((chart) => inflated(chart, target))
}

/** The post-renderers of a chart as a kustomization of nothing; none where there are none. */
export function postRenderersOf(target: ChartTarget): readonly KustomizationTarget[] {
  const { id, inputs, environments, root, through, missing, overlay } = target
  if (overlay.length === 0) return []
  const whole = { id: `${id}, post-renderers`, inputs: inputs.filter((path) => path === root.path), environments, root, through, missing }
  return [{ ...whole, kind: 'kustomization', covers: [], folder: folderOf(root.path), overlay, remotes: [], charts: [] }]
}

function inflated({ name, repository, version, at }: InflatedChart, target: KustomizationTarget): ChartTarget {
  const { id, inputs, environments, root, through, missing } = target
  const entry = valueAt(at.document.yaml.value, at.pointer)
  const text = (key: string) => {
    const value = isMapping(entry) ? entry[key] : undefined
    return typeof value === 'string' ? value : ''
  }
  return {
    ...{ kind: 'chart', id: `${id}, chart ${name}${at.pointer}`, inputs, environments, root, through, covers: [], missing },
    chart: { kind: 'repository', repository, name, version },
    values: valuesIn(at),
    ...{ release: text('releaseName') || name, namespace: text('namespace') || 'default' },
    ...{ apiVersions: [], skipSchemaValidation: false, dependencies: [], overlay: [] },
  }
}

/** In kustomize's order: what stands in place is laid over the file, unless it says otherwise; further files over both. */
function valuesIn(at: InflatedChart['at']): readonly Values[] {
  const entry = valueAt(at.document.yaml.value, at.pointer)
  if (!isMapping(entry)) return []
  const from = folderOf(at.document.path)
  const files = (written: unknown): readonly Values[] =>
    typeof written === 'string' && written !== '' ? [{ kind: 'file', path: pathFrom(from, written) }] : []
  const file = files(entry['valuesFile'] ?? entry['values'])
  const { valuesInline: value } = entry
  const inline: readonly Values[] = isMapping(value) ? [{ kind: 'inline', value, at: placeBelow(at, 'valuesInline') }] : []
  const more = listOf(entry['additionalValuesFiles']).flatMap(files)
  switch (entry['valuesMerge']) {
    case 'merge':
      return [...inline, ...file, ...more]
    case 'replace':
      return [...inline, ...more]
    default:
      return [...file, ...inline, ...more]
  }
}
