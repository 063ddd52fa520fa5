// Says whether dist/engine.wasm is what its sources make, without building it: both hashes lie beside it.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../build/bundle.ts'

/** All that decides about the bytes of the module. */
const parts = ['src/render/engine', 'scripts/build-engine', 'src/io/engine-host.ts', 'src/io/engine-wire.ts']
/** Written by the build itself. */
const written = ['src/render/engine/NOTICE']

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = parts.flatMap((part) => filesBelow(join(root, part))).map((file) => relative(root, file).replaceAll('\\', '/'))
  for (const file of files.filter((one) => !written.includes(one)).sort()) {
    hash.update(`${file}\0${hashOf(readFileSync(join(root, file)))}\n`)
  }
  return hash.digest('hex')
}

/** Throws where the module in `folder` is not the one that was built, or the sources have changed since. */
export function mustBeCurrent(folder: string): void {
  const wasm = hashOf(readFileSync(join(folder, 'engine.wasm')))
  if (recorded(folder, 'sha256') !== wasm) throw new Error('dist/engine.wasm is not the file that dist/engine.wasm.sha256 names')
  if (!isCurrent(folder)) throw new Error('the sources of the engine have changed: npm run build:engine (needs Go)')
}

export function isCurrent(folder: string): boolean {
  return existsSync(join(folder, 'engine.wasm')) && recorded(folder, 'sources') === sourcesHash()
}

/** Writes the module and both hashes. */
export function writeEngine(folder: string, wasm: Uint8Array): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'engine.wasm'), wasm)
  writeFileSync(join(folder, 'engine.wasm.sha256'), `${hashOf(wasm)}  engine.wasm\n`)
  writeFileSync(join(folder, 'engine.wasm.sources'), `${sourcesHash()}\n`)
}

function recorded(folder: string, name: 'sha256' | 'sources'): string | undefined {
  return readFileSync(join(folder, `engine.wasm.${name}`), 'utf8').split(/\s/)[0]
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((entry) => filesBelow(join(path, entry)))
}
