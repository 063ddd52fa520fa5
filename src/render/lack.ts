// What a render went without, in words.

import { posix } from 'node:path'
import type { ChartTarget, KustomizationTarget, Missing, Place } from '../discover/target.ts'
import type { MissingDependency } from './engine.ts'
import type { Refused } from './supplied.ts'

/** What a chart was rendered without. What discovery named already is not named again. */
export function lackOfChart(gaps: readonly MissingDependency[], target: ChartTarget, refused: readonly Refused[]): readonly Missing[] {
  const root = target.chart.kind === 'tree' ? target.chart.path : ''
  return gaps.flatMap((gap) => {
    const all = target.dependencies.filter(({ name }) => name === gap.name)
    const written = all.find(({ chart }) => chart === posix.join(root, gap.chart)) ?? all[0]
    if (written === undefined && gap.repository.startsWith('file://')) return []
    const refusal = refused.find(({ name }) => name === gap.name)
    if (refusal === undefined) return [notThere(gap, written?.at)]
    const { message, hint } = refusal.failure
    return [{ message: `${message}; the rest was rendered without it`, hint, ...atOf(written?.at) }]
  })
}

/** What a kustomization was built without: charts that it inflates, dependencies of these. Where a chart could not be fetched that is said already. */
export function lackOfKustomization(gaps: readonly MissingDependency[], { charts }: KustomizationTarget): readonly Missing[] {
  return gaps.flatMap((gap) => {
    const written = charts.find(({ name, repository }) => name === gap.name && repository === gap.repository)
    if (written !== undefined && !written.inTree && written.repository !== '') return []
    const owner = charts.find(({ home }) => gap.chart === home || gap.chart.startsWith(`${home}/`))
    return [notThere(gap, (written ?? owner)?.at)]
  })
}

function notThere({ name, version, repository }: MissingDependency, at: Place | undefined): Missing {
  return {
    message: `the chart ${name}${version === '' ? '' : ` ${version}`}${repository === '' ? '' : ` of ${repository}`} is not in the repository; the rest was rendered without it`,
    hint: 'Vendor it with helm dependency build, or allow its host in the policy.',
    ...atOf(at),
  }
}

function atOf(at: Place | undefined): { readonly at?: Place } {
  return at === undefined ? {} : { at }
}
