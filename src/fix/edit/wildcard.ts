// Names in place of the wildcards of a Role's entry, where it can be told what they stand for.

import { isMapping, listOf } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { entryOf, isOfMeasurements } from '../../rule/check/grant.ts'
import { mappingAt, textAt } from '../../rule/check/part.ts'
import { valueAt } from '../../text/pointer.ts'
import { type Change, refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

/** The verbs of Kubernetes' own clients; special ones (bind, escalate, impersonate, use, approve) have to be named. */
const ordinaryVerbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']

/** All resources of Kubernetes' own groups that are small enough to be named. https://kubernetes.io/docs/reference/kubernetes-api/ */
const resourcesOf: Readonly<Record<string, readonly string[]>> = {
  apps: [
    'controllerrevisions',
    'daemonsets',
    'deployments',
    'deployments/scale',
    'replicasets',
    'replicasets/scale',
    'statefulsets',
    'statefulsets/scale',
  ],
  batch: ['cronjobs', 'jobs'],
  autoscaling: ['horizontalpodautoscalers'],
  policy: ['poddisruptionbudgets'],
  'networking.k8s.io': ['ingressclasses', 'ingresses', 'networkpolicies'],
  'coordination.k8s.io': ['leases'],
  'discovery.k8s.io': ['endpointslices'],
  'storage.k8s.io': ['csidrivers', 'csinodes', 'csistoragecapacities', 'storageclasses', 'volumeattachments'],
  'metrics.k8s.io': ['nodes', 'pods'],
  'scheduling.k8s.io': ['priorityclasses'],
}

/** Names in place of `*`: the ordinary verbs, and the resources of groups that are known, or defined by what is installed with the Role. Measurements are read and no more. */
export const namesForWildcards: NamedEdit = ({ finding, self, item, world, definitionsOf, isForeign }) => {
  const entry = entryOf(self)
  if (isOfMeasurements(entry)) return [{ op: 'set', pointer: `${item}/verbs`, value: ['get', 'list'] }]
  const changes: Change[] = []
  if (entry.resources.includes('*')) {
    if (isForeign && entry.apiGroups.some((group) => resourcesOf[group] === undefined))
      return refuse('its next version may bring resources that no list names yet')
    const known = entry.apiGroups.map((group) => resourcesOf[group] ?? definedIn([...world, ...definitionsOf(finding.resource)], group))
    if (known.length === 0 || known.some((names) => names.length === 0)) return refuse('no list says which resources are used')
    changes.push({ op: 'set', pointer: `${item}/resources`, value: [...new Set(known.flat())] })
  }
  if (entry.verbs.includes('*'))
    changes.push({
      op: 'set',
      pointer: `${item}/verbs`,
      value: [...new Set([...ordinaryVerbs, ...entry.verbs.filter((verb) => verb !== '*')])],
    })
  return isMapping(self) && changes.length > 0 ? changes : refuse('there is no wildcard')
}

/** The resources of a group that definitions make, with the parts of them that are asked for by names of their own. */
function definedIn(world: readonly Resource[], group: string): readonly string[] {
  const definitions = world.filter(({ id, value }) => id.kind === 'CustomResourceDefinition' && valueAt(value, '/spec/group') === group)
  return [...new Set(definitions.flatMap(({ value }) => namesOf(value)))].sort()
}

function namesOf(definition: Resource['value']): readonly string[] {
  const spec = mappingAt(definition, 'spec')
  const plural = textAt(mappingAt(spec, 'names'), 'plural')
  const parts = [spec, ...listOf(spec['versions'])].flatMap((version) =>
    isMapping(version) ? Object.keys(mappingAt(version, 'subresources')) : [],
  )
  return plural === '' ? [] : [plural, `${plural}/finalizers`, ...parts.map((part) => `${plural}/${part}`)]
}
