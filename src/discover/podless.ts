// Workloads that a change leaves without a pod to judge: a kind that nobody knows, or a pod that is no mapping any more.

import { isMapping } from '../resource/read.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { containersIn, podsIn } from '../resource/select.ts'
import type { Graphs, Hiding, Problem } from './graph.ts'

/** Problems for objects whose containers were judged at base and that stand at head without any; `nextPath` gives the path at head of a file of base. */
export function podless({ base, head }: Graphs, nextPath: (path: string) => string): readonly Hiding[] {
  const files = new Map(head.targets.map(({ id, resources }) => [id, resources]))
  const judged = new Set(head.targets.flatMap(({ resources }) => resources.filter(isWorkload).map(({ id }) => nameOf(id))))
  return base.targets.flatMap(({ id: from, resources }) => {
    const path = nextPath(from)
    const known = new Set(resources.map(({ id }) => nameOf(id)))
    const arrived = (files.get(path) ?? []).filter(({ id }) => !known.has(nameOf(id)))
    const kept = new Map((files.get(path) ?? []).map((resource) => [nameOf(resource.id), resource]))
    return resources.filter(isWorkload).flatMap((was) => {
      const name = nameOf(was.id)
      if (judged.has(name)) return []
      const now = kept.get(name) ?? arrived.find((resource) => replaces(resource, was))
      return now === undefined ? [] : [{ problem: problemOf(path, was, now), resources: [was] }]
    })
  })
}

function isWorkload(resource: Resource): boolean {
  return podsIn(resource).some((pod) => containersIn(pod).length > 0)
}

/** An object of another kind, or one without a name, that still has containers somewhere; a Service in the place of a Deployment has none. */
function replaces(now: Resource, was: Resource): boolean {
  const named = now.id.name === was.id.name && now.id.namespace === was.id.namespace
  return (named || now.id.name === '') && !isWorkload(now) && holdsContainers(now.value)
}

function holdsContainers(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsContainers)
  if (!isMapping(value)) return false
  const { containers } = value
  return (Array.isArray(containers) && containers.some(isMapping)) || Object.values(value).some(holdsContainers)
}

function problemOf(path: string, was: Resource, now: Resource): Problem {
  const [before, after] = [nameOf(was.id), nameOf(now.id).trim()]
  const told = before === after ? 'it has no containers any more' : `it became ${after}, a kind in which no pod is known`
  return {
    code: 'no-longer-judged',
    path,
    message: `the containers of ${before} were judged before this change and are not any more: ${told}`,
    hint: 'Correct the kind and the indentation of the pod, or delete the object where it is no longer wanted.',
  }
}
