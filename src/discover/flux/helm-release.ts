// A HelmRelease of Flux: its chart, wherever that is, and its values in Flux's order.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import { isFile } from '../ground.ts'
import { chartTarget } from '../helm/target.ts'
import { pathFrom } from '../kustomization.ts'
import { type Found, nothing, placeIn, rootId, type Scene, textAt } from '../scene.ts'
import type { ChartSource, Missing, Root, Values } from '../target.ts'
import { environmentsOfFlux } from './cluster.ts'
import { postRenderers } from './overlay.ts'
import { sourceOf } from './source.ts'
import { valuesOf } from './values.ts'

/** What a HelmRelease renders. */
export function helmRelease(by: Resource, root: Root, scene: Scene): Found {
  const spec = by.value['spec']
  if (!isMapping(spec)) return nothing
  const chart = chartOf(by, spec, scene)
  if ('why' in chart) {
    return { ...nothing, unresolved: [{ root, code: 'remote-source', message: chart.why, hint, at: placeIn(by, '/spec') }] }
  }
  const { values, missing, inputs } = valuesOf(by, scene)
  const namespace = textAt(spec, '/targetNamespace')
  const target = chartTarget(
    {
      id: rootId(root),
      root,
      environments: environmentsOfFlux(by, '', scene),
      chart: chart.source,
      values: [...chart.values, ...values],
      release: textAt(spec, '/releaseName') || (namespace === '' ? by.id.name : `${namespace}-${by.id.name}`),
      namespace: namespace || by.id.namespace || 'default',
      overlay: postRenderers(spec, placeIn(by, '/spec')),
      missing: [...chart.missing, ...missing],
      inputs,
    },
    scene.ground,
  )
  return { ...nothing, targets: [target] }
}

type Chart = { readonly source: ChartSource; readonly values: readonly Values[]; readonly missing: readonly Missing[] }
type NoChart = { readonly why: string }

const hint = 'Keep the source of the chart in this repository, or read what the chart renders.'

/** A chart whose source is described elsewhere. */
function unknown(by: Resource, why: string): Chart {
  return { source: { kind: 'unknown' }, values: [], missing: [{ message: why, hint, at: placeIn(by, '/spec') }] }
}

/** `chart.spec`, or the HelmChart or artifact that `chartRef` names. */
function chartOf(by: Resource, spec: Mapping, scene: Scene): Chart | NoChart {
  const reference = spec['chartRef']
  if (!isMapping(reference)) {
    const written = valueAt(spec, '/chart/spec')
    return isMapping(written) ? chartIn({ by, written, pointer: '/spec/chart/spec' }, scene) : { why: 'it names no chart' }
  }
  const name = textAt(reference, '/name')
  if (textAt(reference, '/kind') === 'HelmChart') {
    const namespace = textAt(reference, '/namespace') || by.id.namespace
    const found = scene.find({ kind: 'HelmChart', namespace, name, near: by.document.path })
    const written = found?.value['spec']
    if (found === undefined || !isMapping(written)) return unknown(by, `HelmChart ${name} is not in this repository`)
    return chartIn({ by: found, written, pointer: '/spec' }, scene)
  }
  const source = sourceOf({ by, reference, path: '' }, scene)
  if (source.kind !== 'repository') return unknown(by, `OCIRepository ${name} is not in this repository`)
  const slash = source.url.lastIndexOf('/')
  const chart = { repository: source.url.slice(0, slash), name: source.url.slice(slash + 1), version: source.version }
  return { source: { kind: 'repository', ...chart }, values: [], missing: [] }
}

type Written = { readonly by: Resource; readonly written: Mapping; readonly pointer: string }

function chartIn({ by, written, pointer }: Written, scene: Scene): Chart | NoChart {
  const name = textAt(written, '/chart')
  const source = sourceOf({ by, reference: written['sourceRef'], path: name }, scene)
  const files = valuesFiles(written, source.kind === 'here', { by, pointer, scene })
  switch (source.kind) {
    case 'here': {
      const { path } = source
      const isChart = scene.ground.charts.has(path) || (path.endsWith('.tgz') && isFile(scene.ground, path))
      return isChart ? { source: { kind: 'tree', path }, ...files } : { why: `there is no chart at ${name}` }
    }
    case 'git':
      return { source: { kind: 'git', repository: source.repository, revision: source.revision, path: pathFrom('', name) }, ...files }
    case 'repository':
      return { source: { kind: 'repository', repository: source.url, name, version: textAt(written, '/version') || '*' }, ...files }
    case 'unknown':
      return unknown(by, source.why)
    default:
      return source satisfies never
  }
}

/** Values files beside the chart, from the root of its source. */
function valuesFiles(
  written: Mapping,
  isHere: boolean,
  { by, pointer, scene }: { readonly by: Resource; readonly pointer: string; readonly scene: Scene },
): Omit<Chart, 'source'> {
  const values: Values[] = []
  const missing: Missing[] = []
  for (const [index, file] of listOf(written['valuesFiles']).entries()) {
    if (typeof file !== 'string') continue
    const path = pathFrom('', file)
    if (isHere && isFile(scene.ground, path)) values.push({ kind: 'file', path })
    else
      missing.push({
        message: `values file ${file} is left out: it is not in this repository`,
        hint: 'Read what it sets.',
        at: placeIn(by, `${pointer}/valuesFiles/${index}`),
      })
  }
  return { values, missing }
}
