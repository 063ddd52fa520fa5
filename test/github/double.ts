// A GitHub for tests: it keeps state, obeys GitHub's published contract, and fails where it is told to.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerFaults, faultsOf, matchOf } from './contract.ts'
import { execute } from './graphql.ts'
import { type Hub, newHub } from './hub.ts'
import { type Answer, answerTo, neededFor } from './rest.ts'
import { serveGit } from './smart-http.ts'
import { actionsToken, type Token } from './state.ts'

/** `before` and `after`: the connection is cut before or after the server has acted. */
export type Failure =
  | { readonly kind: 'before' | 'after' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message?: string }

export type Double = Awaited<ReturnType<typeof startDouble>>

export async function startDouble() {
  const hub: Hub = newHub()
  const tokens = new Map<string, Token>([['ghs_actions', actionsToken]])
  const violations: string[] = []
  const calls: string[] = []
  const failures = new Map<number, Failure>()

  const server = createServer((request, response) => {
    handle(request, response).catch((thrown: unknown) => {
      violations.push(`the double broke: ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
      response.writeHead(500).end()
    })
  })
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://double')
    const git = /^\/[^/]+\/[^/]+\.git(\/.*)$/.exec(url.pathname)
    if (git !== null) return serveGit(hub.sandbox.folder, git[1] ?? '', request, response)
    const token = tokens.get((request.headers.authorization ?? '').replace(/^(?:token|bearer) /i, ''))
    const body = await bodyOf(request)
    const failure = failures.get(calls.length)
    calls.push(`${request.method} ${url.pathname}`)
    if (failure?.kind === 'before') return void request.socket.destroy()
    if (failure?.kind === 'status')
      return send(response, { status: failure.status, body: { message: failure.message ?? 'Server Error' } }, failure.headers)
    const answer =
      token === undefined ? { status: 401, body: { message: 'Bad credentials' } } : await answered(request.method ?? '', url, body, token)
    if (failure?.kind === 'after') return void request.socket.destroy()
    send(response, answer)
  }
  const answered = async (method: string, url: URL, body: unknown, token: Token): Promise<Answer> => {
    if (url.pathname === '/graphql') {
      const result = (await execute(hub, token, body as Parameters<typeof execute>[2])) as {
        readonly errors?: readonly { readonly message: string }[]
      }
      for (const { message } of result.errors ?? []) if (!/not accessible|global id/.test(message)) violations.push(`graphql: ${message}`)
      return { status: 200, body: JSON.parse(JSON.stringify(result)) }
    }
    const match = matchOf(method, url.pathname)
    if (match === undefined) {
      violations.push(`${method} ${url.pathname} is no call that GitHub describes`)
      return { status: 404, body: { message: 'Not Found' } }
    }
    const faults = faultsOf(match, url.searchParams, body)
    violations.push(...faults.map((fault) => `${match.name}: ${fault}`))
    if (faults.length > 0) return { status: 422, body: { message: 'Validation Failed', errors: faults } }
    const [permission, level] = neededFor(match.name)
    const has = token.permissions[permission]
    if (has === undefined || (level === 'write' && has === 'read'))
      return { status: 403, body: { message: 'Resource not accessible by integration' } }
    const answer = answerTo(hub, { match, body: (body ?? {}) as Readonly<Record<string, unknown>>, token })
    violations.push(...answerFaults(match, answer.status, answer.body).map((fault) => `the double itself, ${match.name}: ${fault}`))
    return answer
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    hub,
    tokens,
    violations,
    calls,
    /** Lets the nth call from now (0 is the next) fail. */
    failAt: (nth: number, failure: Failure) => void failures.set(calls.length + nth, failure),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      hub.remove()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}

function send(response: ServerResponse, { status, body }: Answer, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-ratelimit-remaining': '900',
    'x-ratelimit-reset': '9999999999',
    ...headers,
  })
  response.end(body === undefined ? '' : JSON.stringify(body))
}
