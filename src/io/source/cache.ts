// Keeps what was fetched, by digest, for the next run. What is kept is given out only after its host has answered for it.

import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './login.ts'

/** Where a run keeps things: the runner's own folder in a workflow, the user's cache elsewhere. */
export function cacheFolder(environment: Environment): string {
  const runner = environment['RUNNER_TEMP']
  const home = environment['XDG_CACHE_HOME'] ?? join(environment['HOME'] ?? homedir() ?? tmpdir(), '.cache')
  return join(runner !== undefined && runner !== '' ? runner : home, 'plimsoll', 'sources')
}

/** `sha256:…` of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** The bytes with that digest, if they are kept and whole. */
export function kept(folder: string, digest: string): Buffer | undefined {
  const path = pathOf(folder, digest)
  if (path === undefined) return undefined
  try {
    const bytes = readFileSync(path)
    if (digestOf(bytes) === digest) return bytes
    rmSync(path, { force: true })
  } catch {
    // Not there: it is fetched.
  }
  return undefined
}

/** Keeps bytes; another run sees all of them or none. A folder that cannot be written costs time, not the result. */
export function keep(folder: string, bytes: Uint8Array): void {
  const path = pathOf(folder, digestOf(bytes))
  if (path === undefined) return
  const draft = `${path}.${randomUUID()}`
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
    writeFileSync(draft, bytes, { mode: 0o600, flag: 'wx' })
    renameSync(draft, path)
  } catch {
    rmSync(draft, { force: true })
  }
}

function pathOf(folder: string, digest: string): string | undefined {
  const hex = /^sha256:([\da-f]{64})$/.exec(digest)?.[1]
  return hex === undefined ? undefined : join(folder, 'sha256', hex)
}
