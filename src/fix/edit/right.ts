// An entry of a Role without the rights that were found dangerous; everything else that it grants stays.

import { isMapping, type Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { entryOf, type Grant, grantOf, type Right } from '../../rule/check/grant.ts'
import { listAt, mappingAt } from '../../rule/check/part.ts'
import { rightRules } from '../../rule/check/right.ts'
import { groupBy } from '../../text/group.ts'
import { above } from '../../text/pointer.ts'
import { type Change, type Json, plain, refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

/** Takes the rights of all findings of the entry away: verbs that are dangerous on some of its resources go to no entry, the others to one of their own. */
export const withoutRights: NamedEdit = ({ finding, self, item, siblings, world }) => {
  if (isHeldByProgram(finding.resource, world)) return refuse('a program holds it, and what a program calls stands in no manifest')
  const entry = entryOf(self)
  if (entry.resources.includes('*') || entry.verbs.includes('*')) return refuse('the entry has a wildcard: name what is used first')
  const ids = new Set([finding, ...siblings].map(({ rule }) => rule.id))
  const rights = [...ids].flatMap((id) => rightRules[id]?.rights ?? [])
  const kept = entry.resources.map((resource) => ({ resource, verbs: safeVerbs(entry, resource, rights) }))
  const groups = [
    ...groupBy(
      kept.filter(({ verbs }) => verbs.length > 0),
      ({ verbs }) => verbs.join(' '),
    ).values(),
  ]
    .sort((a, b) => b.length - a.length)
    .map((group) => ({ resources: group.map(({ resource }) => resource), verbs: group[0]?.verbs ?? [] }))
  const [first, ...others] = groups
  const list = above(item)
  const rest = others.map((group): Change => ({ op: 'append', pointer: list, value: entryLike(self, group) }))
  // An entry of nothing else was written for that right: its holder would fail without it.
  if (first === undefined) return refuse('the entry grants nothing else, so somebody meant it')
  return [
    ...narrowed(`${item}/resources`, entry.resources, first.resources),
    ...narrowed(`${item}/verbs`, entry.verbs, first.verbs),
    ...rest,
  ]
}

/** Whether a binding gives the role to a service account, or other roles take it in. */
function isHeldByProgram({ id, value }: Resource, world: readonly Resource[]): boolean {
  const labels = mappingAt(mappingAt(value, 'metadata'), 'labels')
  if (Object.keys(labels).some((label) => label.includes('/aggregate-to-'))) return true
  return world.some((other) => {
    if (isTakenInBy(other, labels)) return true
    const { kind, name } = mappingAt(other.value, 'roleRef')
    const isIts = kind === id.kind && name === id.name && (id.namespace === '' || other.id.namespace === id.namespace)
    return isIts && listAt(other.value, 'subjects').some((subject) => isMapping(subject) && subject['kind'] === 'ServiceAccount')
  })
}

/** Whether the role is one that is put together from others, by labels of which these are some. What else a selector asks for is taken to be so. */
function isTakenInBy({ value }: Resource, labels: Mapping): boolean {
  return listAt(mappingAt(value, 'aggregationRule'), 'clusterRoleSelectors').some((selector) => {
    const wanted = Object.entries(mappingAt(isMapping(selector) ? selector : undefined, 'matchLabels'))
    return wanted.every(([name, label]) => labels[name] === label) && Object.keys(labels).length > 0
  })
}

/** Item by item, so that comments and order stay. */
function narrowed(pointer: string, words: readonly string[], kept: readonly string[]): readonly Change[] {
  return words.filter((word) => !kept.includes(word)).map((item) => ({ op: 'remove', pointer, item }))
}

/** Whatever verb is left of these does nothing. */
const special = /\/(?:exec|attach|portforward|proxy|token|approval)$/

function safeVerbs(entry: ReturnType<typeof entryOf>, resource: string, rights: readonly Right[]): readonly string[] {
  const dangerous: Grant | undefined = grantOf({ ...entry, resources: [resource] }, rights)
  if (dangerous !== undefined && special.test(resource)) return []
  return entry.verbs.filter((verb) => !(dangerous?.verbs.includes(verb) ?? false))
}

function entryLike(
  self: Readonly<Record<string, unknown>>,
  { resources, verbs }: { readonly resources: readonly string[]; readonly verbs: readonly string[] },
): Json {
  return { ...(plain(self) as Readonly<Record<string, Json>>), resources, verbs }
}
