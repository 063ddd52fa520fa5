// What works for the node that it runs on.

import { isMapping, type Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { listAt, mappingAt } from '../../rule/check/part.ts'

/** Whether an object runs its pod on every node, as agents of the node do. */
export function isAgent({ id }: Resource): boolean {
  return id.kind === 'DaemonSet'
}

/** Whether a pod is an agent's, or mounts folders of its node. */
export function worksOnNode(resource: Resource, pod: Mapping | undefined): boolean {
  return isAgent(resource) || listAt(pod, 'volumes').some((volume) => isMapping(volume) && volume['hostPath'] !== undefined)
}

/** Whether a container starts as root, as far as its manifest says: it is not kept from it, and names no other user. */
export function mayBeRoot(container: Mapping, pod: Mapping | undefined): boolean {
  const settings = { ...mappingAt(pod ?? {}, 'securityContext'), ...mappingAt(container, 'securityContext') }
  return settings['runAsNonRoot'] !== true && !(Number(settings['runAsUser'] ?? 0) > 0)
}
