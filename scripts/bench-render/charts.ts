// Renders charts with the engine and with both native Helms.

import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine, HelmAnswer, HelmRequest } from '../../src/render/engine.ts'
import { compare } from './compare.ts'
import { chartFileOf, filesBelow } from './folders.ts'
import { type Run, run } from './native.ts'
import type { Row } from './row.ts'

const kubernetesVersion = 'v1.34.0'

/** A chart is rendered with its defaults and with the first values of its own tests. */
export type Case = { readonly folder: string; readonly label: string; readonly values: readonly string[]; readonly subcharts: number }

/**
 * Copies each chart to `work` with the dependencies that others of the charts can be: so are they fetched from the repositories of the same trees. Library charts and what is no chart
 * are left out.
 */
export function prepareCharts(charts: readonly string[], work: string): readonly Case[] {
  const known = new Map<string, string>()
  for (const folder of charts) {
    const file = chartFileOf(folder)
    if (file !== undefined) known.set(file.name, folder)
  }
  return charts.flatMap((folder, at) => {
    const file = chartFileOf(folder)
    if (file === undefined || file.type === 'library') return []
    const copy = join(work, `${at}-${file.name.replace(/[^\w.-]/g, '_')}`)
    rmSync(copy, { recursive: true, force: true })
    vendor(folder, copy, known, 0)
    const subcharts = existsSync(join(copy, 'charts')) ? readdirSync(join(copy, 'charts')).length : 0
    const first = existsSync(join(copy, 'ci'))
      ? readdirSync(join(copy, 'ci'))
          .filter((name) => name.endsWith('values.yaml'))
          .sort()[0]
      : undefined
    const cases = [{ folder: copy, label: folder, values: [], subcharts }]
    return first === undefined ? cases : [...cases, { folder: copy, label: `${folder} (ci/${first})`, values: [`ci/${first}`], subcharts }]
  })
}

function vendor(folder: string, copy: string, known: ReadonlyMap<string, string>, depth: number): void {
  mkdirSync(copy, { recursive: true })
  cpSync(folder, copy, { recursive: true, dereference: true })
  for (const { name } of chartFileOf(copy)?.dependencies ?? []) {
    const there =
      existsSync(join(copy, 'charts')) && readdirSync(join(copy, 'charts')).some((entry) => entry === name || entry.startsWith(`${name}-`))
    const source = known.get(name)
    if (!there && source !== undefined && source !== folder && depth < 4) vendor(source, join(copy, 'charts', name), known, depth + 1)
  }
}

export async function renderChart(engine: Engine, { folder, label, values, subcharts }: Case): Promise<readonly Row[]> {
  const files = filesBelow(folder)
  const request: HelmRequest = {
    kind: 'helm',
    files,
    values: values.map((path) => new TextDecoder().decode(files.find((file) => file.path === path)?.bytes)),
    sets: [],
    release: 'rel',
    namespace: 'ns1',
    kubernetesVersion,
    apiVersions: [],
    includeCrds: true,
    skipSchema: false,
    lines: false,
  }
  const words = ['template', 'rel', folder, '--namespace', 'ns1', '--kube-version', kubernetesVersion, '--include-crds']
  for (const path of values) words.push('-f', join(folder, path))
  const four = run('helm4', words)
  const start = performance.now()
  const answer = await engine(request)
  const ms = performance.now() - start
  const traced = answer.ok ? await engine({ ...request, lines: true }) : answer
  const lines = traced.ok && traced.kind === 'helm' ? traced : undefined
  const base = { label, subcharts, ms, native: four.ms }
  const ours = answer.ok && answer.kind === 'helm' ? textOf(answer) : undefined
  const failure = answer.ok ? '' : answer.message
  const rows: Row[] = [row({ ...base, what: 'helm 4', native: four, ours, failure, again: () => [run('helm4', words).output] })]
  if (lines !== undefined && textOf(lines) !== ours)
    rows.push({ ...base, what: 'with lines', outcome: 'differs', note: 'the text is another one with lines' })
  if (lines !== undefined)
    rows.push({ ...base, what: 'lines', outcome: lines.untraced.length === 0 ? 'equal' : 'untraced', note: lines.untraced.join(' ') })
  const three = run('helm3', words)
  if (three.ok && four.ok && ours !== undefined) {
    const again = () => [run('helm3', words).output, four.output].map(withoutBlankEnds)
    const native = { ...three, output: withoutBlankEnds(three.output) }
    rows.push(row({ ...base, what: 'helm 3', native, ours: withoutBlankEnds(ours), failure, again }))
  }
  return rows
}

/** Helm 3 drops the blank lines that Helm 4 leaves at the end of a document. */
function withoutBlankEnds(text: string): string {
  return text.replace(/\n(?:[ \t]*\n)+(?=---|$)/g, '\n')
}

type Comparison = {
  readonly label: string
  readonly subcharts: number
  readonly ms: number
  readonly what: string
  readonly native: Run
  readonly ours: string | undefined
  readonly failure: string
  readonly again: () => readonly string[]
}

export function row({ label, subcharts, ms, what, native, ours, failure, again }: Comparison): Row {
  const base = { label, subcharts, ms, native: native.ms, what }
  if (!native.ok && ours === undefined) return { ...base, outcome: 'fails in both', note: native.error }
  if (!native.ok) return { ...base, outcome: 'renders only here', note: native.error }
  if (ours === undefined) return { ...base, outcome: 'differs', note: `fails only here: ${failure}` }
  const verdict = compare(ours, native.output, again)
  return verdict.kind === 'differs'
    ? { ...base, outcome: 'differs', note: verdict.lines.join('\n      ') }
    : { ...base, outcome: verdict.kind, note: '' }
}

/** As `helm template` prints it: manifests are trimmed as a whole, hooks are not. */
function textOf({ documents }: HelmAnswer): string {
  const print = (roles: readonly string[]) =>
    documents
      .filter(({ role }) => roles.includes(role))
      .map(({ source, content }) => `---\n# Source: ${source}\n${content}\n`)
      .join('')
  return `${print(['crd', 'manifest']).trim()}\n${print(['hook', 'test'])}`
}
