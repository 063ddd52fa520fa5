// A repository of a hundred targets made of public charts and overlays: how long a review takes when one of them changes, and when all do: node scripts/bench-targets.ts [--seed N] [--keep FOLDER] DIR…

import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measure, median } from './bench/run.ts'
import { buildTools } from './bench-render/native.ts'
import { drawCharts, drawOverlays, type Part } from './bench-targets/part.ts'
import { root } from './build/bundle.ts'
import { randomOf } from './random.ts'

/** Each chart and overlay lands in two environments, by an Application of its own. */
const wanted = { parts: 50, different: 40, objects: 10, one: 3, all: 20 }
const stages = ['staging', 'production']

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '5' }, keep: { type: 'string' } },
  allowPositionals: true,
})
if (positionals.length === 0) {
  console.error('name folders of public charts and overlays: npm run bench:targets -- DIR…')
  process.exit(2)
}
buildTools(['helm4', 'kustomize'])
const scratch = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-targets-'))
const repository = join(scratch, 'repository')
mkdirSync(join(repository, 'apps'), { recursive: true })
const random = randomOf(Number(values.seed))
const half = { count: wanted.parts / 2, objects: wanted.objects, random }
const parts = [...drawCharts(positionals, join(scratch, 'charts'), half), ...drawOverlays(positionals, half)]
git('init', '-q', '-b', 'main')
git('remote', 'add', 'origin', 'https://git.example.org/bench/clusters.git')
/** The file of each target that says what is special about it. */
const own = parts.flatMap((part, at) => stages.map((stage) => write(part, `${part.name}-${at}`, stage)))
git('add', '-A')
git('commit', '-q', '-m', 'base')
const one = branch('one', own.slice(0, 1))
const all = branch('all', own)

const objects = median(parts.map((part) => part.objects))
const total = stages.length * parts.reduce((sum, part) => sum + part.objects, 0)
const count = (kind: Part['kind']) => parts.filter((part) => part.kind === kind).length
console.log(
  `seed ${values.seed}: ${count('chart')} charts, ${count('overlay')} overlays, ${own.length} targets, ${objects} objects in the middle one, ${total} in all`,
)
const figures = [
  ['targets', own.length, wanted.parts * stages.length, 'least'],
  ['different charts and overlays', parts.length, wanted.different, 'least'],
  ['objects of a target, median', objects, wanted.objects, 'least'],
  ['one target affected, s', median(times(one)), wanted.one, 'most'],
  ['all targets affected, s', median(times(all)), wanted.all, 'most'],
] as const
for (const [name, value, bound, kind] of figures) {
  const isShort = kind === 'least' ? value < bound : value > bound
  console.log(`${name.padEnd(30)}${value.toFixed(name.endsWith(' s') ? 2 : 0).padStart(8)}  at ${kind} ${bound}${isShort ? '  SHORT' : ''}`)
}
if (values.keep === undefined) rmSync(scratch, { recursive: true })
process.exit(figures.every(([, value, bound, kind]) => (kind === 'least' ? value >= bound : value <= bound)) ? 0 : 1)

function git(...words: readonly string[]): string {
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org']
  return execFileSync('git', ['-C', repository, ...identity, ...words], { encoding: 'utf8' }).trim()
}

/** Writes a target, and what it is made of where that is not there yet; the file that is its own. */
function write(part: Part, name: string, stage: string): string {
  const place = `${part.kind}s/${name}`
  const inside = part.copyTo(join(repository, place))
  const file = part.kind === 'chart' ? `values/${stage}/${name}.yaml` : `stages/${stage}/${name}/kustomization.yaml`
  const text =
    part.kind === 'chart'
      ? `# Values of ${name} in ${stage}.\n`
      : `resources:\n  - ../../../${join(place, inside)}\nlabels:\n  - pairs: { stage: ${stage} }\n`
  put(file, text)
  const source =
    part.kind === 'chart' ? `path: ${place}\n    helm: { releaseName: release, valueFiles: [/${file}] }` : `path: stages/${stage}/${name}`
  put(
    `apps/${name}-${stage}.yaml`,
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}-${stage}, namespace: argocd }
spec:
  project: bench
  source:
    repoURL: https://git.example.org/bench/clusters.git
    targetRevision: HEAD
    ${source}
  destination: { name: ${stage}, namespace: ${name.slice(0, 40)} }
`,
  )
  return file
}

function put(path: string, text: string): void {
  mkdirSync(join(repository, path, '..'), { recursive: true })
  writeFileSync(join(repository, path), text)
}

/** A branch on which the files of some targets change. */
function branch(name: string, files: readonly string[]): string {
  git('checkout', '-q', '-b', name, 'main')
  for (const file of files)
    appendFileSync(
      join(repository, file),
      file.endsWith('kustomization.yaml') ? 'commonAnnotations: { bench: changed }\n' : 'benchLabel: changed\nreplicaCount: 2\n',
    )
  git('commit', '-q', '-am', name)
  return name
}

/** Seconds of whole processes. */
function times(head: string): readonly number[] {
  const program = [join(root, 'node_modules/node/bin/node'), join(root, 'dist/cli.js')]
  const gates = ['--fail-on', 'never', '--fail-on-incomplete', 'never']
  const command = { name: head, words: [...program, 'review', '--base', 'main', '--head', head, ...gates, '--format', 'json'], fine: [0] }
  process.chdir(repository)
  return Array.from({ length: Number(values.runs) }, () => {
    const result = measure(command, join(scratch, 'out.json'), join(scratch, 'time'))
    if ('aborted' in result) throw new Error(result.aborted)
    const { coverage } = JSON.parse(readFileSync(join(scratch, 'out.json'), 'utf8')) as {
      readonly coverage: { readonly renderedTargets: number }
    }
    console.log(
      `${head}: ${coverage.renderedTargets} targets rendered, ${result.wall.toFixed(2)} s, ${result.process.toFixed(2)} s of process time`,
    )
    return result.wall
  })
}
