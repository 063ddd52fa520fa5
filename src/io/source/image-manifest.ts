// The manifest that an image means now: that of its digest where it has one, else that of its tag.

import { type Allowance, refusalOf } from '../../render/allowance.ts'
import { imageAddress, noImage } from '../../render/image-address.ts'
import { type SourceFailure, sourceFailure } from '../../render/source.ts'
import { digestOf } from './cache.ts'
import { wrongDigest } from './chart-repository.ts'
import { headerDigest, isList, largestManifest, manifestTypes } from './manifest.ts'
import { referenceIn } from './registry-reference.ts'
import type { Place, Session } from './registry-session.ts'
import { shown } from './web.ts'

/** Where images are asked for. */
export type Registry = { readonly allow: readonly Allowance[]; readonly sessionAt: (place: Place) => Session }

export type ImageManifest = {
  readonly ok: true
  readonly body: Buffer
  readonly digest: string
  /** Whether it is a list of manifests, for several platforms. */
  readonly isList: boolean
  /** Asks for what else the repository holds. */
  readonly session: Session
}

/** Asks where the policy allows it. The digest is counted, instead of taking the registry's word for it. `wish` is what it is for, in words. */
export async function imageManifest(image: string, wish: string, { allow, sessionAt }: Registry): Promise<ImageManifest | SourceFailure> {
  const address = imageAddress(image)
  const place = address === undefined ? undefined : referenceIn(`oci://${address.host}/${address.repository}`, allow)?.place
  if (address === undefined || place === undefined) return noImage(wish)
  const refusal = refusalOf(new URL(`/${place.repository}`, place.origin), allow, wish)
  return refusal ?? manifestAt(sessionAt(place), address.reference, wish)
}

/** The manifest of a tag or digest in a repository. */
export async function manifestAt(session: Session, named: string, wish: string): Promise<ImageManifest | SourceFailure> {
  const answer = await session(`manifests/${named}`, { wish, largest: largestManifest, headers: { accept: manifestTypes } })
  if (!answer.ok) return answer
  const { body, url } = answer
  const digest = digestOf(body)
  const expected = named.startsWith('sha256:') ? named : headerDigest(answer)
  if (expected !== undefined && expected !== digest) return wrongDigest(wish, { expected, actual: digest, from: shown(url) })
  const list = isList(body)
  if (list === undefined)
    return sourceFailure(
      'unreadable',
      `${wish} was not found: ${shown(url)} is no manifest with a digest`,
      'Push the image anew with a tool of today.',
    )
  return { ok: true, body, digest, isList: list, session }
}
