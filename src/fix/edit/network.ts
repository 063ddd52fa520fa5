// A NetworkPolicy that lets every namespace in: narrowed to those whose pods the manifests show.

import { isMapping, type Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { isLabelled, podsIn } from '../../resource/select.ts'
import { mappingAt } from '../../rule/check/part.ts'
import { above, valueAt } from '../../text/pointer.ts'
import { type Json, refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

const nameLabel = 'kubernetes.io/metadata.name'

/** Selects, by name, the namespace of the policy and those with pods that the peer selects by their labels. */
export const nameNamespaces: NamedEdit = ({ finding, here, world }) => {
  const { resource } = finding
  if (resource.document.rendering?.by === 'chart') return refuse('a chart lands where its release says, and whoever calls with it')
  const own = resource.id.namespace
  const peer = valueAt(resource.value, above(here))
  const labels = mappingAt(isMapping(peer) ? mappingAt(peer, 'podSelector') : undefined, 'matchLabels')
  const callers = Object.keys(labels).length === 0 ? [] : world.filter((other) => other.id.namespace !== '' && hasLabels(other, labels))
  if (callers.length === 0) return refuse('no manifest says which namespaces call')
  const names = [...new Set([own, ...callers.map(({ id }) => id.namespace)])].filter((name) => name !== '').sort()
  const value: Json =
    names.length === 1
      ? { matchLabels: { [nameLabel]: names[0] ?? '' } }
      : { matchExpressions: [{ key: nameLabel, operator: 'In', values: names }] }
  return [{ op: 'set', pointer: here, value }]
}

function hasLabels(resource: Resource, wanted: Mapping): boolean {
  return podsIn(resource).some(({ pointer }) => isLabelled(resource, pointer, wanted))
}
