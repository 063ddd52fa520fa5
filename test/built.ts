// The program bundled from the sources as they are, for tests that start it as a process: it starts several times as fast as the sources do.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache/program')

/** The folder of the bundled doors, `cli.js` and `action.js`. Bundled once for a state of the sources. */
export function builtProgram(): string {
  const folder = join(cache, stateOf(['src/**/*.ts', 'scripts/**/*.ts', 'rules/**/*.yaml', 'package-lock.json']))
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const others = readdirSync(cache)
  const fresh = mkdtempSync(join(cache, 'new-'))
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), fresh], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the program could not be bundled: ${stderr}`)
  symlinkSync(join(root, 'dist/engine.wasm'), join(fresh, 'engine.wasm'))
  try {
    renameSync(fresh, folder)
  } catch (cause) {
    // Another test file was as quick.
    if (!existsSync(folder)) throw cause
    rmSync(fresh, { recursive: true })
  }
  for (const other of others) if (!other.startsWith('new-')) rmSync(join(cache, other), { recursive: true, force: true })
  return folder
}

function stateOf(patterns: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of globSync([...patterns], { cwd: root }).sort()) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex').slice(0, 16)
}
