// Blobs of OCI registries, by digest.

import { type SourceFailure, sourceFailure } from '../../render/source.ts'
import { digestOf, keep, kept } from './cache.ts'
import { wrongDigest } from './chart-repository.ts'
import type { Descriptor } from './manifest.ts'
import type { Session } from './registry-session.ts'
import { shown } from './web.ts'

type From = { readonly session: Session; readonly folder: string }
type Blob = { readonly ok: true; readonly bytes: Buffer }

/** The bytes, held against their digest; a manifest that the registry answered for just now has to name them, since they may come from the cache. */
export async function fetchBlob(
  { session, folder }: From,
  { digest, size }: Descriptor,
  { wish, largest }: { readonly wish: string; readonly largest: number },
): Promise<Blob | SourceFailure> {
  if (size > largest) {
    const message = `${wish} was not fetched: ${digest.slice(0, 19)}… has ${Math.ceil(size / 1_024)} KiB`
    return sourceFailure('too-large', message, 'Keep what is needed of it in the repository.')
  }
  const known = kept(folder, digest)
  if (known !== undefined) return { ok: true, bytes: known }
  const answer = await session(`blobs/${digest}`, { wish, largest: size })
  if (!answer.ok) return answer
  const actual = digestOf(answer.body)
  if (actual !== digest) return wrongDigest(wish, { expected: digest, actual, from: shown(answer.url) })
  keep(folder, answer.body)
  return { ok: true, bytes: answer.body }
}
