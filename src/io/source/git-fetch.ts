// Fetches one commit with the system's git: no configuration, hooks, prompts, helpers, submodules or redirects; bounded in time and size.

import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { configured, safe, unconfigured } from '../git.ts'

export type GitWish = {
  /** An empty folder, which becomes the repository. */
  readonly folder: string
  readonly url: URL
  /** A commit, a tag or a branch; `HEAD`. */
  readonly ref: string
  /** The value of `Authorization`. */
  readonly authorization: string | undefined
  /** Milliseconds. */
  readonly time: number
  /** Bytes on disk. */
  readonly largest: number
}

export type GitFailure = { readonly kind: 'slow' | 'large' | 'no-git' } | { readonly kind: 'failed'; readonly error: string }
export type GitEnd = { readonly kind: 'done'; readonly out: string } | GitFailure

/** The name under which the commit is then found. */
export const wantedRef = 'refs/plimsoll/wanted'

/** The names of the tags; for repositories with more of them than are read, the first. */
export async function listTags(wish: Omit<GitWish, 'ref'>): Promise<readonly string[] | GitFailure> {
  const end = await run(wish, ['ls-remote', '--tags', '--refs', wish.url.href])
  if (end.kind !== 'done') return end
  return [...end.out.matchAll(/^[\da-f]+\trefs\/tags\/(.+)$/gm)].map(([, tag = '']) => tag)
}

/** The commits behind full names of refs; of a tag that holds more than a commit the commit (`^{}`). */
export async function listRefs(wish: Omit<GitWish, 'ref'>, names: readonly string[]): Promise<ReadonlyMap<string, string> | GitFailure> {
  const end = await run(wish, ['ls-remote', wish.url.href, ...names])
  if (end.kind !== 'done') return end
  return new Map([...end.out.matchAll(/^([\da-f]{40,64})\t(.+)$/gm)].map(([, commit = '', name = '']) => [name, commit]))
}

/** Never rejects for what the other side does. What git printed holds no credential, since none is on its command line or in the address. */
export async function fetchCommit(wish: GitWish): Promise<GitEnd> {
  const made = await run(wish, ['init', '--quiet', '--template='])
  if (made.kind !== 'done') return made
  const words = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--no-auto-maintenance']
  return run(wish, [...words, wish.url.href, `+${wish.ref}:${wantedRef}`])
}

const strict = [
  ...['http.followRedirects=false', 'credential.helper=', 'core.askPass=', 'fetch.unpackLimit=1', 'fetch.recurseSubmodules=false'],
  ...['transfer.bundleURI=false', 'protocol.version=2', 'http.lowSpeedLimit=1', 'http.lowSpeedTime=30'],
].flatMap((setting) => ['-c', setting])

const mostOutput = 16 * 1_024 * 1_024

/** What git needs of the environment: to be found, and the way to the network. */
const passed = /^(?:PATH|TMPDIR|SSL_CERT_FILE|SSL_CERT_DIR|(?:https?|all|no)_proxy)$/i

function run({ folder, url, authorization, time, largest }: Omit<GitWish, 'ref'>, words: readonly string[]): Promise<GitEnd> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secrets = authorization === undefined ? {} : { [`http.${url.origin}/.extraHeader`]: `Authorization: ${authorization}` }
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => passed.test(name)))
  // A home of its own: curl would read .netrc there.
  const alone = { HOME: folder, GIT_ALLOW_PROTOCOL: url.protocol.slice(0, -1), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
  return new Promise((resolve) => {
    const child = spawn('git', [...safe, ...strict, ...words], {
      cwd: folder,
      env: { ...inherited, ...alone, ...unconfigured, ...configured(secrets) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let end: GitEnd | undefined
    let error = ''
    let out = ''
    const stop = (kind: 'slow' | 'large') => {
      end ??= { kind }
      killAll(child.pid)
    }
    const clock = setTimeout(() => stop('slow'), time)
    const scale = setInterval(() => {
      if (sizeOf(join(folder, '.git/objects/pack')) > largest) stop('large')
    }, 200)
    child.stdout.on('data', (chunk: Buffer) => {
      if (out.length < mostOutput) out += chunk.toString('latin1')
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (error.length < 10_000) error += chunk.toString('utf8')
    })
    const finish = (last: GitEnd) => {
      clearTimeout(clock)
      clearInterval(scale)
      resolve(end ?? last)
    }
    child.on('error', (thrown) =>
      finish('code' in thrown && thrown.code === 'ENOENT' ? { kind: 'no-git' } : { kind: 'failed', error: thrown.message }),
    )
    child.on('close', (status) => finish(status === 0 ? { kind: 'done', out } : { kind: 'failed', error }))
  })
}

/** Git starts others that do the work. */
function killAll(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder).reduce((total, name) => total + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0)
  } catch {
    return 0
  }
}
