// Clone and fetch over HTTP, by git's own http-backend.

import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Hub } from './hub.ts'
import { has } from './permission.ts'
import type { Token } from './state.ts'

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse }

/** Serves the repository as /owner/repo.git, a private one only to who may read its contents. */
export function serveGit(hub: Hub, tokens: ReadonlyMap<string, Token>, path: string, { request, response }: Exchange): void {
  const login = /^basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const token = tokens.get(
    Buffer.from(login, 'base64')
      .toString('utf8')
      .replace(/^x-access-token:/, ''),
  )
  if (hub.isPrivate && (token === undefined || !has(token, ['contents', 'read']))) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end()
    return
  }
  const url = new URL(request.url ?? '/', 'http://double')
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: join(hub.sandbox.folder, '.git'),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  })
  request.pipe(child.stdin)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.on('close', () => {
    const out = Buffer.concat(chunks)
    const end = out.indexOf('\r\n\r\n')
    const headers = out
      .subarray(0, end)
      .toString('latin1')
      .split('\r\n')
      .map((line) => line.split(': ', 2) as [string, string])
    const status = headers.find(([name]) => name === 'Status')?.[1]
    response.writeHead(Number.parseInt(status ?? '200', 10), Object.fromEntries(headers.filter(([name]) => name !== 'Status')))
    response.end(out.subarray(end + 4))
  })
}
