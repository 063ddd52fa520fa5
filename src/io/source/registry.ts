// Charts of OCI registries: a tag or a digest names a manifest, the manifest names one archive.

import { refusalOf } from '../../render/allowance.ts'
import { chooseVersion } from '../../render/chart-version.ts'
import { isExact } from '../../render/exact-version.ts'
import {
  type FetchedChart,
  type FoundImage,
  type FoundUser,
  type Pin,
  type SourceFailure,
  sourceFailure,
  type WantedImage,
} from '../../render/source.ts'
import { fetchBlob } from './blob.ts'
import { digestOf } from './cache.ts'
import { largestArchive, type Means, wrongDigest } from './chart-repository.ts'
import { findImage } from './image.ts'
import { findUser } from './image-user.ts'
import type { Logins } from './login.ts'
import { archiveIn, headerDigest, largestManifest, manifestTypes } from './manifest.ts'
import { referenceIn, tagOf, versionOf } from './registry-reference.ts'
import { openSession, type Place, type Session } from './registry-session.ts'
import { tagsOf } from './registry-tags.ts'
import { shown } from './web.ts'

export type RegistryWish = { readonly address: string; readonly version?: string; readonly digest?: string; readonly wish: string }
export type Registries = {
  readonly chart: (wish: RegistryWish) => Promise<FetchedChart | SourceFailure>
  readonly image: (wanted: WantedImage) => Promise<FoundImage | SourceFailure>
  readonly user: (wanted: WantedImage) => Promise<FoundUser | SourceFailure>
}

/** Registries; a token is got once for each repository of a run. */
export function registries({ logins, ...means }: Means & { readonly logins: Logins }): Registries {
  const sessions = new Map<string, Session>()
  const sessionAt = ({ origin, repository }: Place): Session => {
    const key = `${origin.href}${repository}`
    const session = sessions.get(key) ?? openSession(means.web, logins, { origin, repository })
    sessions.set(key, session)
    return session
  }
  return {
    chart: async (wanted) => {
      const { address, wish } = wanted
      const reference = referenceIn(address, means.allow)
      if (reference === undefined) {
        return sourceFailure(
          'bad-reference',
          `${wish} was not fetched: its address names no repository of a registry`,
          'Write oci://host/path/chart.',
        )
      }
      const { origin, repository } = reference.place
      const refusal = refusalOf(new URL(`/${repository}`, origin), means.allow, wish)
      if (refusal !== undefined) return refusal
      const at = { ...means, session: sessionAt(reference.place), name: repository.split('/').at(-1) ?? repository }
      return fetchChart(at, { ...reference, ...wanted })
    },
    image: (wanted) => findImage(wanted, { ...means, sessionAt }),
    user: (wanted) => findUser(wanted, { ...means, sessionAt }),
  }
}

type At = Means & { readonly session: Session; readonly name: string }
type Asked = RegistryWish & { readonly tag?: string }

async function fetchChart(at: At, asked: Asked): Promise<FetchedChart | SourceFailure> {
  const named = await nameOf(at.session, asked)
  if ('ok' in named) return named
  const { wish } = asked
  const manifest = await at.session(`manifests/${named.reference}`, { wish, largest: largestManifest, headers: { accept: manifestTypes } })
  if (!manifest.ok) return manifest
  const actual = digestOf(manifest.body)
  const expected = asked.digest ?? headerDigest(manifest)
  if (expected !== undefined && expected !== actual) return wrongDigest(wish, { expected, actual, from: shown(manifest.url) })
  const layer = archiveIn(manifest.body)
  if ('reason' in layer)
    return sourceFailure('unreadable', `${wish} was not fetched: ${shown(manifest.url)} ${layer.reason}`, 'Check the address of the chart.')
  const archive = await fetchBlob(at, layer, { wish, largest: largestArchive })
  if (!archive.ok) return archive
  const version = named.version ?? layer.version ?? asked.version ?? actual
  return { ok: true, archive: archive.bytes, name: at.name, version, digest: layer.digest, pin: named.pin }
}

type Named = { readonly reference: string; readonly version?: string; readonly pin: Pin }

/** What to ask for: the digest, the tag that is written, or the newest tag in the range. */
async function nameOf(session: Session, { digest, version, tag, wish }: Asked): Promise<Named | SourceFailure> {
  const wanted = version ?? tag
  if (digest !== undefined)
    return { reference: digest, pin: 'content', ...(wanted !== undefined && isExact(wanted) ? { version: wanted } : {}) }
  if (wanted !== undefined && isExact(wanted)) return { reference: tagOf(wanted), version: wanted, pin: 'version' }
  const tags = await tagsOf(session, wish)
  if ('ok' in tags) return tags
  const versions = tags.map(versionOf)
  const chosen = chooseVersion(versions, wanted)
  if (chosen !== undefined) return { reference: tagOf(chosen), version: chosen, pin: 'none' }
  const newest = chooseVersion(versions, undefined)
  const hint = newest === undefined ? 'Write an exact version.' : `The newest one there is ${newest}.`
  return sourceFailure('not-found', `${wish} was not fetched: the registry lists no such version`, hint)
}
