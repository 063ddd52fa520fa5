// Compares the engine with native Helm 4, Helm 3 and kustomize over all charts and kustomizations of folders: npm run bench:render -- [--cold] [--hostile] FOLDER…

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openEngine } from '../src/io/engine.ts'
import { prepareCharts, renderChart } from './bench-render/charts.ts'
import { coldStarts } from './bench-render/cold.ts'
import { filesBelow, foldersBelow } from './bench-render/folders.ts'
import { printHostile } from './bench-render/hostile.ts'
import { buildKustomization } from './bench-render/kustomizations.ts'
import { printMany } from './bench-render/many.ts'
import { buildTools } from './bench-render/native.ts'
import type { Row } from './bench-render/row.ts'
import { printCold, printRows } from './bench-render/table.ts'

const words = process.argv.slice(2)
const folders = words.filter((word) => !word.startsWith('--')).map((word) => resolve(word))
buildTools(['helm4', 'helm3', 'kustomize'])
const short: string[] = []
if (folders.length > 0) short.push(...printRows(await compareAll(folders)))
if (words.length === 0 || words.includes('--cold')) short.push(...printCold(await coldStarts(11)))
if (words.includes('--hostile')) short.push(...(await printHostile()), ...(await printMany()))
for (const line of short) console.error(`SHORT: ${line}`)
process.exit(short.length === 0 ? 0 : 1)

async function compareAll(folders: readonly string[]): Promise<readonly Row[]> {
  const work = mkdtempSync(join(tmpdir(), 'bench-render-'))
  const engine = openEngine({ threads: 1, deadline: 120_000 })
  const rows: Row[] = []
  try {
    const found = folders.map(foldersBelow)
    for (const one of prepareCharts(
      found.flatMap(({ charts }) => charts),
      work,
    )) {
      rows.push(...(await renderChart(engine.render, one)))
      progress(rows)
    }
    for (const { root, kustomizations } of found) {
      const files = kustomizations.length === 0 ? [] : filesBelow(root)
      for (const folder of kustomizations) {
        rows.push(await buildKustomization(engine.render, root, folder, files))
        progress(rows)
      }
    }
    return rows
  } finally {
    await engine.close()
    rmSync(work, { recursive: true, force: true })
  }
}

function progress(rows: readonly Row[]): void {
  const last = rows.at(-1)
  if (rows.length % 50 === 0 && last !== undefined) console.error(`${rows.length} comparisons, last ${last.label}`)
}
