// Builds nektos/act, which runs GitHub workflows on this machine, where it is missing: node scripts/act.ts

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** MIT; its own releases are not fetched, Go builds it from the module with the checksum of Go's database. */
const version = 'v0.2.89'
const folder = join(import.meta.dirname, `../.cache/act-${version}`)

/** Where act is, once it was built. */
export function actPath(): string {
  return join(folder, 'act')
}

/** Builds act where it is missing. Throws where Go is missing or fails. */
export function buildAct(): void {
  if (existsSync(actPath())) return
  console.error(`building act ${version} into ${folder}: this takes some minutes`)
  const { status, error } = spawnSync('go', ['install', `github.com/nektos/act@${version}`], {
    stdio: 'inherit',
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
  })
  if (status !== 0) throw new Error(`act could not be built: ${error?.message ?? `go ended with ${status}`}; install Go 1.24 or newer`)
}

if (import.meta.main) buildAct()
