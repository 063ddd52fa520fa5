// Checks of one entry of a Role: the dangerous rights that it grants, and its wildcards.

import type { Check, Checked, Item } from '../item.ts'
import { type Entry, entryOf, type Grant, grantOf, isOfMeasurements } from './grant.ts'
import { labelOf } from './label.ts'
import { type RightRule, rightRules } from './right.ts'

/** The checks of rights by name, each with the name of its rule. */
export const rightChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  Object.entries(rightRules).map(([id, rule]) => [id, (item: Item) => rightsIn(rule, item)]),
)

/** The rights that a rule speaks of, granted by one entry of a role. */
function rightsIn(rule: RightRule, { self, resource }: Item): readonly Checked[] {
  const entry = entryOf(self)
  const grant = grantOf(entry, rule.rights)
  if (grant === undefined || isNarrow(rule, entry)) return []
  return [
    {
      pointer: rule.points === 'verb' ? `/verbs/${grant.verb}` : `/resources/${grant.resource}`,
      message: `${labelOf(resource)} may ${rule.may}: it grants ${wordsOf(grant, entry)}. ${rule.allowed}`,
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
 * A `*` in `resources`, else in `verbs`. A `*` in `apiGroups` alone adds nothing to named resources, `nonResourceURLs` are no objects, and measurements are read by no name.
 * The finding reaches every right of the entry that a `*` grants, in the words of the entry.
 */
export function wildcards({ self, resource: role }: Item): readonly Checked[] {
  const entry = entryOf(self)
  if (entry.resources.length === 0) return []
  const resource = entry.resources.indexOf('*')
  const verb = entry.verbs.indexOf('*')
  if (resource < 0 && verb < 0) return []
  if (isOfMeasurements(entry) && entry.verbs.every((word) => reading.has(word))) return []
  const verbs = verb < 0 ? entry.verbs : ['*']
  const resources = resource < 0 ? entry.resources : ['*']
  const groups = entry.apiGroups.includes('*') ? ['*'] : entry.apiGroups
  const extent = verbs.flatMap((word) => groups.flatMap((group) => resources.map((name) => `${word} ${group}/${name}`)))
  const granted = `${verb < 0 ? list(entry.verbs) : 'every verb'} on ${resource < 0 ? list(entry.resources) : everyResource(groups)}`
  const place = resource < 0 ? `/verbs/${verb}` : `/resources/${resource}`
  return [
    { pointer: place, message: `${labelOf(role)} grants ${granted}${implied(entry)}. Name the verbs and resources that are used.`, extent },
  ]
}

const reading: ReadonlySet<string> = new Set(['get', 'list', 'watch'])

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
