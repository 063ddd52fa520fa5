// An image of one platform, and lists of it, as registries hold them.

import { sha256 } from './registry-server.ts'

export const oci = 'application/vnd.oci.image.manifest.v1+json'
export const ociIndex = 'application/vnd.oci.image.index.v1+json'
export const config = '{"architecture":"amd64","os":"linux"}'
export const image = JSON.stringify({
  schemaVersion: 2,
  mediaType: oci,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(config), size: config.length },
  layers: [],
})
/** A list in OCI's form or in Docker's. */
export const listOf = (mediaType: string) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType,
    manifests: [{ mediaType: oci, digest: sha256(image), size: image.length, platform: { os: 'linux', architecture: 'amd64' } }],
  })
