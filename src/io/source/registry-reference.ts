// Addresses of OCI registries: `oci://host/path[:tag][@digest]`.

import { type Allowance, hostOf, isLoopback, urlOf } from '../../render/allowance.ts'
import { repositoryForm } from '../../render/image-address.ts'
import type { Place } from './registry-session.ts'

export type Reference = { readonly place: Place; readonly tag?: string; readonly digest?: string }

const form = new RegExp(`^oci://([^/@]+)/(${repositoryForm})(?::([\\w][\\w.+-]{0,127}))?(?:@(sha256:[\\da-f]{64}))?$`, 'i')

/** What an address names; undefined for one that names no repository. Without https where the policy says so, and on this machine, where registries seldom have it. */
export function referenceIn(address: string, allow: readonly Allowance[]): Reference | undefined {
  if (address.length > 1_024) return undefined
  const [, host, repository, tag, digest] = form.exec(address.replace(/\/+$/, '')) ?? []
  const origin = host === undefined ? undefined : urlOf(`https://${host}`)
  if (origin === undefined || repository === undefined || repository !== repository.toLowerCase()) return undefined
  const plain = isLoopback(origin) || allow.some((one) => one.plain && one.host === origin.host)
  const place = { origin: new URL(`${plain ? 'http' : 'https'}://${hostOf(origin)}`), repository }
  return { place, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

/** A tag has no `+`: Helm writes `_` in its place. */
export function tagOf(version: string): string {
  return version.replaceAll('+', '_')
}

export function versionOf(tag: string): string {
  return tag.replaceAll('_', '+')
}
