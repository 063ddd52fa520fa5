// Charts of an HTTP repository: its index.yaml names the versions, their addresses and digests.

import { type Allowance, refusalOf, urlOf } from '../../render/allowance.ts'
import { type Index, indexIn, type Listed } from '../../render/chart-index.ts'
import { chooseVersion } from '../../render/chart-version.ts'
import { isExact } from '../../render/exact-version.ts'
import { type FetchedChart, type SourceFailure, sourceFailure } from '../../render/source.ts'
import { digestOf, keep, kept } from './cache.ts'
import { addressIn, shown, type Web } from './web.ts'

/** The largest public indexes have 25 MiB. */
const largestIndex = 64 * 1_024 * 1_024
export const largestArchive = 32 * 1_024 * 1_024

export type Wish = {
  readonly repository: string
  readonly name: string
  readonly version?: string
  readonly digest?: string
  readonly wish: string
}

/** What fetching needs: a way to ask, the folder of the cache, and what the policy allows. */
export type Means = { readonly web: Web; readonly folder: string; readonly allow: readonly Allowance[] }

export type Repositories = {
  /** The chart, or the `oci://` address at which the index says that it lies. */
  readonly chart: (
    wish: Wish,
  ) => Promise<FetchedChart | { readonly ok: 'elsewhere'; readonly address: string; readonly version: string } | SourceFailure>
}

/** Chart repositories; an index is read once in a run. */
export function chartRepositories({ web, folder, allow }: Means): Repositories {
  const indexes = new Map<string, Promise<Index | SourceFailure>>()
  return {
    chart: async (wish) => {
      const url = indexUrl(wish.repository)
      if (url === undefined) {
        return sourceFailure('bad-reference', `${wish.wish} was not fetched: its repository is no address`, 'Write https://… or oci://…')
      }
      const index = await (indexes.get(url.href) ?? remember(indexes, url.href, readIndex(web, url, wish.wish)))
      if ('ok' in index) return { ...index, message: index.message.replace(/^.*? was not fetched/, `${wish.wish} was not fetched`) }
      const listed = pick(index, wish, url)
      if ('ok' in listed) return listed
      if (/^oci:\/\//i.test(listed.url)) return { ok: 'elsewhere', address: listed.url, version: listed.version }
      return download({ web, folder, allow, base: url }, listed, wish)
    },
  }
}

function remember<Value>(known: Map<string, Value>, key: string, value: Value): Value {
  known.set(key, value)
  return value
}

function indexUrl(repository: string): URL | undefined {
  const url = urlOf(repository)
  if (url === undefined) return undefined
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/index.yaml`
  url.hash = ''
  return url
}

async function readIndex(web: Web, url: URL, wish: string): Promise<Index | SourceFailure> {
  const answer = await web({ url, wish, largest: largestIndex, headers: { 'accept-encoding': 'gzip' } })
  if (!answer.ok) return answer
  const index = indexIn(new TextDecoder().decode(answer.body))
  return (
    index ??
    sourceFailure('unreadable', `${wish} was not fetched: ${shown(url)} is no index of charts`, 'Check the address of the repository.')
  )
}

function pick(index: Index, { name, version, wish }: Wish, url: URL): Listed | SourceFailure {
  const all = index(name)
  if (all === undefined) {
    return sourceFailure('not-found', `${wish} was not fetched: ${shown(url)} lists no chart ${name}`, 'Check the name of the chart.')
  }
  const versions = all.map((listed) => listed.version)
  const chosen = chooseVersion(versions, version)
  const listed = all.find((one) => one.version === chosen)
  if (listed !== undefined) return listed
  const newest = chooseVersion(versions, undefined) ?? versions[0] ?? 'none'
  return sourceFailure('not-found', `${wish} was not fetched: ${shown(url)} lists no such version`, `The newest one there is ${newest}.`)
}

type At = Means & { readonly base: URL }

async function download({ web, folder, allow, base }: At, listed: Listed, wanted: Wish): Promise<FetchedChart | SourceFailure> {
  const { wish, name, version } = wanted
  const url = addressIn(listed.url, base)
  if (url === undefined)
    return sourceFailure('unreadable', `${wish} was not fetched: ${shown(base)} gives no address for it`, 'Ask who runs the repository.')
  const refusal = refusalOf(url, allow, wish)
  if (refusal !== undefined) return { ...refusal, message: `${refusal.message}, where ${base.host} keeps it` }
  const digest = wanted.digest ?? listed.digest
  const known = digest === undefined ? undefined : kept(folder, digest)
  const answer = known === undefined ? await web({ url, wish, largest: largestArchive }) : { ok: true as const, body: known }
  if (!answer.ok) return answer
  const actual = digestOf(answer.body)
  const wrong = [wanted.digest, listed.digest].find((expected) => expected !== undefined && expected !== actual)
  if (wrong !== undefined) return wrongDigest(wish, { expected: wrong, actual, from: shown(url) })
  if (known === undefined) keep(folder, answer.body)
  const pin = wanted.digest !== undefined ? 'content' : isExact(version) ? 'version' : 'none'
  return { ok: true, archive: answer.body, name, version: listed.version, digest: actual, pin }
}

type Digests = { readonly expected: string; readonly actual: string; readonly from: string }

export function wrongDigest(wish: string, { expected, actual, from }: Digests): SourceFailure {
  return sourceFailure(
    'wrong-digest',
    `${wish} was not used: ${from} sent ${actual} where ${expected} was expected`,
    'Somebody replaced it, or the digest is out of date: find out which before you change the digest.',
  )
}
