// Replays real history: npm run trial -- [--commits N] [--seed N] [--sample N] [--output FILE] REPOSITORY...
// Each commit is reviewed against its parent by the built program; nothing may crash, no changed YAML file may go unmentioned, and nothing is rendered that the change does not reach.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Report, ReportedFinding } from '../src/report/report.ts'
import { median } from './bench/run.ts'
import { randomOf } from './random.ts'
import { reachOf } from './trial/affected.ts'
import { changedYaml, drawCommits, shuffle } from './trial/history.ts'

const { values, positionals: repositories } = parseArgs({
  allowPositionals: true,
  options: {
    commits: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    sample: { type: 'string', default: '60' },
    output: { type: 'string' },
  },
})
if (repositories.length === 0) {
  console.error('name local repositories: npm run trial -- REPOSITORY...')
  process.exit(2)
}

const mostOfRule = 5
const mostOfRepository = 20
const program = join(import.meta.dirname, '../dist/cli.js')
const random = randomOf(Number(values.seed))

type Found = { readonly repository: string; readonly commit: string; readonly finding: ReportedFinding }
type Trial = {
  readonly milliseconds: number
  readonly report: Report | undefined
  readonly silent: readonly string[]
  readonly crash: string
}

function review(repository: string, commit: string): Trial {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'review', '--base', `${commit}^`, '--head', commit, '--format', 'json', '--debug'],
    {
      cwd: repository,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    },
  )
  const milliseconds = performance.now() - start
  if (status !== 0 && status !== 1)
    return { milliseconds, report: undefined, silent: [], crash: `exit ${status}: ${stderr.split('\n').slice(-8).join(' ')}` }
  const told = new Set(
    stderr.split('\n').flatMap((line) => /^debug: (.*?): (?:document \d+ )?(?:judged|not |could )/.exec(line)?.[1] ?? []),
  )
  return {
    milliseconds,
    report: JSON.parse(stdout) as Report,
    silent: changedYaml(repository, commit).filter((path) => !told.has(path)),
    crash: '',
  }
}

const perRepository = Math.ceil(Number(values.commits) / repositories.length)
const times: number[] = []
const found: Found[] = []
const failures: string[] = []
console.log('repository                      commit        ms  files  targets  objects  new  worse  fixed  problems  verdict')
for (const repository of repositories) {
  const name = basename(repository) === 'repo' ? basename(dirname(repository)) : basename(repository)
  const own: number[] = []
  for (const commit of drawCommits(repository, perRepository, random)) {
    const { milliseconds, report, silent, crash } = review(repository, commit)
    times.push(milliseconds)
    own.push(milliseconds)
    if (report === undefined) {
      failures.push(`${name} ${commit.slice(0, 12)}: ${crash}`)
      continue
    }
    const { rendered, known, idle } = await reachOf(repository, commit)
    for (const target of idle) failures.push(`${name} ${commit.slice(0, 12)}: ${target} was rendered without need`)
    for (const path of silent) failures.push(`${name} ${commit.slice(0, 12)}: nothing was said of ${path}`)
    const fresh = report.findings.filter(({ state }) => state === 'new' || state === 'worsened')
    for (const finding of fresh) found.push({ repository: name, commit, finding })
    const of = (state: string) => report.findings.filter((finding) => finding.state === state).length
    const cells = [
      milliseconds.toFixed(0).padStart(6),
      String(report.coverage.judgedFiles).padStart(6),
      `${rendered}/${known}`.padStart(8),
      String(report.coverage.judgedObjects).padStart(8),
      String(of('new')).padStart(4),
    ]
    const rest = [
      String(of('worsened')).padStart(6),
      String(of('fixed')).padStart(6),
      String(report.problems.filter(({ counts }) => counts).length).padStart(9),
      ` ${report.verdict}`,
    ]
    console.log(`${name.slice(0, 30).padEnd(30)}  ${commit.slice(0, 12)}${[...cells, ...rest].join(' ')}`)
  }
  console.log(`${name}: ${own.length} commits, median ${median(own).toFixed(0)} ms`)
}

const sorted = [...times].sort((a, b) => a - b)
const p95 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0
console.log(
  `\n${times.length} commits of ${repositories.length} repositories, seed ${values.seed}: median ${median(times).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; ${found.length} new or worse findings`,
)

const sample = draw(found, Number(values.sample))
const text = sample.map(({ repository, commit, finding }, at) => entry(at + 1, repository, commit, finding)).join('\n')
if (values.output === undefined) console.log(text)
else writeFileSync(values.output, text)
for (const failure of failures) console.log(`FALLS SHORT: ${failure}`)
process.exit(failures.length === 0 ? 0 : 1)

function draw(all: readonly Found[], count: number): readonly Found[] {
  const rules = new Map<string, number>()
  const repositories = new Map<string, number>()
  const drawn: Found[] = []
  for (const one of shuffle(all, random)) {
    const ofRule = rules.get(one.finding.rule) ?? 0
    const ofRepository = repositories.get(one.repository) ?? 0
    if (ofRule >= mostOfRule || ofRepository >= mostOfRepository || drawn.length >= count) continue
    rules.set(one.finding.rule, ofRule + 1)
    repositories.set(one.repository, ofRepository + 1)
    drawn.push(one)
  }
  return drawn
}

function entry(
  number: number,
  repository: string,
  commit: string,
  { rule, severity, state, message, location, resource }: ReportedFinding,
): string {
  const { path, line, column, precision } = location
  return `${number}. ${repository} ${commit.slice(0, 12)} ${path}:${line}:${column} (${precision}) ${state} ${severity} ${rule}, ${resource.kind} ${resource.namespace}/${resource.name}\n   ${message}`
}
