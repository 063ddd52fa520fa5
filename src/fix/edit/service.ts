// Ways to a pod that are not the address of its node.

import { isMapping, type Mapping } from '../../resource/read.ts'
import { isLabelled } from '../../resource/select.ts'
import { listAt, mappingAt } from '../../rule/check/part.ts'
import type { Context } from '../context.ts'

/** Whether a Service that lands with the pod selects it and leads to the port of a container. */
export function isServed(port: Mapping, { finding: { resource }, podPointer, world }: Context): boolean {
  return world.some(({ id, value }) => {
    if (id.kind !== 'Service' || id.namespace !== resource.id.namespace) return false
    const spec = mappingAt(value, 'spec')
    const selector = mappingAt(spec, 'selector')
    if (Object.keys(selector).length === 0 || !isLabelled(resource, podPointer, selector)) return false
    return listAt(spec, 'ports').some((one) => {
      const target = isMapping(one) ? (one['targetPort'] ?? one['port']) : undefined
      return target !== undefined && (target === port['containerPort'] || target === port['name'])
    })
  })
}
