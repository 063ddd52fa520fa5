// Which digest an image's tag means now.

import { digestWish } from '../../render/image-address.ts'
import type { FoundImage, SourceFailure, WantedImage } from '../../render/source.ts'
import { imageOf } from '../../resource/image.ts'
import { imageManifest, type Registry } from './image-manifest.ts'

/** An image that has a digest is handed back with it, and nobody is asked. */
export async function findImage({ image }: WantedImage, registry: Registry): Promise<FoundImage | SourceFailure> {
  const { digest: known } = imageOf(image)
  if (known !== '') return { ok: true, digest: known, pinned: image, isList: false }
  const manifest = await imageManifest(image, digestWish(image), registry)
  if (!manifest.ok) return manifest
  const { digest, isList } = manifest
  return { ok: true, digest, pinned: `${image}@${digest}`, isList }
}
