// Which addresses the policy allows to fetch from: hosts by name, with or without a path.

import { UserError } from '../errors.ts'
import { type SourceFailure, sourceFailure } from './source.ts'

/** One entry of `sources.allow`. */
export type Allowance = {
  /** Lower case, with the port where it is not that of https (or of http where the entry says so). */
  readonly host: string
  /** `/acme`, or empty for the whole host. */
  readonly path: string
  /** Whether the entry says `http://`. */
  readonly plain: boolean
}

/** The Docker Hub goes by three names; this is the one that answers. */
const hub = 'registry-1.docker.io'
const hubNames = new Set(['docker.io', 'index.docker.io', hub])

/** The entries of `sources.allow`; `source` says where they were read. Throws a UserError for one that is no host with a path. */
export function readAllowances(entries: readonly string[], source: string): readonly Allowance[] {
  return entries.map((entry) => {
    const allowance = allowanceOf(entry)
    if (typeof allowance !== 'string') return allowance
    throw new UserError(
      `"${entry}" under sources.allow in ${source} ${allowance}`,
      'Write a host with or without a path: charts.example.org, ghcr.io/acme; http://charts.internal where it has no https.',
    )
  })
}

function allowanceOf(entry: string): Allowance | string {
  if (/[*?[\]{}]/.test(entry.replace(/\[[\da-f:]+\]/i, ''))) return 'has a placeholder: hosts are allowed by name'
  const [, scheme = 'https', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(entry) ?? []
  if (!/^(?:https?|oci)$/i.test(scheme)) return `starts with ${scheme}://, which is not fetched`
  if (rest === '' || /^[/.]|[\s\\@#]/.test(rest)) return 'names no host'
  const url = urlOf(`${scheme.toLowerCase() === 'http' ? 'http' : 'https'}://${rest}`)
  if (url === undefined || url.host === '') return 'names no host'
  return { host: hostOf(url), path: url.pathname.replace(/\/+$/, ''), plain: url.protocol === 'http:' }
}

/** An address as a URL without its credentials; undefined for none. */
export function urlOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  url.username = ''
  url.password = ''
  return url
}

/** What somebody wrote as an address, for people: without credentials and query. */
export function withoutLogin(text: string): string {
  return text
    .replace(/\/\/[^/@]*@/, '//')
    .replace(/\?.*$/s, '')
    .slice(0, 200)
}

/** The host of an address under the name that policy and credentials know it by. */
export function hostOf(url: URL): string {
  return hubNames.has(url.host) ? hub : url.host
}

type Verdict = 'allowed' | 'not-allowed' | 'insecure'

/** Whether the policy lets an address be asked. Without https only where the entry says `http://`, or on this machine. */
function verdictOn(url: URL, allowances: readonly Allowance[]): Verdict {
  const plain = url.protocol === 'http:'
  const hits = allowances.filter(({ host, path }) => host === hostOf(url) && isBelow(url.pathname, path))
  if (hits.length === 0) return 'not-allowed'
  return !plain || isLoopback(url) || hits.some((hit) => hit.plain) ? 'allowed' : 'insecure'
}

/** A server may take `%2f` and `%5c` for a separator, and so leave the folder that was allowed. */
function isBelow(path: string, folder: string): boolean {
  if (folder === '') return true
  return !/%2f|%5c|%2e%2e|\/\//i.test(path) && (path === folder || path.startsWith(`${folder}/`))
}

export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/** Hosts on which strangers live beside each other: there the line to add names the owner too. */
const shared =
  /(?:^|\.)(?:github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|ghcr\.io|docker\.io|quay\.io|gcr\.io|pkg\.dev|ecr\.aws)$/

/** The answer for an address that the policy does not let be asked; undefined where it may be. `wish` is for people: `chart redis 1.2.3`. */
export function refusalOf(url: URL, allowances: readonly Allowance[], wish: string): SourceFailure | undefined {
  if (!/^https?:$/.test(url.protocol)) {
    return sourceFailure('unsupported', `${wish} was not fetched: addresses with ${url.protocol} are not`, 'Write https:// or oci://.')
  }
  const verdict = verdictOn(url, allowances)
  if (verdict === 'allowed') return undefined
  const line = `To have it fetched, add to .plimsoll.yaml of the target branch: ${lineToAllow(url)}`
  return verdict === 'insecure'
    ? sourceFailure('insecure', `${wish} was not fetched: ${url.host} would be asked without https`, line)
    : sourceFailure('not-allowed', `${wish} was not fetched: the policy does not allow ${url.host}`, line)
}

/** What to write in the policy so that an address may be asked. */
function lineToAllow(url: URL): string {
  const owner = shared.test(url.hostname) ? (url.pathname.split('/')[1] ?? '') : ''
  const entry = `${url.protocol === 'http:' && !isLoopback(url) ? 'http://' : ''}${url.host}${owner === '' ? '' : `/${owner}`}`
  return `sources: { allow: [${entry}] }`
}
