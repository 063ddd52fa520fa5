// A repository of a hundred targets made of public charts and overlays: how long a review takes when one of them changes, and when all do: node scripts/bench-targets.ts DIR…

import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { measure, median } from './bench/run.ts'
import { prepareCharts } from './bench-render/charts.ts'
import { foldersBelow } from './bench-render/folders.ts'
import { buildTools, run } from './bench-render/native.ts'
import { root } from './build/bundle.ts'

const wanted = { targets: 100, charts: 40, objects: 10, one: 3, all: 20, runs: 5 }

const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('name folders of public charts: npm run bench:targets -- DIR…')
  process.exit(2)
}
buildTools(['helm4', 'kustomize'])
const scratch = mkdtempSync(join(tmpdir(), 'bench-targets-'))
const repository = join(scratch, 'repository')
mkdirSync(join(repository, 'apps'), { recursive: true })
const git = (...words: readonly string[]) =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=bench', '-c', 'user.email=bench@example.org', ...words], {
    encoding: 'utf8',
  }).trim()

/** Charts that render as they are, those of many objects first; each lands in two or more environments by an Application with values of its own. */
const charts = prepareCharts(
  folders.flatMap((folder) => foldersBelow(folder).charts),
  join(scratch, 'charts'),
)
  .filter(({ values }) => values.length === 0)
  .map(({ folder }) => ({ folder, objects: objectsOf(folder) }))
  .filter(({ objects }) => objects > 0)
  .sort((a, b) => b.objects - a.objects)
  .slice(0, 50)
git('init', '-q', '-b', 'main')
git('remote', 'add', 'origin', 'https://git.example.org/bench/clusters.git')
const counts: number[] = []
for (let at = 0; at < wanted.targets; at += 1) {
  const chart = charts[at % charts.length]
  if (chart === undefined) break
  const name = `${basename(chart.folder)}-${at % charts.length}`
  const stage = ['staging', 'production', 'edge'][Math.floor(at / charts.length)] ?? 'lab'
  if (!existsSync(join(repository, 'charts', name)))
    cpSync(chart.folder, join(repository, 'charts', name), { recursive: true, dereference: true })
  mkdirSync(join(repository, 'values', stage), { recursive: true })
  writeFileSync(join(repository, 'values', stage, `${name}.yaml`), `# Values of ${name} in ${stage}.\n`)
  writeFileSync(join(repository, 'apps', `${name}-${stage}.yaml`), application(name, stage))
  counts.push(chart.objects)
}
git('add', '-A')
git('commit', '-q', '-m', 'base')
const one = branch('one', [0])
const all = branch('all', [...counts.keys()])

const figures = [
  ['targets', counts.length, wanted.targets, 'least'],
  ['different charts', Math.min(charts.length, counts.length), wanted.charts, 'least'],
  ['objects of a target, median', median(counts), wanted.objects, 'least'],
  ['one target affected, s', median(times(one)), wanted.one, 'most'],
  ['all targets affected, s', median(times(all)), wanted.all, 'most'],
] as const
for (const [name, value, bound, kind] of figures) {
  const isShort = kind === 'least' ? value < bound : value > bound
  console.log(`${name.padEnd(30)}${value.toFixed(name.endsWith(' s') ? 2 : 0).padStart(8)}  at ${kind} ${bound}${isShort ? '  SHORT' : ''}`)
}
rmSync(scratch, { recursive: true })
process.exit(figures.every(([, value, bound, kind]) => (kind === 'least' ? value >= bound : value <= bound)) ? 0 : 1)

function objectsOf(folder: string): number {
  const { ok, output } = run('helm4', ['template', 'release', folder])
  return ok ? (output.match(/^kind: /gm)?.length ?? 0) : 0
}

function application(name: string, stage: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}-${stage}, namespace: argocd }
spec:
  project: bench
  source:
    repoURL: https://git.example.org/bench/clusters.git
    targetRevision: HEAD
    path: charts/${name}
    helm: { releaseName: release, valueFiles: [../../values/${stage}/${name}.yaml] }
  destination: { name: ${stage}, namespace: ${name} }
`
}

/** A branch on which the values of some targets change. */
function branch(name: string, targets: readonly number[]): string {
  git('checkout', '-q', '-b', name, 'main')
  const files = git('ls-files', 'values').split('\n')
  for (const at of targets) appendFileSync(join(repository, files[at] ?? ''), 'benchLabel: changed\nreplicaCount: 2\n')
  git('commit', '-q', '-am', name)
  return name
}

/** Seconds of whole processes. */
function times(head: string): readonly number[] {
  const words = [
    join(root, 'node_modules/node/bin/node'),
    join(root, 'dist/cli.js'),
    'review',
    '--base',
    'main',
    '--head',
    head,
    '--fail-on',
    'never',
    '--fail-on-incomplete',
    'never',
    '--format',
    'json',
  ]
  const command = { name: head, words, fine: [0] }
  process.chdir(repository)
  return Array.from({ length: wanted.runs }, () => {
    const result = measure(command, join(scratch, 'out.json'), join(scratch, 'time'))
    if ('aborted' in result) throw new Error(result.aborted)
    const { coverage } = JSON.parse(readFileSync(join(scratch, 'out.json'), 'utf8')) as {
      readonly coverage: { readonly renderedTargets: number }
    }
    console.log(`${head}: ${coverage.renderedTargets} targets rendered, ${result.wall.toFixed(2)} s`)
    return result.wall
  })
}
