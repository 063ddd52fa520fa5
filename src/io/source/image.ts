// Which digest an image's tag means now.

import { type Allowance, refusalOf } from '../../render/allowance.ts'
import { type FoundImage, type SourceFailure, sourceFailure, type WantedImage } from '../../render/source.ts'
import { imageOf } from '../../rule/image.ts'
import { digestOf } from './cache.ts'
import { wrongDigest } from './chart-repository.ts'
import { headerDigest, isList, largestManifest, manifestTypes } from './manifest.ts'
import { referenceIn } from './registry-reference.ts'
import type { Place, Session } from './registry-session.ts'
import { shown } from './web.ts'

/**
 * Asks the registry for the manifest and counts its digest, instead of taking the registry's word for it as a HEAD request would. An image that has a digest is handed back with it, and
 * nobody is asked.
 */
export async function findImage(
  { image: reference }: WantedImage,
  allow: readonly Allowance[],
  sessionAt: (place: Place) => Session,
): Promise<FoundImage | SourceFailure> {
  const { registry, repository, tag, digest: known } = imageOf(reference)
  const name = reference.slice(0, 300)
  const wish = `the digest of ${name}`
  if (known !== '') return { ok: true, digest: known, pinned: reference, isList: false }
  // What names no registry comes from the Docker Hub, and there from `library` where it names no owner.
  const path = registry === '' && !repository.includes('/') ? `library/${repository}` : repository
  const place = repository === '' ? undefined : referenceIn(`oci://${registry === '' ? 'docker.io' : registry}/${path}`, allow)?.place
  if (place === undefined || !/^[\w][\w.-]{0,127}$/.test(tag === '' ? 'latest' : tag)) {
    return sourceFailure('bad-reference', `${wish} was not looked up: that is no image`, 'Write registry/owner/name:tag.')
  }
  const refusal = refusalOf(new URL(`/${path}`, place.origin), allow, wish)
  if (refusal !== undefined) return refusal
  const session = sessionAt(place)
  const answer = await session(`manifests/${tag === '' ? 'latest' : tag}`, {
    wish,
    largest: largestManifest,
    headers: { accept: manifestTypes },
  })
  if (!answer.ok) return answer
  const digest = digestOf(answer.body)
  const expected = headerDigest(answer)
  if (expected !== undefined && expected !== digest) return wrongDigest(wish, { expected, actual: digest, from: shown(answer.url) })
  const list = isList(answer.body)
  if (list === undefined)
    return sourceFailure(
      'unreadable',
      `${wish} was not found: ${shown(answer.url)} is no manifest with a digest`,
      'Push the image anew with a tool of today.',
    )
  return { ok: true, digest, pinned: `${reference}@${digest}`, isList: list }
}
