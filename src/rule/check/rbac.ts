// Checks of one entry of a Role: the dangerous rights that it grants, and its wildcards.

import { type Entry, entryOf, type Grant, grantOf } from './grant.ts'
import { type RightRule, rightRules } from './right.ts'

/** What a check yields: the place below the item, what is wrong there, and how far it reaches. */
export type Checked = {
  readonly pointer: string
  /** Where to look, when that is another place. */
  readonly shown?: string
  readonly message: string
  readonly extent: readonly string[]
}

/** The rights that rule `id` speaks of, granted by the entry `value` of `role` (`Role "reader"`). */
export function rightsIn(id: string, value: unknown, role: string): readonly Checked[] {
  const rule = rightRules[id]
  if (rule === undefined) throw new Error(`no rights are known for the rule ${id}`)
  const entry = entryOf(value)
  const grant = grantOf(entry, rule.rights)
  if (grant === undefined || isNarrow(rule, entry)) return []
  return [
    {
      pointer: rule.points === 'verb' ? `/verbs/${grant.verb}` : `/resources/${grant.resource}`,
      message: `${role} may ${rule.may}: it grants ${wordsOf(grant, entry)}. ${rule.allowed}`,
      extent: grant.rights,
    },
  ]
}

/** Whether the names of an entry leave nothing of the danger. */
function isNarrow(rule: RightRule, entry: Entry): boolean {
  if (entry.resourceNames.length === 0 || rule.named === 'ignored') return false
  if (rule.named === 'narrows') return true
  const { named } = rule
  return !entry.resourceNames.some((name) => named.includes(name))
}

function wordsOf(grant: Grant, entry: Entry): string {
  const names = entry.resourceNames.length === 0 ? '' : ` named ${list(entry.resourceNames)}`
  return `${list(grant.verbs)} on ${list(grant.resources)}${names}`
}

/**
 * A `*` in `resources`, else in `verbs`. A `*` in `apiGroups` alone adds nothing to named resources, and `nonResourceURLs` are no objects.
 * The finding reaches every right of the entry that a `*` grants, in the words of the entry.
 */
export function wildcardsIn(value: unknown, role: string): readonly Checked[] {
  const entry = entryOf(value)
  if (entry.resources.length === 0) return []
  const resource = entry.resources.indexOf('*')
  const verb = entry.verbs.indexOf('*')
  if (resource < 0 && verb < 0) return []
  const verbs = verb < 0 ? entry.verbs : ['*']
  const resources = resource < 0 ? entry.resources : ['*']
  const groups = entry.apiGroups.includes('*') ? ['*'] : entry.apiGroups
  const extent = verbs.flatMap((word) => groups.flatMap((group) => resources.map((name) => `${word} ${group}/${name}`)))
  const granted = `${verb < 0 ? list(entry.verbs) : 'every verb'} on ${resource < 0 ? list(entry.resources) : everyResource(groups)}`
  const place = resource < 0 ? `/verbs/${verb}` : `/resources/${resource}`
  return [{ pointer: place, message: `${role} grants ${granted}${implied(entry)}. Name the verbs and resources that are used.`, extent }]
}

function everyResource(groups: readonly string[]): string {
  if (groups.includes('*')) return 'every resource'
  return `every resource of ${list(groups.map((group) => (group === '' ? 'the core group' : group)))}`
}

/** What a wildcard opens, worst first, so that one finding says what a dozen would. */
function implied(entry: Entry): string {
  const opened = telling.filter((id) => grantOf(entry, rightRules[id]?.rights ?? []) !== undefined).map((id) => rightRules[id]?.may ?? '')
  return opened.length === 0 ? '' : `, so it may ${list(opened)}`
}

const telling = [
  'rbac-nodes-proxy',
  'rbac-impersonate',
  'rbac-bind-escalate',
  'rbac-webhook-config',
  'rbac-secrets-read',
  'rbac-pod-exec',
  'rbac-pod-create',
]

function list(words: readonly string[]): string {
  const shown = words.length > 5 ? [...words.slice(0, 4), `${words.length - 4} more`] : words
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
