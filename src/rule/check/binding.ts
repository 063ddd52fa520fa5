// Checks of bindings: who holds a role that should not be handed to them.

import type { Checked } from './rbac.ts'

export type Subject = { readonly kind: string; readonly name: string; readonly namespace: string }
export type Binding = {
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
    meant: ['system:public-info-viewer'],
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

/** What rule `id` says about one subject of a binding; the place is below the subject. */
export function subjectFaults(id: string, value: unknown, binding: Binding): readonly Checked[] {
  const rule = subjectRules[id]
  if (rule === undefined) throw new Error(`no subjects are known for the rule ${id}`)
  const subject = subjectOf(value)
  if (!rule.matches(subject) || rule.meant.includes(binding.roleName) || isBuiltIn(binding)) return []
  return [{ pointer: '/name', message: rule.message(subject, binding), extent: [] }]
}

/** A binding of the ClusterRole cluster-admin; it reaches as far as its subjects. The place is below the binding. */
export function clusterAdminFaults(binding: Binding, everywhere: boolean): readonly Checked[] {
  if (binding.roleKind !== 'ClusterRole' || binding.roleName !== 'cluster-admin' || isBuiltIn(binding)) return []
  const holders = binding.subjects.map(({ kind, namespace, name }) => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`)
  const scope = everywhere ? 'the whole cluster' : 'everything in its namespace'
  return [
    {
      pointer: '/roleRef/name',
      message: `${binding.label} gives ${scope} to ${holders.slice(0, 4).join(', ') || 'nobody yet'}${holders.length > 4 ? ` and ${holders.length - 4} more` : ''}: it binds cluster-admin. Bind a role with the rights that are used.`,
      extent: holders,
    },
  ]
}

/** A binding as its checks need it. */
export function bindingOf(value: Readonly<Record<string, unknown>>): Binding {
  const ref = mapping(value['roleRef'])
  const name = text(mapping(value['metadata'])['name'])
  const subjects = Array.isArray(value['subjects']) ? value['subjects'].map(subjectOf) : []
  return { label: `${text(value['kind'])} "${name}"`, name, roleKind: text(ref['kind']), roleName: text(ref['name']), subjects }
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
  const fields = mapping(value)
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

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
