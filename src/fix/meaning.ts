// What a rule's fix, as its file says it, means for one object.

import type { Resource } from '../resource/resource.ts'
import { compileExpression } from '../rule/cel.ts'
import { TargetVersion } from '../rule/expression.ts'
import type { FixTemplate } from '../rule/fix.ts'
import type { Scope } from '../rule/scope.ts'
import { above, valueAt } from '../text/pointer.ts'
import { type Change, isRefusal, type Json, plain, type Refusal, refuse } from '../yaml/change.ts'
import type { Context } from './context.ts'
import { namedEdits } from './edits.ts'

/** What expressions of a rule's fix speak of. */
export function scopeOf({ finding, self, pod, here, facts }: Context): Scope {
  const { value } = finding.resource
  return {
    self,
    object: value,
    pod: pod ?? {},
    kubernetes: new TargetVersion(facts.kubernetesVersion),
    setting: valueAt(value, here) ?? null,
  }
}

/** The changes that a rule's fix is for an object. */
export function changesOf(template: FixTemplate, context: Context, scope: Scope): readonly Change[] | Refusal {
  const changes: Change[] = []
  const place = (name: string) => placeOf(name, context)
  for (const [name, value] of Object.entries(template.set ?? {})) changes.push({ op: 'set', pointer: place(name), value })
  for (const [name, source] of Object.entries(template.compute ?? {}))
    changes.push({ op: 'set', pointer: place(name), value: jsonOf(compileExpression(source)(scope)) })
  for (const [name, value] of Object.entries(template.append ?? {})) changes.push({ op: 'append', pointer: place(name), value })
  for (const name of template.remove ?? []) changes.push(removalOf(place(name), context.finding.resource))
  if (template.edit === undefined) return changes
  const edit = namedEdits[template.edit]
  if (edit === undefined) throw new Error(`there is no edit ${template.edit}`)
  const own = edit(context)
  if (isRefusal(own)) return own
  const all = [...changes, ...own]
  return all.length === 0 ? refuse('nothing is left to change') : all
}

function placeOf(name: string, { here, item, podPointer }: Context): string {
  if (name === 'here' || name.startsWith('here/')) return here + name.slice('here'.length)
  if (name.startsWith('pod:')) return podPointer + name.slice('pod:'.length)
  return name.startsWith('object:') ? name.slice('object:'.length) : item + name
}

/** What takes a place of an object away. An item of a list is told by its value: its number changes with its neighbours. */
export function removalOf(pointer: string, { value }: Resource): Change {
  const list = above(pointer)
  const isItem = Array.isArray(valueAt(value, list))
  return isItem ? { op: 'remove', pointer: list, item: plain(valueAt(value, pointer)) as Json } : { op: 'remove', pointer }
}

/** What an expression gives, as JSON: its whole numbers are of a kind that JSON does not know. */
function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value, (_, held: unknown) => (typeof held === 'bigint' ? Number(held) : held)) ?? 'null') as Json
}
