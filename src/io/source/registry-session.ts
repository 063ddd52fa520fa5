// Speaks with one repository of an OCI registry: its challenge for a token, and what may follow from it.

import { hostOf } from '../../render/allowance.ts'
import { type SourceFailure, sourceFailure } from '../../render/source.ts'
import { type Logins, loginHint } from './login.ts'
import { addressIn, type Had, type Request, shown, type Web } from './web.ts'

/** `host/path` of a repository in a registry. */
export type Place = { readonly origin: URL; readonly repository: string }

/** Asks below `/v2/<repository>/`; a token is got when the registry wants one, and kept for the run. */
export type Session = (
  path: string,
  request: Pick<Request, 'wish' | 'largest' | 'method' | 'headers' | 'expects'>,
) => Promise<Had | SourceFailure>

const largestToken = 1_024 * 1_024

/** `allowed` says whether the policy allows the repository itself: the protocol's own addresses on its host follow from that. */
export function openSession(web: Web, logins: Logins, { origin, repository }: Place): Session {
  const home = new URL(`/v2/${repository}/`, origin)
  let header: string | undefined
  const ask = (path: string, request: Parameters<Session>[1]) =>
    web({
      ...request,
      url: new URL(path, home),
      expects: [...(request.expects ?? []), 401],
      follows: (url) => url.origin === home.origin && url.pathname.startsWith(home.pathname),
      authorize: (url) => (url.origin === home.origin ? header : undefined),
    })
  return async (path, request) => {
    const first = await ask(path, request)
    if (!first.ok || first.status !== 401) return first
    const login = logins.registry(hostOf(home))
    const granted = await grant(first, { web, login, home, repository, wish: request.wish })
    if (typeof granted !== 'string') return granted
    header = granted
    const second = await ask(path, request)
    return second.ok && second.status === 401 ? refused(second.url, request.wish, login !== undefined) : second
  }
}

type Grant = {
  readonly web: Web
  readonly login: string | undefined
  readonly home: URL
  readonly repository: string
  readonly wish: string
}

/** The `Authorization` that answers a challenge. */
async function grant({ headers, url }: Had, { web, login, home, repository, wish }: Grant): Promise<string | SourceFailure> {
  const challenge = headers['www-authenticate'] ?? ''
  if (/^basic\b/i.test(challenge)) return login ?? refused(url, wish, false)
  const realm = parameter(challenge, 'realm')
  const token = /^bearer\b/i.test(challenge) && realm !== undefined ? addressIn(realm, home) : undefined
  if (token === undefined) {
    return sourceFailure(
      'unsupported',
      `${wish} was not fetched: ${home.host} wants a login of a kind that is not known`,
      'Only Basic and Bearer are.',
    )
  }
  const service = parameter(challenge, 'service')
  if (service !== undefined) token.searchParams.set('service', service)
  token.searchParams.set('scope', `repository:${repository}:pull`)
  const answer = await web({
    url: token,
    wish,
    largest: largestToken,
    follows: ({ origin }) => origin === home.origin,
    // A redirect leads no further with the login than to where the registry said.
    authorize: (at) => (at.origin === token.origin ? login : undefined),
  })
  if (!answer.ok) return answer.code === 'login' ? { ...answer, hint: loginHint(hostOf(home), login !== undefined) } : answer
  const value = tokenIn(answer.body)
  if (value !== undefined) return `Bearer ${value}`
  return sourceFailure('unreadable', `${wish} was not fetched: ${shown(token)} sent no token`, 'Ask who runs the registry.')
}

function refused(url: URL, wish: string, sent: boolean): SourceFailure {
  return sourceFailure('login', `${wish} was not fetched: ${shown(url)} answered 401`, loginHint(hostOf(url), sent))
}

function parameter(challenge: string, name: string): string | undefined {
  return new RegExp(`[\\s,]${name}="([^"]*)"`, 'i').exec(challenge)?.[1]
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value !== 'object' || value === null) return undefined
    const token = 'token' in value ? value.token : 'access_token' in value ? value.access_token : undefined
    return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined
  } catch {
    return undefined
  }
}
