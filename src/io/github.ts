// The connection to GitHub: retries what may be repeated, waits when told to, repeats nothing that may have been done.

import { getOctokit } from '@actions/github'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import Bottleneck from 'bottleneck/light.js'
import { UserError } from '../errors.ts'

export type Connection = ReturnType<typeof connect>

/** Times that a call is repeated after a failure, and how long a limit may make us wait. */
const mostRetries = 3
const longestWait = 120

/** GitHub takes 80 writes a minute (docs.github.com, "Rate limits for the REST API"): a usual review is far below and need not wait, a large one stays below half of that. */
const writesPerMinute = 40

/** For a call whose repetition would say something twice. */
export const once = { request: { retries: 0 } } as const

/** `api`: the address of the REST API. `pace`: milliseconds of one unit of waiting; a second, but for tests. `tell` hears of every wait. */
export function connect(
  token: string,
  { api, pace, tell }: { readonly api: string; readonly pace: number; readonly tell: (text: string) => void },
) {
  const wait = (seconds: number, what: string, retries: number) => {
    const goesOn = retries < mostRetries && seconds <= longestWait
    tell(`${what}: ${goesOn ? `waiting ${seconds} s` : 'giving up'}`)
    return goesOn
  }
  return getOctokit(
    token,
    {
      baseUrl: api,
      retry: { retries: mostRetries, retryAfterBaseValue: pace },
      throttle: {
        write: new Bottleneck.Group({
          id: 'write',
          maxConcurrent: 1,
          reservoir: writesPerMinute,
          reservoirRefreshAmount: writesPerMinute,
          reservoirRefreshInterval: Math.max(250, 60 * pace),
        }),
        notifications: new Bottleneck.Group({ id: 'notifications', maxConcurrent: 1 }),
        retryAfterBaseValue: pace,
        fallbackSecondaryRateRetryAfter: 60,
        onRateLimit: (seconds: number, { method, url }: Call, _: unknown, retries: number) =>
          wait(seconds, `GitHub's rate limit is used up (${method} ${url})`, retries),
        onSecondaryRateLimit: (seconds: number, { method, url }: Call, _: unknown, retries: number) =>
          wait(seconds, `GitHub asks to go slower (${method} ${url})`, retries),
      },
    },
    limits,
    retry,
    throttling,
  )
}

type Call = { readonly method: string; readonly url: string }
type Failed = Error & {
  readonly status: number
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> }
}

/** GitHub's words for its secondary limits have changed over time; the throttling plugin waits for one of them alone. */
function limits(octokit: { readonly hook: { readonly error: (name: 'request', look: (thrown: unknown) => never) => void } }): object {
  octokit.hook.error('request', (thrown) => {
    if (isLimit(thrown) && thrown.response?.headers['x-ratelimit-remaining'] !== '0' && !/\bsecondary rate\b/i.test(thrown.message))
      thrown.message += ' (secondary rate limit)'
    throw thrown
  })
  return {}
}

/** Whether GitHub refused a call since there were too many. */
export function isLimit(thrown: unknown): thrown is Failed {
  if (!isFailed(thrown)) return false
  const headers = thrown.response?.headers
  const isNamed = headers?.['retry-after'] !== undefined || headers?.['x-ratelimit-remaining'] === '0' || /rate limit/i.test(thrown.message)
  return thrown.status === 429 || (thrown.status === 403 && isNamed)
}

/** The HTTP status of a failed call, or what GraphQL's words for it mean; 500 where no answer came. Undefined for what is no failure of a call. */
export function statusOf(thrown: unknown): number | undefined {
  if (isFailed(thrown)) return thrown.status
  if (!(thrown instanceof Error) || !('errors' in thrown) || !Array.isArray(thrown.errors)) return undefined
  const types: readonly unknown[] = thrown.errors.map((error: unknown) =>
    error !== null && typeof error === 'object' && 'type' in error ? error.type : '',
  )
  if (types.includes('FORBIDDEN') || types.includes('INSUFFICIENT_SCOPES')) return 403
  return types.includes('NOT_FOUND') ? 404 : 500
}

/** What a call gives that nothing goes on without. Throws a UserError that says what could not be had, and why. */
export async function asked<Value>(what: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call()
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === undefined) throw thrown
    const hint =
      status >= 500 || isLimit(thrown)
        ? 'Run the job again when GitHub answers.'
        : 'Give the job "permissions: contents: read", and the input github-token a token of this repository.'
    throw new UserError(`${what} could not be had from GitHub: ${status} ${thrown instanceof Error ? thrown.message : ''}`, hint, {
      cause: thrown,
    })
  }
}

function isFailed(thrown: unknown): thrown is Failed {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number'
}
