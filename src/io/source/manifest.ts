// Manifests of OCI registries: what is asked for, and what they say of a chart.

import { isMapping } from '../../resource/read.ts'
import type { Had } from './web.ts'

const chartConfig = 'application/vnd.cncf.helm.config.v1+json'
/** The second is that of charts pushed before Helm 3.7, the third that of Flux's artifacts. */
const archives = [
  'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  'application/tar+gzip',
  'application/vnd.cncf.flux.content.v1.tar+gzip',
]

/** What is asked for as a manifest; the lists are asked for so that they can be named. */
export const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ')

/** What registries hold themselves to: the distribution specification asks for manifests of up to 4 MiB. */
export const largestManifest = 4 * 1_024 * 1_024

/** The digest that the registry gives beside a manifest. */
export function headerDigest({ headers }: Had): string | undefined {
  const value = headers['docker-content-digest']
  return typeof value === 'string' && value.startsWith('sha256:') ? value : undefined
}

/** How a manifest names what belongs to it. */
export type Descriptor = { readonly digest: string; readonly size: number }
export type Layer = Descriptor & { readonly version?: string }

/** The one layer that holds the archive, or why there is none, for people. */
export function archiveIn(body: Buffer): Layer | { readonly reason: string } {
  const manifest = objectIn(body)
  if (manifest === undefined) return { reason: 'is no manifest' }
  if (Array.isArray(manifest['manifests'])) return { reason: 'is a list of images, not a chart' }
  const layers = Array.isArray(manifest['layers']) ? manifest['layers'].filter(isMapping) : []
  const found = layers.filter(({ mediaType }) => typeof mediaType === 'string' && archives.includes(mediaType))
  const config = isMapping(manifest['config']) ? manifest['config']['mediaType'] : undefined
  const [layer] = found
  if (layer === undefined || found.length > 1) {
    return {
      reason: config === chartConfig ? `holds ${found.length} archives instead of one` : `is no chart but ${String(config).slice(0, 100)}`,
    }
  }
  const named = descriptorOf(layer)
  if (named === undefined) return { reason: 'names its archive by no sha256' }
  const annotations = isMapping(manifest['annotations']) ? manifest['annotations'] : {}
  const version = annotations['org.opencontainers.image.version']
  return { ...named, ...(typeof version === 'string' ? { version } : {}) }
}

/** Whether a manifest is one, and whether it is a list of others. Undefined for what is none. */
export function isList(body: Buffer): boolean | undefined {
  const manifest = objectIn(body)
  if (manifest === undefined) return undefined
  if (Array.isArray(manifest['manifests'])) return true
  // The first version of Docker's manifests is signed in itself and has no digest of its own.
  return Array.isArray(manifest['layers']) && isMapping(manifest['config']) ? false : undefined
}

/** The digest and the size, where it gives both. */
export function descriptorOf(value: unknown): Descriptor | undefined {
  if (!isMapping(value)) return undefined
  const { digest, size } = value
  const isNamed = typeof digest === 'string' && /^sha256:[\da-f]{64}$/.test(digest)
  return isNamed && typeof size === 'number' ? { digest, size } : undefined
}

/** What a JSON text holds, where it is an object. */
export function objectIn(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isMapping(value) ? value : undefined
  } catch {
    return undefined
  }
}
