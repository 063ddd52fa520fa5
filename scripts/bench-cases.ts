// Measures the rules on labelled cases that others wrote: npm run bench:cases -- CASES_FOLDER [--json FILE]
// The folder holds open.jsonl (a row a case), the case files, and score.mjs, which compares findings with labels.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { policyOf } from '../src/config.ts'
import { folderTree } from '../src/io/folder-tree.ts'
import { engine } from '../src/io/rendering.ts'
import { refusing } from '../src/render/refusing.ts'
import type { Report } from '../src/report/report.ts'
import { scan } from '../src/scan.ts'
import { silent } from '../src/watch.ts'
import { loadRules, rulebookOf } from './rulebook.ts'

/** What we hold ourselves to, in per cent. */
const wanted = { recall: 90, macroRecall: 90, falsePositives: 5, linesOfHits: 90 }

type Score = {
  readonly overall: { readonly recall: number; readonly fpRate: number; readonly exactAltOfHits: number }
  readonly macro: { readonly recall: number; readonly groups: number }
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
const [folder] = positionals
if (folder === undefined) {
  console.error('name the folder of the cases: npm run bench:cases -- FOLDER')
  process.exit(2)
}

const rows = readFileSync(join(folder, 'open.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { readonly bundle: string; readonly file: string })
const rulebook = rulebookOf(loadRules(), '0.0.0')
const policy = policyOf({}, { profile: 'all', failOn: 'never' }, { source: 'built-in defaults', ignore: [] })

const results: { readonly file: string; readonly concept: string; readonly line: number; readonly severity: string }[] = []
for (const bundle of new Set(rows.map(({ bundle }) => bundle))) {
  const report: Report = await scan(folderTree(join(folder, bundle), bundle), {
    policy,
    rulebook,
    watch: silent,
    engine,
    sources: refusing,
  })
  for (const { rule, severity, location, copies } of report.findings)
    for (const { path, line } of [location, ...copies]) results.push({ file: path, concept: rule, line, severity })
}

const scratch = mkdtempSync(join(tmpdir(), 'cases-'))
const file = (name: string) => join(scratch, name)
writeFileSync(file('results.json'), JSON.stringify(results))
writeFileSync(file('covered'), rulebook.rules.map(({ id }) => id).join('\n'))
const words = [
  join(folder, 'score.mjs'),
  '--results',
  file('results.json'),
  '--covered',
  file('covered'),
  '--need-line',
  '--json',
  file('score.json'),
]
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' })
const text = readFileSync(file('score.json'), 'utf8')
if (values.json !== undefined) writeFileSync(values.json, text)
rmSync(scratch, { recursive: true, force: true })
if (status !== 0) process.exit(1)

const { overall, macro } = JSON.parse(text) as Score
const short = [
  ...(overall.recall < wanted.recall ? [`recall ${overall.recall} %, wanted ${wanted.recall}`] : []),
  ...(macro.recall < wanted.macroRecall ? [`macro recall ${macro.recall} %, wanted ${wanted.macroRecall}`] : []),
  ...(overall.fpRate > wanted.falsePositives ? [`false positives ${overall.fpRate} %, allowed ${wanted.falsePositives}`] : []),
  ...(overall.exactAltOfHits < wanted.linesOfHits
    ? [`line accepted in ${overall.exactAltOfHits} % of hits, wanted ${wanted.linesOfHits}`]
    : []),
]
for (const line of short) console.log(`FALLS SHORT: ${line}`)
process.exit(short.length === 0 ? 0 : 1)
