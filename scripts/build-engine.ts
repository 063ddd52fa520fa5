// Builds dist/engine.wasm from the sources of the engine, with Go: node scripts/build-engine.ts [--if-changed | --twice] [--into FOLDER]

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from './build/bundle.ts'
import { compile, goVersion, installedGo } from './build-engine/go.ts'
import { noticeOfModules } from './build-engine/notice.ts'
import { stage } from './build-engine/patch.ts'
import { snapshotOf } from './build-engine/snapshot.ts'
import { hashOf, isCurrent, mustBeCurrent, writeEngine } from './build-engine/sources.ts'

const words = process.argv.slice(2)
const into = words.includes('--into') ? resolve(words[words.indexOf('--into') + 1] ?? '') : join(root, 'dist')
const sources = join(root, 'src/render/engine')

if (words.includes('--if-changed') && (isCurrent(into) || installedGo() === undefined)) {
  mustBeCurrent(into)
  process.exit(0)
}
if (installedGo() === undefined) {
  console.error(`Go is not installed: ${goVersion} builds the engine. Whoever does not change src/render/engine needs no Go.`)
  process.exit(2)
}
const first = await build()
if (words.includes('--twice')) {
  // With nothing left over from the first.
  const again = await build({ fresh: true })
  if (hashOf(again) !== hashOf(first)) throw new Error('two builds in two folders are not equal to the byte')
  console.log('a second build in another folder is equal to the byte')
}
writeEngine(into, first)
console.log(`engine.wasm: ${first.length} bytes, sha256 ${hashOf(first)}`)

async function build({ fresh } = { fresh: false }): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  try {
    stage(sources, folder)
    writeFileSync(join(sources, 'NOTICE'), noticeOfModules(folder))
    const output = join(folder, 'base.wasm')
    compile(folder, output, fresh ? { GOCACHE: join(folder, 'cache') } : {})
    const { wasm, pages, segments, dataBytes } = await snapshotOf(readFileSync(output))
    console.log(`snapshot: ${pages / 16} MiB of memory, ${segments} segments, ${(dataBytes / 2 ** 20).toFixed(1)} MiB of data`)
    return wasm
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
