// Asks addresses that the policy allows: redirects are followed to allowed hosts only, and each host hears its own credentials alone.

import { setTimeout as wait } from 'node:timers/promises'
import { type Allowance, hostOf, refusalOf, urlOf } from '../../render/allowance.ts'
import { type SourceFailure, sourceFailure } from '../../render/source.ts'
import { type Answer, type Exchanged, exchange } from './exchange.ts'
import { type Logins, loginHint } from './login.ts'

export type Patience = {
  /** For one request, in milliseconds. */
  readonly time: number
  /** Further tries after 429, 5xx and a broken connection. */
  readonly retries: number
  /** Before the first of them, in milliseconds; doubled each time. */
  readonly pause: number
}

export const patience: Patience = { time: 30_000, retries: 2, pause: 500 }

export type Request = {
  readonly url: URL
  /** What it is for, for people: `chart redis 1.2.3`. */
  readonly wish: string
  readonly largest: number
  readonly method?: 'GET' | 'HEAD'
  readonly headers?: Readonly<Record<string, string>>
  /** The `Authorization` for an address, in place of the login of its host. */
  readonly authorize?: (url: URL) => string | undefined
  /** Addresses that follow from an allowed one, such as those of a registry's protocol. */
  readonly follows?: (url: URL) => boolean
  /** Statuses besides 200 that the asker deals with. */
  readonly expects?: readonly number[]
}

export type Had = Answer & { readonly ok: true; readonly url: URL }
export type Web = (request: Request) => Promise<Had | SourceFailure>

const mostRedirects = 5

/** Asks as the policy allows. Every failure is an answer; no query and no credential of an address is in its words. */
export function newWeb(policy: { readonly allow: readonly Allowance[]; readonly logins: Logins; readonly patience: Patience }): Web {
  const { allow, logins, patience } = policy
  return async (request) => {
    const { wish, follows = () => false, authorize = (at: URL) => logins.plain(hostOf(at)) } = request
    let { url } = request
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      const refusal = follows(url) ? undefined : refusalOf(url, allow, wish)
      if (refusal !== undefined) return hops === 0 ? refusal : redirected(refusal, request.url)
      const authorization = authorize(url)
      const exchanged = await patiently(url, withLogin(request, authorization), patience)
      if (exchanged.kind !== 'answer') return unanswered(exchanged, url, request)
      const { status, headers } = exchanged
      if (status === 200 || request.expects?.includes(status) === true) return { ...exchanged, ok: true, url }
      if (!isRedirect(status) || headers.location === undefined) {
        return refused(status, { url, wish, sent: authorization !== undefined, host: hostOf(url) })
      }
      const next = addressIn(headers.location, url)
      if (next === undefined)
        return sourceFailure('unreadable', `${wish} was not fetched: ${shown(url)} redirects to no address`, 'Ask who runs it.')
      url = next
    }
    return sourceFailure(
      'unreadable',
      `${wish} was not fetched: ${shown(request.url)} redirects without end`,
      'Name the address where it ends.',
    )
  }
}

/** An address that another one gives, without its credentials; undefined for none. */
export function addressIn(text: string, base: URL): URL | undefined {
  return URL.canParse(text, base.href) ? urlOf(new URL(text, base).href) : undefined
}

/** An address for people: a signed address keeps its secret in the query. */
export function shown({ host, pathname }: URL): string {
  return `${host}${pathname.slice(0, 200)}`
}

type Login = { readonly headers: Readonly<Record<string, string>> }

function withLogin(request: Request, authorization: string | undefined): Request & Login {
  return { ...request, headers: { ...request.headers, ...(authorization === undefined ? {} : { authorization }) } }
}

async function patiently(
  url: URL,
  { method = 'GET', headers, largest }: Request & Login,
  { time, retries, pause }: Patience,
): Promise<Exchanged> {
  for (let tries = 0; ; tries += 1) {
    const exchanged = await exchange(url, { method, headers, largest, time })
    const passes = exchanged.kind === 'broken' || (exchanged.kind === 'answer' && (exchanged.status === 429 || exchanged.status >= 500))
    if (!passes || tries >= retries) return exchanged
    const asked = exchanged.kind === 'answer' ? Number(exchanged.headers['retry-after'] ?? 0) * 1_000 : 0
    // A longer wait would hold up the review: then the answer is that the host is busy.
    if (asked > longestWait) return exchanged
    await wait(Math.max(asked || 0, pause * 2 ** tries))
  }
}

const longestWait = 5_000

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function redirected(refusal: SourceFailure, from: URL): SourceFailure {
  return { ...refusal, message: `${refusal.message}, to which ${from.host} redirects` }
}

function unanswered(exchanged: Exclude<Exchanged, Answer>, url: URL, { wish, largest }: Request): SourceFailure {
  const start = `${wish} was not fetched: ${shown(url)}`
  switch (exchanged.kind) {
    case 'slow':
      return sourceFailure('slow', `${start} took too long`, 'Try again later, or keep a copy in the repository.')
    case 'large':
      return sourceFailure(
        'too-large',
        `${start} is larger than ${Math.floor(largest / 1_024)} KiB`,
        'Keep what is needed of it in the repository.',
      )
    case 'broken':
      return sourceFailure(
        'unavailable',
        `${start} cannot be had: ${exchanged.reason}`,
        'Check the address and that the host can be reached from here.',
      )
    default:
      return exchanged satisfies never
  }
}

type Refused = { readonly url: URL; readonly wish: string; readonly sent: boolean; readonly host: string }

function refused(status: number, { url, wish, sent, host }: Refused): SourceFailure {
  const message = `${wish} was not fetched: ${shown(url)} answered ${status}`
  if (status === 401 || status === 403) return sourceFailure('login', message, loginHint(host, sent))
  if (status === 404 || status === 410)
    return sourceFailure('not-found', message, 'Check the address; some hosts say so too where a login is missing.')
  if (status === 429) return sourceFailure('busy', message, 'The host wants fewer requests: try again later, or give a login for it.')
  return sourceFailure('unavailable', message, 'Try again later; if it stays so, ask who runs the host.')
}
