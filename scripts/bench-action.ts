// How long the Action takes for a usual pull request, as a workflow runs it: npm run bench:action [-- RUNS]

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { openAct, workflow } from '../test/e2e/act.ts'
import { startDouble } from '../test/github/double.ts'
import { deployment } from '../test/github/shop.ts'
import { buildAct } from './act.ts'
import { writeManifests } from './bench/sets.ts'

/** Seconds of the whole step beyond the checkout, as the median. */
const most = 3
const manifests = 500
const changed = 10

const runs = Number(process.argv[2] ?? 9)
buildAct()
const double = await startDouble()
const act = openAct(double)
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'))
try {
  const files = Object.fromEntries(
    writeManifests(folder, manifests).map((path) => [`manifests/${basename(path)}`, readFileSync(path, 'utf8')]),
  )
  const names = Array.from({ length: changed }, (_, at) => `app-${at}`)
  const apps = (isFaulty: (at: number) => boolean, tag: string) =>
    Object.fromEntries(
      names.map((name, at) => [`apps/${name}.yaml`, deployment(name, { privileged: isFaulty(at), host: isFaulty(at), tag })]),
    )
  double.hub.push('main', { ...files, ...apps(() => false, '1.4.2') })
  double.hub.push(
    'topic',
    apps((at) => at < changed / 2, '1.4.3'),
  )
  const seconds: number[] = []
  for (let run = 0; run < runs; run += 1) {
    double.hub.force(`topic-${run}`, double.hub.find('topic') ?? '')
    const pull = double.hub.open(`topic-${run}`)
    const { log } = await act.run(pull, { text: workflow({ before: '      - uses: actions/checkout@v4\n' }) })
    const step = /Main plimsoll\/plimsoll@v1 \[(?:(\d+)m)?([\d.]+)(m?s)\]/.exec(log)
    if (step === null || pull.threads.length < 10) throw new Error(`run ${run} said ${pull.threads.length} comments:\n${log}`)
    seconds.push(Number(step[1] ?? 0) * 60 + Number(step[2]) / (step[3] === 'ms' ? 1_000 : 1))
  }
  seconds.sort((a, b) => a - b)
  const median = seconds[Math.floor(seconds.length / 2)] ?? Number.NaN
  console.log(`${manifests + changed} manifests, ${changed} changed files, 10 new findings in ${changed / 2} files, ${runs} runs`)
  console.log(`step: ${seconds.map((one) => one.toFixed(2)).join(' ')} s; median ${median.toFixed(2)} s (at most ${most})`)
  console.log(
    `${cpus().length} cores, load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}, Node ${process.version}`,
  )
  process.exitCode = median > most ? 1 : 0
} finally {
  act.remove()
  rmSync(folder, { recursive: true })
  await double.stop()
}
