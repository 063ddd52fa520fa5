// The parts of an object that rules look at: pods, containers, volumes, RBAC rules and subjects, each with its place.

import { valueAt } from '../text/pointer.ts'
import { isMapping, type Mapping } from './read.ts'
import type { Resource } from './resource.ts'

/** A part of an object and the JSON Pointer to it inside the object. */
export type Part = { readonly value: Mapping; readonly pointer: string }

/** Kinds of the built-in groups by the way to their pod spec. The group is left open where old versions of an API lived in another. */
const podTemplates: Readonly<Record<string, string>> = {
  Pod: '/spec',
  PodTemplate: '/template/spec',
  Deployment: '/spec/template/spec',
  ReplicaSet: '/spec/template/spec',
  ReplicationController: '/spec/template/spec',
  StatefulSet: '/spec/template/spec',
  DaemonSet: '/spec/template/spec',
  Job: '/spec/template/spec',
  CronJob: '/spec/jobTemplate/spec/template/spec',
  // OpenShift's first API had it in the core group.
  DeploymentConfig: '/spec/template/spec',
}

const builtInGroups: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'extensions'])

/** Custom resources that hold a pod spec at a known place, `group/Kind`. */
const customTemplates: Readonly<Record<string, readonly string[]>> = {
  'apps.openshift.io/DeploymentConfig': ['/spec/template/spec'],
  'argoproj.io/Rollout': ['/spec/template/spec'],
  'apps.kruise.io/CloneSet': ['/spec/template/spec'],
  'apps.kruise.io/StatefulSet': ['/spec/template/spec'],
  'apps.kruise.io/DaemonSet': ['/spec/template/spec'],
  'apps.kruise.io/AdvancedCronJob': ['/spec/template/jobTemplate/spec/template/spec'],
  'serving.knative.dev/Service': ['/spec/template/spec'],
  'serving.knative.dev/Configuration': ['/spec/template/spec'],
  'serving.knative.dev/Revision': ['/spec'],
  'keda.sh/ScaledJob': ['/spec/jobTargetRef/template/spec'],
  'batch.volcano.sh/Job': ['/spec/tasks/*/template/spec'],
  'kubeflow.org/PyTorchJob': ['/spec/pytorchReplicaSpecs/Master/template/spec', '/spec/pytorchReplicaSpecs/Worker/template/spec'],
  'monitoring.coreos.com/Prometheus': ['/spec'],
  'monitoring.coreos.com/Alertmanager': ['/spec'],
  'monitoring.coreos.com/ThanosRuler': ['/spec'],
  'jenkins.io/Jenkins': ['/spec/master'],
  'ray.io/RayCluster': ['/spec/headGroupSpec/template/spec', '/spec/workerGroupSpecs/*/template/spec'],
}

/** The pod specs of an object; none for objects without. A place that holds something else than a mapping is no pod spec. */
export function podsIn(resource: Resource): readonly Part[] {
  const { group, kind } = resource.id
  const builtIn = builtInGroups.has(group) ? podTemplates[kind] : undefined
  if (builtIn !== undefined) return partsAt(resource.value, builtIn)
  return (customTemplates[`${group}/${kind}`] ?? []).flatMap((pointer) => partsAt(resource.value, pointer))
}

/** Whether the pod whose spec `podPointer` leads to has all of these labels, with these values. */
export function isLabelled({ value }: Resource, podPointer: string, wanted: Mapping): boolean {
  const labels = valueAt(value, `${podPointer.replace(/\/spec$/, '')}/metadata/labels`)
  return isMapping(labels) && Object.entries(wanted).every(([name, label]) => labels[name] === label)
}

/** The containers of a pod spec: init and ephemeral ones too. */
export function containersIn(pod: Part): readonly Part[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => itemsOf(pod, list))
}

/** The volumes of a pod spec. */
export function volumesIn(pod: Part): readonly Part[] {
  return itemsOf(pod, 'volumes')
}

/** The spec of a PersistentVolume: a volume that pods use by name. */
export function persistentVolumeIn(resource: Resource): readonly Part[] {
  if (resource.id.group !== '' || resource.id.kind !== 'PersistentVolume') return []
  return partsAt(resource.value, '/spec')
}

/** The entries of `rules` of a Role or ClusterRole. */
export function rbacRulesIn(resource: Resource): readonly Part[] {
  if (!isRbac(resource, /^(?:cluster)?role$/i)) return []
  return itemsOf({ value: resource.value, pointer: '' }, 'rules')
}

/** The entries of `subjects` of a RoleBinding or ClusterRoleBinding. */
export function subjectsIn(resource: Resource): readonly Part[] {
  if (!isRbac(resource, /^(?:cluster)?rolebinding$/i)) return []
  return itemsOf({ value: resource.value, pointer: '' }, 'subjects')
}

/** A kind in another case (`ClusterRolebinding`) is rejected by the API server and then corrected: what it grants is said at once. */
function isRbac({ id }: Resource, kind: RegExp): boolean {
  return (id.group === 'rbac.authorization.k8s.io' || id.group === 'authorization.openshift.io') && kind.test(id.kind)
}

function itemsOf({ value, pointer }: Part, list: string): readonly Part[] {
  const items = value[list]
  if (!Array.isArray(items)) return []
  return items.flatMap((item: unknown, index) => (isMapping(item) ? [{ value: item, pointer: `${pointer}/${list}/${index}` }] : []))
}

/** The mappings at a pointer in which `*` is every item of a list. */
function partsAt(root: Mapping, pattern: string): readonly Part[] {
  const steps = stepsOf(pattern)
  const follow = (part: Part, at: number): readonly Part[] => {
    const step = steps[at]
    if (step === undefined) return [part]
    if (step.isList) return itemsOf(part, step.name).flatMap((item) => follow(item, at + 1))
    const value = part.value[step.name]
    return isMapping(value) ? follow({ value, pointer: `${part.pointer}/${step.name}` }, at + 1) : []
  }
  return follow({ value: root, pointer: '' }, 0)
}

type Step = { readonly name: string; readonly isList: boolean }
const known = new Map<string, readonly Step[]>()

/** Every object is asked for the same few patterns. */
function stepsOf(pattern: string): readonly Step[] {
  const before = known.get(pattern)
  if (before !== undefined) return before
  const segments = pattern.split('/').slice(1)
  const found = segments.flatMap((name, at) => (name === '*' ? [] : [{ name, isList: segments[at + 1] === '*' }]))
  known.set(pattern, found)
  return found
}
