// The connection to GitHub: retries what may be repeated, waits when told to, repeats nothing that may have been done.

import { getOctokit } from '@actions/github'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import Bottleneck from 'bottleneck/light.js'

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
    retry,
    throttling,
  )
}

type Call = { readonly method: string; readonly url: string }

/** The HTTP status of a failed call; 500 where no answer came. Undefined for what is no failure of a call. */
export function statusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') return undefined
  return thrown.status
}
