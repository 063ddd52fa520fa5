// A GitHub for tests: it keeps state, obeys GitHub's published contract, and fails where it is told to.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerFaults, faultsOf, matchOf } from './contract.ts'
import { execute } from './graphql.ts'
import { type Hub, newHub } from './hub.ts'
import { newLimiter } from './limit.ts'
import { mayCall } from './permission.ts'
import { type Answer, answerTo } from './rest.ts'
import { serveGit } from './smart-http.ts'
import { actionsToken, type Token } from './state.ts'

/** `before` and `after`: the connection is cut before or after the server has acted. A status comes without it, or with `acted` all the same. */
export type Failure =
  | { readonly kind: 'before' | 'after' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly message?: string
      readonly acted?: true
    }

export type Double = Awaited<ReturnType<typeof startDouble>>

/** What the double says of itself when it breaks: a mutant that is only caught by that is not caught. */
const broke = 'the double broke'

/** `minute`: milliseconds of one minute of its rate limits, as the client's pace is in tests. */
export async function startDouble({ minute = 250 }: { readonly minute?: number } = {}) {
  const hub: Hub = newHub()
  const tokens = new Map<string, Token>([['ghs_actions', actionsToken]])
  const violations: string[] = []
  const calls: string[] = []
  const failures = new Map<number, Failure>()
  const limiter = newLimiter(minute, () => performance.now())

  const server = createServer((request, response) => {
    handle(request, response).catch((thrown: unknown) => {
      violations.push(`${broke}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
      response.writeHead(500).end()
    })
  })
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://double')
    const git = /^\/[^/]+\/[^/]+\.git(\/.*)$/.exec(url.pathname)
    if (git !== null) return serveGit(hub, tokens, git[1] ?? '', { request, response })
    const token = tokens.get((request.headers.authorization ?? '').replace(/^(?:token|bearer) /i, ''))
    const body = await bodyOf(request)
    const failure = failures.get(calls.length)
    calls.push(`${request.method} ${url.pathname}`)
    if (failure?.kind === 'before') return void request.socket.destroy()
    const refusal =
      failure?.kind === 'status' ? { status: failure.status, body: { message: failure.message ?? 'Server Error' } } : undefined
    if (refusal !== undefined && failure?.kind === 'status' && failure.acted === undefined) return send(response, refusal, failure.headers)
    const answer = token === undefined ? badCredentials : await answered({ method: request.method ?? '', url, body, token })
    if (refusal !== undefined) return send(response, refusal)
    if (failure?.kind === 'after') return void request.socket.destroy()
    send(response, answer, answer.headers)
  }
  const answered = async (call: Call): Promise<Limited> => {
    const isMutation = /^\s*mutation\b/.test(String((call.body as { readonly query?: unknown } | undefined)?.query ?? ''))
    const seconds = limiter.count(call.method, call.url.pathname, isMutation)
    if (seconds !== undefined) return { ...tooFast, headers: { 'retry-after': String(seconds) } }
    const { answer, faults } = call.url.pathname === '/graphql' ? await queried(hub, call) : called(hub, call)
    violations.push(...faults)
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
    /** Lets no further call fail. */
    heal: () => failures.clear(),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      hub.remove()
    },
  }
}

type Call = { readonly method: string; readonly url: URL; readonly body: unknown; readonly token: Token }
type Limited = Answer & { readonly headers?: Readonly<Record<string, string>> }
type Judged = { readonly answer: Answer; readonly faults: readonly string[] }

const badCredentials: Limited = { status: 401, body: { message: 'Bad credentials' } }
const tooFast: Limited = { status: 403, body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' } }

async function queried(hub: Hub, { body, token }: Call): Promise<Judged> {
  const { result, faults } = await execute(hub, token, body as Parameters<typeof execute>[2])
  return { answer: { status: 200, body: JSON.parse(JSON.stringify(result)) }, faults: faults.map((fault) => `graphql: ${fault}`) }
}

function called(hub: Hub, { method, url, body, token }: Call): Judged {
  const match = matchOf(method, url.pathname)
  if (match === undefined)
    return {
      answer: { status: 404, body: { message: 'Not Found' } },
      faults: [`${method} ${url.pathname} is no call that GitHub describes, or none that the double knows`],
    }
  const faults = faultsOf(match, url.searchParams, body)
  if (faults.length > 0)
    return {
      answer: { status: 422, body: { message: 'Validation Failed', errors: faults } },
      faults: faults.map((fault) => `${match.name}: ${fault}`),
    }
  if (!mayCall(token, match.name))
    return { answer: { status: 403, body: { message: 'Resource not accessible by integration' } }, faults: [] }
  const answer = answerTo(hub, { match, body: (body ?? {}) as Readonly<Record<string, unknown>>, token })
  return { answer, faults: answerFaults(match, answer.status, answer.body).map((fault) => `the double itself, ${match.name}: ${fault}`) }
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
