// What lists, manifests and configurations of images say, as far as it is needed to know the user. They come from outside, so nothing of them is taken for granted.

import { isMapping } from '../../resource/read.ts'
import { type Descriptor, descriptorOf, objectIn } from './manifest.ts'

type Reason = { readonly reason: string }

const configTypes = ['application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json']

/** The digest of the image for Linux in a list: that for amd64 where there is one, else the first. */
export function linuxIn(body: Buffer): string | undefined {
  const manifests = objectIn(body)?.['manifests']
  const found = (Array.isArray(manifests) ? manifests : []).flatMap((entry) => {
    const platform = isMapping(entry) && isMapping(entry['platform']) ? entry['platform'] : {}
    const descriptor = platform['os'] === 'linux' ? descriptorOf(entry) : undefined
    return descriptor === undefined ? [] : [{ ...descriptor, architecture: platform['architecture'] }]
  })
  return (found.find(({ architecture }) => architecture === 'amd64') ?? found[0])?.digest
}

/** Where the configuration of an image is, or why nowhere. */
export function configIn(body: Buffer): Descriptor | Reason {
  const config = objectIn(body)?.['config']
  const type = isMapping(config) ? String(config['mediaType']) : ''
  if (!configTypes.includes(type)) return { reason: `it is no image but ${type.slice(0, 100)}` }
  return descriptorOf(config) ?? { reason: 'its manifest names the configuration by no sha256' }
}

/** The user of a configuration without its group; empty where none is named, which is root. */
export function userIn(body: Buffer): string | Reason {
  const whole = objectIn(body)
  if (whole === undefined) return { reason: 'its configuration is no JSON' }
  if (whole['os'] !== 'linux') return { reason: `it is made for ${String(whole['os']).slice(0, 100)}` }
  const config = isMapping(whole['config']) ? whole['config'] : {}
  const user = config['User'] ?? ''
  const name = typeof user === 'string' ? user.split(':', 1)[0] : undefined
  return name !== undefined && /^[\w.-]{0,64}$/.test(name) ? name : { reason: 'what its configuration names as the user is none' }
}
