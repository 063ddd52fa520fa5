// Times the whole program beside its peers on generated sets: npm run bench -- [--runs N] [--sets 10,1000] [--kube-score FILE] [--kube-linter FILE]

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Command, measure, median, type Result, type Run } from './bench/run.ts'
import { writeDefinitions, writeManifests } from './bench/sets.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    sets: { type: 'string', default: '10,500,1000,10000,definitions' },
    'kube-score': { type: 'string', default: 'kube-score' },
    'kube-linter': { type: 'string', default: 'kube-linter' },
  },
})
const required = [values['kube-score'], values['kube-linter']]
const missing = required.filter((peer) => spawnSync(peer, ['version']).error !== undefined)
if (missing.length > 0) {
  console.error(
    `missing: ${missing.join(', ')}. Build them from their Go modules and name them with --kube-score FILE and --kube-linter FILE.`,
  )
  process.exit(1)
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
const failures: string[] = []
const rows: string[][] = [['set', 'program', 'wall s', 'process s', 'peak MB']]
try {
  for (const set of values.sets.split(',')) runSet(set)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
for (const row of rows)
  console.log(row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
for (const failure of failures) console.log(`FALLS SHORT: ${failure}`)
process.exit(failures.length === 0 ? 0 : 1)

function runSet(set: string): void {
  const folder = join(scratch, set)
  const files = set === 'definitions' ? writeDefinitions(folder, 40 * 1_024 * 1_024) : writeManifests(folder, Number(set))
  const program = join(import.meta.dirname, '../dist/cli.js')
  const commands: readonly Command[] = [
    { name: 'bare node', words: [process.execPath, '-e', '0'], fine: [0] },
    { name: 'plimsoll', words: [process.execPath, program, 'scan', folder, '--format', 'json', '--fail-on', 'never'], fine: [0] },
    { name: 'kube-score', words: [values['kube-score'], 'score', '--output-format', 'json', ...files], fine: [0, 1] },
    { name: 'kube-linter', words: [values['kube-linter'], 'lint', folder, '--format', 'json'], fine: [0, 1] },
  ]
  const results = runInTurn(commands)
  for (const { name } of commands) {
    const result = results.get(name)
    if (result === undefined) continue
    if ('aborted' in result) rows.push([set, name, `aborted: ${result.aborted}`, '', ''])
    else rows.push([set, name, ...figures(result.runs)])
  }
  judge(set, results)
}

/** Every command once unmeasured, then in turn, so that a slow moment of the machine meets all of them. */
function runInTurn(commands: readonly Command[]): ReadonlyMap<string, Result> {
  const results = new Map<string, { aborted: string } | { runs: Run[] }>(commands.map(({ name }) => [name, { runs: [] }]))
  for (let round = 0; round <= Number(values.runs); round += 1) {
    for (const command of commands) {
      const result = results.get(command.name)
      if (result === undefined || 'aborted' in result) continue
      const run = measure(command, join(scratch, `${command.name}.out`), join(scratch, 'time'))
      if ('aborted' in run) results.set(command.name, run)
      else if (round > 0) result.runs.push(run)
    }
  }
  return results
}

function figures(runs: readonly Run[]): readonly string[] {
  return [
    median(runs.map(({ wall }) => wall)).toFixed(3),
    median(runs.map((run) => run.process)).toFixed(2),
    median(runs.map(({ memory }) => memory)).toFixed(0),
  ]
}

function judge(set: string, results: ReadonlyMap<string, Result>): void {
  const wall = (name: string) => {
    const result = results.get(name)
    return result === undefined || 'aborted' in result ? undefined : median(result.runs.map((run) => run.wall))
  }
  const ours = wall('plimsoll')
  const bare = wall('bare node') ?? 0
  if (ours === undefined) return void failures.push(`${set}: plimsoll did not finish`)
  if (set === '10' && ours - bare > 0.06)
    failures.push(`10 documents: ${((ours - bare) * 1_000).toFixed(0)} ms above bare Node, allowed are 60`)
  if (set === 'definitions') {
    const result = results.get('plimsoll')
    const memory = result === undefined || 'aborted' in result ? 0 : median(result.runs.map((run) => run.memory))
    if (memory > 400) failures.push(`40 MB of definitions: ${memory.toFixed(0)} MB of memory, allowed are 400`)
  }
  const factor = set === '10000' ? 2 : set === '1000' ? 1 : undefined
  if (factor === undefined) return
  for (const peer of ['kube-score', 'kube-linter']) {
    const theirs = wall(peer)
    if (theirs !== undefined && ours * factor > theirs)
      failures.push(`${set} documents: ${ours.toFixed(2)} s, ${peer} ${theirs.toFixed(2)} s; wanted is ${factor} times as fast`)
  }
}
