// The tables of the comparison, and what in them falls short.

import type { Cold } from './cold.ts'
import { count, median, type Row } from './row.ts'

const enough = { charts: 120, withSubcharts: 40, kustomizations: 150 }
/** On a quiet machine. */
const limits = { chart: 200, timesNative: 4, kustomization: 250 }

/** Prints all, and gives back what falls short. */
export function printRows(rows: readonly Row[]): readonly string[] {
  const kinds = [...new Set(rows.map(({ what }) => what))]
  console.log('what         equal  as native runs differ  differs  fails in both  renders only here  untraced')
  for (const kind of kinds) {
    const of = rows.filter(({ what }) => what === kind)
    const cells = [
      count(of, 'equal'),
      count(of, 'as native runs differ'),
      count(of, 'differs'),
      count(of, 'fails in both'),
      count(of, 'renders only here'),
      count(of, 'untraced'),
    ]
    console.log(`${kind.padEnd(11)} ${cells.map((cell, at) => String(cell).padStart([6, 22, 8, 14, 18, 9][at] ?? 6)).join(' ')}`)
  }
  for (const outcome of ['differs', 'untraced', 'renders only here', 'fails in both'] as const) printList(rows, outcome)
  for (const kind of ['helm 4', 'kustomize']) {
    const times = rows.filter(({ what, outcome }) => what === kind && (outcome === 'equal' || outcome === 'as native runs differ'))
    const [ours, native] = [median(times.map(({ ms }) => ms)), median(times.map(({ native }) => native))]
    console.log(`\n${kind}, warm, median of ${times.length}: engine ${ours.toFixed(0)} ms, native process ${native.toFixed(0)} ms`)
  }
  return shortOf(rows)
}

function printList(rows: readonly Row[], outcome: Row['outcome']): void {
  const list = rows.filter((row) => row.outcome === outcome)
  if (list.length > 0) console.log(`\n${outcome}:`)
  for (const { what, label, note } of list) {
    const text = outcome === 'differs' ? note.slice(0, 1_000) : (note.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 200)
    console.log(`  ${what}: ${label}\n      ${text}`)
  }
}

function shortOf(rows: readonly Row[]): readonly string[] {
  const good = (kind: string) =>
    rows.filter(({ what, outcome }) => what === kind && (outcome === 'equal' || outcome === 'as native runs differ'))
  const charts = new Map(good('helm 4').map((row) => [row.label.replace(/ \(ci\/.*$/, ''), row]))
  const withSubcharts = [...charts.values()].filter(({ subcharts }) => subcharts > 0).length
  const kustomizations = good('kustomize').length
  console.log(`\n${charts.size} charts (${withSubcharts} with sub-charts) and ${kustomizations} kustomizations are equal`)
  const differences = count(rows, 'differs')
  return [
    ...(charts.size < enough.charts ? [`${charts.size} charts, not ${enough.charts}`] : []),
    ...(withSubcharts < enough.withSubcharts ? [`${withSubcharts} charts with sub-charts, not ${enough.withSubcharts}`] : []),
    ...(kustomizations < enough.kustomizations ? [`${kustomizations} kustomizations, not ${enough.kustomizations}`] : []),
    ...(differences > 0 ? [`${differences} differences`] : []),
  ]
}

/** Prints the times, and gives back which are too long. */
export function printCold(times: readonly Cold[]): readonly string[] {
  console.log('\nfrom process start to the first result, medians (least)')
  for (const { what, ms, least } of times) console.log(`  ${what.padEnd(28)} ${ms.toFixed(0)} ms (${least.toFixed(0)})`)
  const of = (name: string) => times.find(({ what }) => what === name)?.ms ?? Number.NaN
  const [chart, native, kustomization] = [of('engine, first chart'), of('native helm 4'), of('engine, first kustomization')]
  console.log(`  a first chart takes ${(chart / native).toFixed(1)} times as long as native helm`)
  return [
    ...(chart > limits.chart ? [`first chart after ${chart.toFixed(0)} ms, not ${limits.chart}`] : []),
    ...(chart > limits.timesNative * native ? [`first chart ${(chart / native).toFixed(1)} times native, not ${limits.timesNative}`] : []),
    ...(kustomization > limits.kustomization
      ? [`first kustomization after ${kustomization.toFixed(0)} ms, not ${limits.kustomization}`]
      : []),
  ]
}
