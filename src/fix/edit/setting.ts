// Edits of single settings whose right value depends on what stands there.

import { lifecycleOf } from '../../kubernetes/lifecycle.ts'
import { isMapping } from '../../resource/read.ts'
import { textAt } from '../../rule/check/part.ts'
import { above, pointerTo, segmentsOf, valueAt } from '../../text/pointer.ts'
import { refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

/** The runtime's own AppArmor profile, in the words of the place: a field or the annotation of old. */
export const defaultApparmor: NamedEdit = ({ here }) => {
  const value = here.endsWith('/appArmorProfile/type') ? 'RuntimeDefault' : 'runtime/default'
  return [{ op: 'set', pointer: here, value }]
}

/** registry.k8s.io in place of the frozen registries of Kubernetes: the same images under the same names. */
export const movedRegistry: NamedEdit = ({ self, item }) => {
  const image = textAt(self, 'image')
  const moved = image.replace(/^(?:k8s\.gcr\.io|gcr\.io\/google_containers)\//, 'registry.k8s.io/')
  return moved === image
    ? refuse('the image does not begin with the name of the registry')
    : [{ op: 'set', pointer: `${item}/image`, value: moved }]
}

/** The check of certificates switched on: the switch turned, or the argument that turns it taken away. */
export const checkCertificates: NamedEdit = ({ finding, here }) => {
  const value = valueAt(finding.resource.value, here)
  if (!hasAuthority(finding.resource.value, here)) return refuse('no authority is named that a certificate could be checked by')
  if (value === true) return [{ op: 'set', pointer: here, value: false }]
  if (typeof value !== 'string') return refuse('the switch has no form that is known')
  if (value.includes('\n')) return refuse('the switch stands in a text of several lines')
  const list = above(here)
  const isItem = Array.isArray(valueAt(finding.resource.value, list))
  if (isItem && !value.includes('=')) return [{ op: 'remove', pointer: list, item: value }]
  const [, before = '', word = ''] = /^(.*=)?([^=]*)$/.exec(value) ?? []
  const turned = opposites[word.toLowerCase()]
  return turned === undefined ? refuse('the switch has no form that is known') : [{ op: 'set', pointer: here, value: before + turned }]
}

const authority =
  /(?:^|[._-])(?:ca|cacerts?|certificate-authority)(?:$|[._-])|ssl[._-]cert|^(?:root)?ca(?:file|cert|certs|bundle|data|path)?$/i

/** Whether an authority to check by stands beside the switch: a key, an argument, a variable. */
function hasAuthority(object: unknown, here: string): boolean {
  const way = segmentsOf(here)
  const [beside, around] = [1, 2].map((up) => valueAt(object, pointerTo(way.slice(0, way.length - up))))
  const words = Array.isArray(beside) ? beside : Array.isArray(around) ? around.map(nameIn) : Object.keys(beside ?? {})
  return words.some((word) => typeof word === 'string' && authority.test(word.split('=', 1)[0] ?? ''))
}

function nameIn(variable: unknown): unknown {
  return isMapping(variable) ? variable['name'] : undefined
}

const opposites: Readonly<Record<string, string>> = { true: 'false', yes: 'no', '1': '0', '0': '1' }

/** Kinds whose fields are the same in the version that takes the old one's place. https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const unchanged: ReadonlySet<string> = new Set([
  'batch/v1beta1 CronJob',
  'rbac.authorization.k8s.io/v1beta1 Role',
  'rbac.authorization.k8s.io/v1beta1 ClusterRole',
  'rbac.authorization.k8s.io/v1beta1 RoleBinding',
  'rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding',
  'scheduling.k8s.io/v1beta1 PriorityClass',
  'storage.k8s.io/v1beta1 StorageClass',
  'storage.k8s.io/v1beta1 CSIDriver',
  'storage.k8s.io/v1beta1 CSINode',
  'storage.k8s.io/v1beta1 VolumeAttachment',
  'storage.k8s.io/v1beta1 CSIStorageCapacity',
  'coordination.k8s.io/v1beta1 Lease',
  'networking.k8s.io/v1beta1 IngressClass',
  'extensions/v1beta1 NetworkPolicy',
  'node.k8s.io/v1beta1 RuntimeClass',
  'autoscaling/v2beta2 HorizontalPodAutoscaler',
  'apiregistration.k8s.io/v1beta1 APIService',
  'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema',
  'flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration',
])
const workload = /^(?:extensions\/v1beta1|apps\/v1beta[12]) (?:Deployment|DaemonSet|StatefulSet|ReplicaSet)$/

/** The API version that takes the old one's place, where the fields stay the same. */
export const newApiVersion: NamedEdit = ({ finding: { resource } }) => {
  const { apiVersion, id, value } = resource
  const replacement = lifecycleOf(apiVersion, id.kind)?.replacement
  if (replacement === undefined) return refuse('nothing takes its place')
  const name = `${apiVersion} ${id.kind}`
  const hasSelector = valueAt(value, '/spec/selector/matchLabels') !== undefined
  // A policy without a selector chose nothing in the old version and everything in the new one.
  const isSame = unchanged.has(name) || ((workload.test(name) || name === 'policy/v1beta1 PodDisruptionBudget') && hasSelector)
  if (!isSame) return refuse(`the fields of ${replacement} differ: read the deprecation guide`)
  const [version = '', kind = id.kind] = replacement.split(' ')
  return kind === id.kind ? [{ op: 'set', pointer: '/apiVersion', value: version }] : refuse(`the kind changes to ${kind}`)
}

/** The key that counts stays, the one that counts for nothing goes. */
export const oneKey: NamedEdit = ({ finding }) => [{ op: 'deduplicate', pointer: finding.pointer }]
