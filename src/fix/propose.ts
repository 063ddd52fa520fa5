// From findings to fixes: what the rule file says, worked out for the object. A proposal may be wrong; what holds is decided by verify.ts.

import type { Finding } from '../finding/finding.ts'
import type { Placed } from '../finding/likeness.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import { compileExpression } from '../rule/cel.ts'
import { TargetVersion } from '../rule/expression.ts'
import type { FixTemplate } from '../rule/fix.ts'
import type { Facts } from '../rule/item.ts'
import type { Scope } from '../rule/scope.ts'
import { groupBy } from '../text/group.ts'
import { pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { type Change, isRefusal, type Json, plain, type Refusal, refuse } from '../yaml/change.ts'
import type { Context } from './context.ts'
import { namedEdits } from './edits.ts'
import type { Advice, Candidates, Fix, Proposal } from './fix.ts'
import type { RoutesOf } from './route.ts'
import type { Lookup } from './wish.ts'

export type Surroundings = {
  /** All that was looked at. */
  readonly objects: readonly Placed[]
  readonly facts: Facts
  /** What the world outside answered. */
  readonly lookup: Lookup
  readonly routesOf: RoutesOf
}

/** For each finding the fixes of its rule that fit, by every route there is, or what a person has to find out. */
export function propose(findings: readonly Finding[], { objects, facts, lookup, routesOf }: Surroundings): Proposal {
  const fixes: Candidates[] = []
  const advice: Advice[] = []
  const numbers = new Map(objects.map(({ resource }, at) => [resource, at]))
  const byPart = groupBy(findings, (finding) => `${numbers.get(finding.resource) ?? ''} ${finding.item}`)
  const byEnvironment = groupBy(objects, ({ environment }) => environment)
  for (const siblings of byPart.values()) {
    for (const finding of siblings) {
      const world = (byEnvironment.get(finding.environment) ?? []).map(({ resource }) => resource)
      const made = fixesOf(contextOf(finding, { facts, lookup, siblings, world }), routesOf)
      if (made === undefined) continue
      if ('title' in made) advice.push(made)
      else fixes.push(made)
    }
  }
  return { fixes: united(fixes), advice }
}

/** The same edits for the same fault in several environments are one fix; its other routes are those that all of them have. */
function united(fixes: readonly Candidates[]): readonly Candidates[] {
  const groups = groupBy(fixes, ([{ findings, edits }]) => `${findings[0].rule.id} ${findings[0].fingerprint} ${JSON.stringify(edits)}`)
  return [...groups.values()].flatMap((group) => {
    const [first = []] = group
    const [best, ...others] = first.flatMap((fix) => {
      const same = group.map((candidates) => candidates.find(({ title, route }) => title === fix.title && route === fix.route))
      return same.every((one) => one !== undefined) ? [together(fix, same)] : []
    })
    return best === undefined ? [] : [[best, ...others] as const]
  })
}

function together(fix: Fix, same: readonly Fix[]): Fix {
  const edits = new Map(same.flatMap((one) => one.edits.map((edit) => [JSON.stringify(edit), edit])))
  const findings = same.filter((one) => one !== fix).flatMap((one) => one.findings)
  return { ...fix, findings: [...fix.findings, ...findings], edits: [...edits.values()] }
}

function contextOf(finding: Finding, around: Pick<Context, 'facts' | 'lookup' | 'siblings' | 'world'>): Context {
  const { resource, item, rule } = finding
  const podPointer = rule.each === 'pod' ? item : item.replace(/\/[^/]+\/[^/]+$/, '')
  const isInPod = rule.each === 'pod' || rule.each === 'container' || (rule.each === 'volume' && item.includes('/volumes/'))
  const pod = isInPod ? valueAt(resource.value, podPointer) : undefined
  const self = valueAt(resource.value, item)
  return {
    finding,
    here: finding.shown ?? finding.pointer,
    self: mapping(self) ?? {},
    item,
    pod: mapping(pod),
    podPointer,
    ...around,
  }
}

function mapping(value: unknown): Mapping | undefined {
  return isMapping(value) ? value : undefined
}

function fixesOf(context: Context, routesOf: RoutesOf): Candidates | Advice | undefined {
  const { finding } = context
  const reasons: string[] = []
  const fixes: Fix[] = []
  const scope = scopeOf(context)
  for (const template of finding.rule.fixes) {
    const { title, safety, breaks, find = '' } = template
    if (template.when !== undefined && compileExpression(template.when)(scope) !== true) continue
    if (safety === 'manual') {
      if (fixes.length === 0) return { finding, title, find: [...reasons, find].join(' ') }
      break
    }
    const changes = changesOf(template, context, scope)
    const { routes, refused } = isRefusal(changes) ? { routes: [], refused: changes.refused } : routesOf(finding.resource, changes)
    if (isRefusal(changes) || routes.length === 0) {
      reasons.push(sentence(refused))
      continue
    }
    const fields = changes.map(({ pointer }) => pointer)
    for (const { kind, edits } of routes)
      fixes.push({ findings: [finding], title, safety, ...(breaks === undefined ? {} : { breaks }), route: kind, edits, fields })
  }
  const [best, ...others] = fixes
  if (best !== undefined) return [best, ...others]
  const [first] = finding.rule.fixes
  return first === undefined || reasons.length === 0 ? undefined : { finding, title: first.title, find: reasons.join(' ') }
}

function sentence(reason: string): string {
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`
}

function scopeOf({ finding, self, pod, here, facts }: Context): Scope {
  const { value } = finding.resource
  return {
    self,
    object: value,
    pod: pod ?? {},
    kubernetes: new TargetVersion(facts.kubernetesVersion),
    setting: valueAt(value, here) ?? null,
  }
}

function changesOf(template: FixTemplate, context: Context, scope: Scope): readonly Change[] | Refusal {
  const changes: Change[] = []
  const place = (name: string) => placeOf(name, context)
  for (const [name, value] of Object.entries(template.set ?? {})) changes.push({ op: 'set', pointer: place(name), value })
  for (const [name, source] of Object.entries(template.compute ?? {}))
    changes.push({ op: 'set', pointer: place(name), value: jsonOf(compileExpression(source)(scope)) })
  for (const [name, value] of Object.entries(template.append ?? {})) changes.push({ op: 'append', pointer: place(name), value })
  for (const name of template.remove ?? []) changes.push(removalOf(place(name), context.finding))
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

/** An item of a list is told by its value: its number changes with its neighbours. */
function removalOf(pointer: string, { resource }: Finding): Change {
  const way = segmentsOf(pointer)
  const list = pointerTo(way.slice(0, -1))
  const isItem = Array.isArray(valueAt(resource.value, list))
  return isItem ? { op: 'remove', pointer: list, item: plain(valueAt(resource.value, pointer)) as Json } : { op: 'remove', pointer }
}

/** What an expression gives, as JSON: its whole numbers are of a kind that JSON does not know. */
function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value, (_, held: unknown) => (typeof held === 'bigint' ? Number(held) : held)) ?? 'null') as Json
}
