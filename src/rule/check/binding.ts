// Checks of bindings: who holds a role that should not be handed to them.

import { isMapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import type { Check, Checked, Item } from '../item.ts'
import { labelOf } from './label.ts'

type Subject = { readonly kind: string; readonly name: string; readonly namespace: string }
type Binding = {
  readonly label: string
  readonly name: string
  readonly roleKind: string
  readonly roleName: string
  readonly subjects: readonly Subject[]
}

type SubjectRule = {
  readonly matches: (subject: Subject) => boolean
  /** Roles made to be bound to such subjects. */
  readonly meant: readonly string[]
  readonly message: (subject: Subject, binding: Binding) => string
}

/** By rule id. */
const subjectRules: Readonly<Record<string, SubjectRule>> = {
  'rbac-anonymous-binding': {
    matches: ({ kind, name }) =>
      (kind === 'User' && name === 'system:anonymous') || (kind === 'Group' && name === 'system:unauthenticated'),
    meant: ['system:public-info-viewer', 'system:service-account-issuer-discovery'],
    message: ({ name }, binding) =>
      `${binding.label} gives ${roleOf(binding)} to ${name}: whoever reaches the API server holds it. Name a group or account.`,
  },
  'rbac-authenticated-binding': {
    matches: ({ kind, name }) =>
      kind === 'Group' &&
      (name === 'system:authenticated' || name === 'system:serviceaccounts' || name.startsWith('system:serviceaccounts:')),
    meant: ['system:basic-user', 'system:discovery', 'system:public-info-viewer', 'system:service-account-issuer-discovery'],
    message: ({ name }, binding) =>
      `${binding.label} gives ${roleOf(binding)} to ${everybody(name)}. Name the group or account that needs it.`,
  },
  'rbac-system-masters-binding': {
    matches: ({ kind, name }) => kind === 'Group' && name === 'system:masters',
    meant: [],
    message: (_, binding) =>
      `${binding.label} names the group system:masters, whose members pass every authorization check. Bind a group of your own.`,
  },
  'rbac-default-sa-binding': {
    matches: ({ kind, name }) => kind === 'ServiceAccount' && name === 'default',
    meant: [],
    message: ({ namespace }, binding) =>
      `${binding.label} gives ${roleOf(binding)} to the service account default${namespace === '' ? '' : ` of ${namespace}`}, that is to every pod without one of its own. Bind a service account of the workload.`,
  },
}

/** The checks of subjects by name, each with the name of its rule. */
export const subjectChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  Object.entries(subjectRules).map(([id, rule]) => [id, (item: Item) => subjectFaults(rule, item)]),
)

function subjectFaults(rule: SubjectRule, { self, resource }: Item): readonly Checked[] {
  const subject = subjectOf(self)
  if (!rule.matches(subject)) return []
  const binding = bindingOf(resource)
  if (rule.meant.includes(binding.roleName) || isBuiltIn(binding)) return []
  return [{ pointer: '/name', message: rule.message(subject, binding), extent: [] }]
}

/** A binding of the ClusterRole cluster-admin; it reaches as far as its subjects. */
export function clusterAdmin({ resource }: Item): readonly Checked[] {
  const binding = bindingOf(resource)
  if (binding.roleKind !== 'ClusterRole' || binding.roleName !== 'cluster-admin' || isBuiltIn(binding)) return []
  const holders = binding.subjects.map(({ kind, namespace, name }) => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`)
  const scope = resource.id.kind === 'ClusterRoleBinding' ? 'the whole cluster' : 'everything in its namespace'
  return [
    {
      pointer: '/roleRef/name',
      message: `${binding.label} gives ${scope} to ${holders.slice(0, 4).join(', ') || 'nobody yet'}${holders.length > 4 ? ` and ${holders.length - 4} more` : ''}: it binds cluster-admin. Bind a role with the rights that are used.`,
      extent: holders,
    },
  ]
}

function bindingOf(resource: Resource): Binding {
  const { roleRef, subjects } = resource.value
  const ref = isMapping(roleRef) ? roleRef : {}
  return {
    label: labelOf(resource),
    name: resource.id.name,
    roleKind: text(ref['kind']),
    roleName: text(ref['name']),
    subjects: Array.isArray(subjects) ? subjects.map(subjectOf) : [],
  }
}

/** The one binding of cluster-admin that every cluster is born with. */
function isBuiltIn(binding: Binding): boolean {
  const [only] = binding.subjects
  return (
    binding.name === 'cluster-admin' &&
    binding.roleName === 'cluster-admin' &&
    binding.subjects.length === 1 &&
    only?.name === 'system:masters'
  )
}

function subjectOf(value: unknown): Subject {
  const fields = isMapping(value) ? value : {}
  return { kind: text(fields['kind']), name: text(fields['name']), namespace: text(fields['namespace']) }
}

function roleOf({ roleKind, roleName }: Binding): string {
  return `${roleKind} "${roleName}"`
}

function everybody(group: string): string {
  if (group === 'system:authenticated') return 'system:authenticated, that is to everybody with an account'
  if (group === 'system:serviceaccounts') return 'system:serviceaccounts, that is to every pod of the cluster'
  return `${group}, that is to every pod of that namespace`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
