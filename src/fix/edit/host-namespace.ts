// Namespaces of the node that a pod shares, left where the manifests show that it works without.

import { isMapping } from '../../resource/read.ts'
import { listAt, textAt } from '../../rule/check/part.ts'
import { refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'
import { mayBeRoot, worksOnNode } from './agent.ts'
import { isServed } from './service.ts'

/** Leaves the network of the node where each port of the pod is reached by a Service. */
export const leaveHostNetwork: NamedEdit = (context) => {
  const { finding, here, pod } = context
  if (worksOnNode(finding.resource, pod) || textAt(pod, 'dnsPolicy') === 'ClusterFirstWithHostNet')
    return refuse('it works on its node, as far as the manifest shows')
  const ports = listAt(pod, 'containers').flatMap((container) => (isMapping(container) ? listAt(container, 'ports') : []))
  const isReached = ports.length > 0 && ports.every((port) => isMapping(port) && isServed(port, context))
  return isReached ? [{ op: 'remove', pointer: here }] : refuse('no Service here leads to its ports')
}

/** Leaves processes or shared memory of the node where no container may be root: others see little of them. */
export const leaveHostProcesses: NamedEdit = ({ finding, here, pod }) => {
  if (worksOnNode(finding.resource, pod)) return refuse('it works on its node, as far as the manifest shows')
  const isTold = listAt(pod, 'containers').every((container) => isMapping(container) && !mayBeRoot(container, pod))
  return isTold
    ? [{ op: 'remove', pointer: here }]
    : refuse('a container may be root, and what is root beside the node seldom does without')
}
