// A port of the node that a container takes, given back where a Service leads to the container.

import { isMapping } from '../../resource/read.ts'
import { above, valueAt } from '../../text/pointer.ts'
import { refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'
import { isAgent } from './agent.ts'
import { isServed } from './service.ts'

/** Removes hostPort where a Service selects the pod and leads to the same port; what an agent on every node listens on is meant to be reached there. */
export const closeHostPort: NamedEdit = (context) => {
  const { finding, here } = context
  if (isAgent(finding.resource)) return refuse('what runs on every node may be reached by the address of the node')
  const port = valueAt(finding.resource.value, above(here))
  return isMapping(port) && isServed(port, context) ? [{ op: 'remove', pointer: here }] : refuse('no Service here leads to the port')
}
