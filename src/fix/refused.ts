// What Kubernetes refuses or never starts although every field alone is right: no edit may lead there.

import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { containersIn, podsIn } from '../resource/select.ts'
import { capabilityName } from '../rule/check/capability.ts'
import { listAt, mappingAt, textAt } from '../rule/check/part.ts'

/** The contradictions of an object, each a sentence's end. https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
export function contradictionsIn(resource: Resource): readonly string[] {
  return podsIn(resource).flatMap((pod) => containersIn(pod).flatMap((container) => contradictionsOf(container.value, pod.value)))
}

function contradictionsOf(container: Mapping, pod: Mapping): readonly string[] {
  const own = mappingAt(container, 'securityContext')
  const shared = mappingAt(pod, 'securityContext')
  const name = textAt(container, 'name')
  const added = listAt(mappingAt(own, 'capabilities'), 'add').map((capability) => capabilityName(String(capability)))
  const isMighty = own['privileged'] === true || added.includes('SYS_ADMIN')
  const user = own['runAsUser'] ?? shared['runAsUser']
  const isNoRoot = own['runAsNonRoot'] ?? shared['runAsNonRoot']
  return [
    ...(own['allowPrivilegeEscalation'] === false && isMighty
      ? [`container ${name} has allowPrivilegeEscalation: false beside privileged or SYS_ADMIN, which Kubernetes refuses`]
      : []),
    ...(isNoRoot === true && user === 0 ? [`container ${name} has runAsNonRoot: true beside the user 0, with which it never starts`] : []),
    ...doubled(listAt(container, 'volumeMounts'), 'mountPath').map(
      (path) => `container ${name} mounts ${path} twice, which Kubernetes refuses`,
    ),
    ...doubled(listAt(pod, 'volumes'), 'name').map((volume) => `the volume ${volume} is there twice, which Kubernetes refuses`),
  ]
}

function doubled(items: readonly unknown[], key: string): readonly string[] {
  const names = items.map((item) => (isMapping(item) ? textAt(item, key) : ''))
  return names.filter((name, at) => name !== '' && names.indexOf(name) < at)
}
