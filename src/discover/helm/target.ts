// A chart with one set of values, as a target.

import { type Ground, isFile } from '../ground.ts'
import type { ChartSource, ChartTarget, Environment, Missing, OverlayField, Root, Values } from '../target.ts'
import { chartClosure } from './chart.ts'

/** What is to be rendered, and for whom; what is left out has Helm's default. */
export type Release = {
  readonly id: string
  readonly root: Root
  readonly environments: readonly Environment[]
  readonly chart: ChartSource
  readonly values: readonly Values[]
  readonly release: string
  readonly namespace: string
  readonly kubernetesVersion?: string
  readonly apiVersions?: readonly string[]
  readonly skipSchemaValidation?: boolean
  readonly overlay?: readonly OverlayField[]
  readonly missing?: readonly Missing[]
  /** Files beside the chart and the values files that decide what comes out: ConfigMaps with values. */
  readonly inputs?: readonly string[]
}

/** The target of a release, with the closure of its chart. */
export function chartTarget(release: Release, ground: Ground): ChartTarget {
  const { chart, values, kubernetesVersion, missing = [], inputs = [], ...given } = release
  const closure = chart.kind === 'tree' && ground.charts.has(chart.path) ? chartClosure(chart.path, ground) : undefined
  const covers = closure?.inputs ?? (chart.kind === 'tree' ? [chart.path] : [])
  const files = [release.root.path, ...inputs, ...values.flatMap(fileOf)].filter((path) => isFile(ground, path))
  return {
    kind: 'chart',
    apiVersions: [],
    skipSchemaValidation: false,
    overlay: [],
    ...given,
    chart,
    values,
    through: [],
    inputs: files.every((path) => covers.includes(path)) ? covers : [...new Set([...files, ...covers])].sort(),
    covers,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    dependencies: closure?.dependencies ?? [],
    missing: [...missing, ...(closure?.missing ?? [])],
  }
}

function fileOf(values: Values): readonly string[] {
  if (values.kind === 'file') return [values.path]
  return values.kind === 'set' && values.as === 'file' ? [values.value] : []
}
