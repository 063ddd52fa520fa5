// The registry that most people run, as Debian packs it; named as left out where it is not installed, a failure in CI.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

const places = [process.env['DOCKER_REGISTRY'], '/usr/bin/docker-registry', '/usr/local/bin/registry']

/** Where it is installed; undefined where it is not and need not be. Throws in CI, where it must be. */
export function findRegistry(): string | undefined {
  const found = places.find((place) => place !== undefined && existsSync(place))
  if (found !== undefined) return found
  if (process.env['CI'])
    throw new Error('docker-registry is missing: install it (apt-get install docker-registry) or name it in DOCKER_REGISTRY')
  process.stderr.write(
    'LEFT OUT: the tests with a real registry, since no docker-registry was found. Install it or name it in DOCKER_REGISTRY.\n',
  )
  return undefined
}

/** Runs it until the test ends; with `htpasswd` it wants a login. Returns its host. */
export async function runRegistry(program: string, htpasswd?: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'))
  const port = await freePort()
  writeFileSync(join(folder, 'htpasswd'), htpasswd ?? '')
  const login = htpasswd === undefined ? '' : `auth:\n  htpasswd: { realm: registry, path: ${join(folder, 'htpasswd')} }\n`
  writeFileSync(
    join(folder, 'config.yml'),
    `version: 0.1\nlog: { level: error }\nstorage:\n  filesystem: { rootdirectory: ${join(folder, 'data')} }\nhttp: { addr: "127.0.0.1:${port}" }\n${login}`,
  )
  const child = spawn(program, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  await answering(`http://127.0.0.1:${port}/v2/`, child)
  return `127.0.0.1:${port}`
}

async function answering(address: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(address).catch(() => undefined)
    if (answer !== undefined) return
    await wait(50)
  }
  throw new Error(`docker-registry ended with ${child.exitCode}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Pushes a blob or a manifest as the distribution specification says. */
export async function push(
  host: string,
  repository: string,
  headers: Readonly<Record<string, string>>,
): Promise<{
  readonly blob: (bytes: Uint8Array, digest: string) => Promise<void>
  readonly manifest: (text: string, type: string, tag: string) => Promise<void>
}> {
  const must = async (answer: Response, status: number) => {
    if (answer.status !== status) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
  return {
    blob: async (bytes, digest) => {
      const opened = await must(await fetch(`http://${host}/v2/${repository}/blobs/uploads/`, { method: 'POST', headers }), 202)
      const place = new URL(opened.headers.get('location') ?? '', `http://${host}`)
      place.searchParams.set('digest', digest)
      await must(
        await fetch(place, {
          method: 'PUT',
          headers: { ...headers, 'content-type': 'application/octet-stream' },
          body: Buffer.from(bytes),
        }),
        201,
      )
    },
    manifest: async (text, type, tag) => {
      await must(
        await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, {
          method: 'PUT',
          headers: { ...headers, 'content-type': type },
          body: text,
        }),
        201,
      )
    },
  }
}
