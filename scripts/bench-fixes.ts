// Measures fixes on real repositories: npm run bench:fixes -- FOLDER... [--small] [--draw COUNT] [--json FILE] [--resume] [--per-rule SHARE] [--per-folder SHARE] [--seed NUMBER] [--repository URL]
// Each folder is a repository. Findings of medium severity and above are the denominator, third-party and refused ones too. All fixes that are offered are then made at once, and the tree is
// judged anew, also through native Helm and kustomize. --small asks for no number of charts and findings; --draw prints so many fixes to be read, no rule and no folder above its share; --resume takes what the file
// of --json holds already, of a run that was cut off. --repository names an address of the folders' repository that their clones do not: what says that it is of there is no copy of something else.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { drawn, printDrawn } from './bench-fixes/draw.ts'
import { type Measured, measure } from './bench-fixes/measure.ts'
import { printTables, sampled } from './bench-fixes/tables.ts'
import { buildTools } from './bench-render/native.ts'

/** What we hold ourselves to: per cent of findings, and of what at least. */
const wanted = { share: 70, charts: 40, overlays: 40, manifests: 300, findings: 1_500 }

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    draw: { type: 'string', default: '0' },
    resume: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    repository: { type: 'string', multiple: true, default: [] },
    'per-folder': { type: 'string', default: '0.25' },
    'per-rule': { type: 'string', default: '0.15' },
    seed: { type: 'string', default: '1' },
  },
})
if (positionals.length === 0) {
  console.error('name folders, each a repository: npm run bench:fixes -- FOLDER...')
  process.exit(2)
}
buildTools(['helm4', 'kustomize'])
const measured: Measured[] = [...resumed()]
for (const folder of positionals.slice(measured.length)) {
  const started = performance.now()
  const one = await measure(folder, values.repository)
  measured.push(one)
  const fixed = one.rows.filter((row) => row.fixed !== '').length
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${one.folder.padEnd(44)} ${String(one.rows.length).padStart(5)} findings ${String(fixed).padStart(5)} fixed ${seconds.padStart(7)} s`,
  )
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(measured))
}
process.exit(report() ? 0 : 1)

/** What the file holds of the folders, in the same order. */
function resumed(): readonly Measured[] {
  if (!values.resume || values.json === undefined || !existsSync(values.json)) return []
  const known = JSON.parse(readFileSync(values.json, 'utf8')) as readonly Measured[]
  const differs = known.findIndex(({ folder }, at) => folder !== basename(positionals[at] ?? ''))
  return differs < 0 ? known : known.slice(0, differs)
}

function report(): boolean {
  const rows = measured.flatMap((one) => one.rows)
  const sample = sampled(rows, { share: Number(values['per-rule']), seed: Number(values.seed) })
  const sum = (count: (one: Measured) => number) => measured.reduce((all, one) => all + count(one), 0)
  const sizes = {
    charts: sum(({ charts }) => charts),
    overlays: sum(({ overlays }) => overlays),
    manifests: sum(({ manifests }) => manifests),
    findings: rows.length,
  }
  console.log(
    `\n${sizes.findings} findings of medium and above in ${sizes.charts} charts, ${sizes.overlays} overlays and ${sizes.manifests} manifest files; drawn by seed ${values.seed} so that no rule is above its share: ${sample.length}`,
  )
  printTables(rows, sample)
  const faults = measured.flatMap((one) => one.faults.map((fault) => `${one.folder}: ${fault}`))
  for (const fault of faults) console.log(`FAULT ${fault}`)
  const bounds = {
    count: Number(values.draw),
    seed: Number(values.seed),
    perRule: Number(values['per-rule']),
    perFolder: Number(values['per-folder']),
  }
  for (const [at, one] of drawn(measured.flatMap(drawables), bounds).entries()) printDrawn(one, at + 1)
  const reached = (100 * sample.filter(({ fixed }) => fixed !== '').length) / Math.max(1, sample.length)
  const short = values.small ? [] : (['charts', 'overlays', 'manifests', 'findings'] as const).filter((name) => sizes[name] < wanted[name])
  for (const name of short) console.log(`SHORT: ${sizes[name]} ${name} (wanted ${wanted[name]})`)
  console.log(
    `natively gone: ${sum(({ native }) => native.gone)} mended findings of what is rendered; natively never rendered: ${sum(({ native }) => native.unseen)}`,
  )
  console.log(`${reached.toFixed(1)} % of the sample have a proved fix (wanted ${wanted.share}), ${faults.length} faults (wanted 0)`)
  return reached >= wanted.share && faults.length === 0 && short.length === 0
}

function drawables({ folder, fixes }: Measured) {
  return fixes.map(({ rule, fix }) => ({ folder, rule, fix }))
}
