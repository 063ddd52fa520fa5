// What proving fixes adds to a usual review: npm run bench:proof [-- RUNS]

import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { kinds } from './bench-proof/kinds.ts'
import type { One } from './bench-proof/one.ts'

/** Seconds that proving may add, as the median. */
const most = 1.5

function once(kind: string, mode: 'with' | 'without'): One {
  const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'bench-proof/one.ts'), kind, mode], {
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(`the review of ${kind} ended without a word: ${stderr}`)
  return JSON.parse(stdout) as One
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const runs = Number(process.argv[2] ?? 7)
let isShort = false
console.log('| change | findings | fixes | review without: wall, process s | with | added |\n|---|---:|---:|---:|---:|---:|')
for (const [name, { title }] of Object.entries(kinds)) {
  const pairs = Array.from({ length: runs }, () => ({ without: once(name, 'without'), with: once(name, 'with') }))
  const of = (mode: 'with' | 'without', measure: 'wall' | 'process') => median(pairs.map((pair) => pair[mode][measure]))
  const added = (measure: 'wall' | 'process') => median(pairs.map((pair) => pair.with[measure] - pair.without[measure]))
  const both = (seconds: (measure: 'wall' | 'process') => number) => `${seconds('wall').toFixed(2)}, ${seconds('process').toFixed(2)}`
  const [first] = pairs
  console.log(
    `| ${title} | ${first?.with.findings} | ${first?.with.fixes} | ${both((measure) => of('without', measure))} | ${both((measure) => of('with', measure))} | ${both(added)} |`,
  )
  if (added('wall') > most || (first?.with.fixes ?? 0) < 10) isShort = true
}
console.log(
  `\nmedians of ${runs} runs in turn, at most ${most} s wanted; ${cpus().length} cores, load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}, Node ${process.version}`,
)
process.exitCode = isShort ? 1 : 0
