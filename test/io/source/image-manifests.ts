// An image of one platform, and lists of it, as registries hold them.

import { sha256 } from './registry-server.ts'

export const oci = 'application/vnd.oci.image.manifest.v1+json'
export const ociIndex = 'application/vnd.oci.image.index.v1+json'
export const config = '{"architecture":"amd64","os":"linux"}'
/** An image whose configuration is this text, or that says something else of it. */
export const imageWith = (text: string, told: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: oci,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(text), size: text.length, ...told },
    layers: [],
  })
export const image = imageWith(config)
/** A list in OCI's form or in Docker's. */
export const listOf = (mediaType: string) => listWith(mediaType, { 'linux/amd64': image })
/** A list of manifests by platform. */
export const listWith = (mediaType: string, images: Readonly<Record<string, string>>) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType,
    manifests: Object.entries(images).map(([platform, manifest]) => {
      const [os, architecture] = platform.split('/')
      return { mediaType: oci, digest: sha256(manifest), size: manifest.length, platform: { os, architecture } }
    }),
  })
