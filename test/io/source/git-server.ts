// Repositories served over HTTP by git's own http-backend.

import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

export type GitProject = {
  readonly root: string
  readonly commits: readonly string[]
  readonly git: (...words: readonly string[]) => Promise<string>
}

const person = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org' }
const plain = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }

/** A repository at `<root>/acme/bases.git` with one commit for each state of its files. */
export async function gitProject(states: readonly Readonly<Record<string, string>>[]): Promise<GitProject> {
  const root = mkdtempSync(join(tmpdir(), 'git-project-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const folder = join(root, 'acme/bases.git')
  mkdirSync(folder, { recursive: true })
  const git = async (...words: readonly string[]) =>
    (await promisify(execFile)('git', words, { cwd: folder, env: { ...process.env, ...person, ...plain } })).stdout.trim()
  await git('init', '--quiet', '-b', 'main')
  const commits: string[] = []
  for (const files of states) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      if (text.startsWith('-> ')) symlinkSync(text.slice(3), join(folder, path))
      else writeFileSync(join(folder, path), text)
    }
    await git('add', '-A')
    await git('commit', '--quiet', '--allow-empty', '-m', `state ${commits.length}`)
    await git('tag', `v1.${commits.length}.0`)
    commits.push(await git('rev-parse', 'HEAD'))
  }
  return { root, commits, git }
}

/** Answers as a git host does. */
export function gitHost({ root }: GitProject): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://host')
    const child = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        ...plain,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    })
    request.pipe(child.stdin)
    child.stdin.on('error', () => {})
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('close', () => answer(Buffer.concat(chunks), response))
  }
}

function answer(out: Buffer, response: ServerResponse): void {
  const end = out.indexOf('\r\n\r\n')
  const lines = out.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n')
  const headers = lines.map((line) => line.split(': ', 2) as [string, string])
  const status = headers.find(([name]) => name === 'Status')?.[1]
  response.writeHead(Number.parseInt(status ?? '200', 10), Object.fromEntries(headers.filter(([name]) => name !== 'Status')))
  response.end(out.subarray(end + 4))
}
