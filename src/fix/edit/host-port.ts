// A port of the node that a container takes, given back where a Service leads to the container.

import { isMapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { isLabelled } from '../../resource/select.ts'
import { listAt, mappingAt } from '../../rule/check/part.ts'
import { above, valueAt } from '../../text/pointer.ts'
import { refuse } from '../../yaml/change.ts'
import type { Context, NamedEdit } from '../context.ts'
import { isAgent } from './agent.ts'

/** Removes hostPort where a Service selects the pod and leads to the same port; what an agent on every node listens on is meant to be reached there. */
export const closeHostPort: NamedEdit = (context) => {
  const { finding, here, world } = context
  if (isAgent(finding.resource)) return refuse('what runs on every node may be reached by the address of the node')
  const port = valueAt(finding.resource.value, above(here))
  const leads = world.some((other) => isMapping(port) && other.id.kind === 'Service' && leadsTo(other, port, context))
  return leads ? [{ op: 'remove', pointer: here }] : refuse('no Service here leads to the port')
}

function leadsTo({ id, value }: Resource, port: Readonly<Record<string, unknown>>, { finding, podPointer }: Context): boolean {
  const spec = mappingAt(value, 'spec')
  const selector = mappingAt(spec, 'selector')
  const selects = Object.keys(selector).length > 0 && isLabelled(finding.resource, podPointer, selector)
  if (!selects || id.namespace !== finding.resource.id.namespace) return false
  return listAt(spec, 'ports').some((one) => {
    const target = isMapping(one) ? (one['targetPort'] ?? one['port']) : undefined
    return target !== undefined && (target === port['containerPort'] || target === port['name'])
  })
}
