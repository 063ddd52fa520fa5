// An entry of a Role without the rights that were found dangerous; everything else that it grants stays.

import { entryOf, type Grant, grantOf, type Right } from '../../rule/check/grant.ts'
import { rightRules } from '../../rule/check/right.ts'
import { groupBy } from '../../text/group.ts'
import { type Change, type Json, plain, refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

/** Takes the rights of all findings of the entry away: verbs that are dangerous on some of its resources go to no entry, the others to one of their own. */
export const withoutRights: NamedEdit = ({ finding, self, item, siblings }) => {
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
  const list = item.replace(/\/[^/]+$/, '')
  const rest = others.map((group): Change => ({ op: 'append', pointer: list, value: entryLike(self, group) }))
  // An entry of nothing else was written for that right: its holder would fail without it.
  if (first === undefined) return refuse('the entry grants nothing else, so somebody meant it')
  return [
    ...narrowed(`${item}/resources`, entry.resources, first.resources),
    ...narrowed(`${item}/verbs`, entry.verbs, first.verbs),
    ...rest,
  ]
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
