// Whether an image comes from a registry that is trusted.

import { imageOf } from '../../resource/image.ts'
import type { Checked, Item } from '../item.ts'
import { labelOf, textAt } from './part.ts'

/** Registries where anybody may publish under a name of their own. */
const open: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
  'public.ecr.aws',
  'k8s.gcr.io',
  'registry.gitlab.com',
])

/** With `registries` in the policy: any other one. Without: those where anybody may publish. */
export function untrustedRegistry(item: Item): readonly Checked[] {
  const reference = textAt(item.self, 'image')
  // What a placeholder stands for is not known here.
  if (reference === '' || reference.includes('$')) return []
  const { registry, repository } = imageOf(reference)
  const host = registry === '' ? 'docker.io' : registry
  const trusted = item.facts.registries
  const full = `${host}/${repository}`
  const bad =
    trusted.length === 0 ? open.has(host) : !trusted.some((name) => host === name || full.startsWith(`${name.replace(/\/$/, '')}/`))
  if (!bad) return []
  const allowed = trusted.length === 0 ? 'anybody may publish there; use a registry of your own' : `trusted are ${trusted.join(', ')}`
  const shown = reference.length > 120 ? `${reference.slice(0, 119)}…` : reference
  return [{ pointer: '/image', message: `${labelOf(item, 'Container')} runs ${shown} from ${host}: ${allowed}.`, extent: [] }]
}
