// Runs the Go toolchain, pinned and with nothing of the machine in what it writes.

import { execFileSync, spawnSync } from 'node:child_process'

export const goVersion = 'go1.26.8'

/** What decides about the bytes that are built; the caches are those of the machine. */
const settings = { GOFLAGS: '-mod=mod -buildvcs=false', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0', GOEXPERIMENT: '' }

/** The output of `go` with these words. Throws with what it says where it fails. */
export function go(folder: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync('go', words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...settings, ...environment },
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`go ${words.join(' ')} failed in ${folder}:\n${stderr}`)
  return stdout
}

/** Undefined where Go is not installed; throws for another version, whose output would be another one. */
export function installedGo(): string | undefined {
  try {
    const version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } }).trim()
    if (version !== goVersion) throw new Error(`the engine is built with ${goVersion}; ${version} is installed`)
    return version
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
}

/** Compiles what was staged to a reactor. */
export function compile(folder: string, output: string, environment: Readonly<Record<string, string>>): void {
  const words = ['build', '-trimpath', '-ldflags', '-s -w -buildid=', '-buildmode=c-shared', '-o', output, '.']
  go(folder, words, { ...environment, GOOS: 'wasip1', GOARCH: 'wasm' })
}
