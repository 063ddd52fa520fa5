// Which user an image starts as: what its configuration in the registry names.

import { userWish } from '../../render/image-address.ts'
import { type FoundUser, type SourceFailure, sourceFailure, type WantedImage } from '../../render/source.ts'
import { fetchBlob } from './blob.ts'
import { configIn, linuxIn, userIn } from './image-config.ts'
import { type ImageManifest, imageManifest, manifestAt, type Registry } from './image-manifest.ts'

/** Configurations have some kilobytes; the history of an image is in them. */
const largestConfig = 1_024 * 1_024

/** Asks for the manifest, for that of one platform where it is a list, and for the configuration; each is held against its digest. */
export async function findUser(
  { image }: WantedImage,
  registry: Registry & { readonly folder: string },
): Promise<FoundUser | SourceFailure> {
  const wish = userWish(image)
  const unreadable = ({ reason }: { readonly reason: string }) =>
    sourceFailure('unreadable', `${wish} was not found: ${reason}`, 'Look at the image with docker image inspect.')
  const first = await imageManifest(image, wish, registry)
  if (!first.ok) return first
  const manifest = await ofLinux(first, wish)
  if ('reason' in manifest) return unreadable(manifest)
  if (!manifest.ok) return manifest
  const config = configIn(manifest.body)
  if ('reason' in config) return unreadable(config)
  const blob = await fetchBlob({ session: manifest.session, folder: registry.folder }, config, { wish, largest: largestConfig })
  if (!blob.ok) return blob
  const user = userIn(blob.bytes)
  return typeof user === 'string' ? { ok: true, user } : unreadable(user)
}

/** Images are built for all platforms from the same lines, so one of them speaks for all. */
async function ofLinux(manifest: ImageManifest, wish: string): Promise<ImageManifest | SourceFailure | { readonly reason: string }> {
  if (!manifest.isList) return manifest
  const digest = linuxIn(manifest.body)
  if (digest === undefined) return { reason: 'its list names no image for Linux' }
  const one = await manifestAt(manifest.session, digest, wish)
  return one.ok && one.isList ? { reason: 'its list leads to another list' } : one
}
