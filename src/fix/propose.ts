// From findings to fixes: what the rule file says, worked out for the object. A proposal may be wrong; what holds is decided by verify.ts.

import type { Finding } from '../finding/finding.ts'
import type { Placed } from '../finding/likeness.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { compileExpression, type Scope, TargetVersion } from '../rule/expression.ts'
import type { FixTemplate } from '../rule/fix.ts'
import type { Facts } from '../rule/item.ts'
import { groupBy } from '../text/group.ts'
import { below, segmentsOf, valueAt } from '../text/pointer.ts'
import type { Site } from '../trace/spot.ts'
import { type Change, isRefusal, type Json, plain, type Refusal, refuse } from '../yaml/change.ts'
import type { Context } from './context.ts'
import { namedEdits } from './edits.ts'
import type { Advice, Edit, Fix, Proposal } from './fix.ts'
import { pinnedBeside } from './pin.ts'
import type { Lookup } from './wish.ts'

/** Where the value at a pointer of an object is edited: in the object's own file, or in the values, patch or base that it is rendered from; undefined where no file holds such a place. */
export type SiteOf = (resource: Resource, pointer: string) => Site | undefined

export type Surroundings = {
  /** All that was looked at. */
  readonly objects: readonly Placed[]
  readonly facts: Facts
  /** What the world outside answered. */
  readonly lookup: Lookup
  readonly siteOf: SiteOf
}

/** For each finding the first fix of its rule that fits, or what a person has to find out. */
export function propose(findings: readonly Finding[], { objects, facts, lookup, siteOf }: Surroundings): Proposal {
  const fixes: Fix[] = []
  const advice: Advice[] = []
  const numbers = new Map(objects.map(({ resource }, at) => [resource, at]))
  const byPart = groupBy(findings, (finding) => `${numbers.get(finding.resource) ?? ''} ${finding.item}`)
  const byEnvironment = groupBy(objects, ({ environment }) => environment)
  for (const siblings of byPart.values()) {
    for (const finding of siblings) {
      const world = (byEnvironment.get(finding.environment) ?? []).map(({ resource }) => resource)
      const made = fixOf(contextOf(finding, { facts, lookup, siblings, world }), siteOf)
      if (made === undefined) continue
      if ('edits' in made) fixes.push(made)
      else advice.push(made)
    }
  }
  return { fixes: united(fixes), advice }
}

/** The same edits for the same fault in several environments are one fix. */
function united(fixes: readonly Fix[]): readonly Fix[] {
  const groups = groupBy(fixes, ({ findings, edits }) => `${findings[0].rule.id} ${findings[0].fingerprint} ${JSON.stringify(edits)}`)
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, findings: [...first.findings, ...others.flatMap(({ findings }) => findings)] as const }],
  )
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

function fixOf(context: Context, siteOf: SiteOf): Fix | Advice | undefined {
  const { finding } = context
  const reasons: string[] = []
  const scope = scopeOf(context)
  for (const template of finding.rule.fixes) {
    const { title, safety, breaks, find = '' } = template
    if (template.when !== undefined && compileExpression(template.when)(scope) !== true) continue
    if (safety === 'manual') return { finding, title, find: [...reasons, find].join(' ') }
    const changes = changesOf(template, context, scope)
    if (isRefusal(changes)) {
      reasons.push(sentence(changes.refused))
      continue
    }
    const edits = editsOf(changes, finding.resource, siteOf)
    if (isRefusal(edits)) {
      reasons.push(sentence(edits.refused))
      continue
    }
    const fields = changes.map(({ pointer }) => pointer)
    return { findings: [finding], title, safety, ...(breaks === undefined ? {} : { breaks }), edits, fields }
  }
  const [first] = finding.rule.fixes
  return first === undefined || reasons.length === 0 ? undefined : { finding, title: first.title, find: reasons.join(' ') }
}

/** The changes where their values are edited. */
function editsOf(changes: readonly Change[], resource: Resource, siteOf: SiteOf): readonly Edit[] | Refusal {
  const edits: Edit[] = []
  for (const change of changes) {
    const site = siteOf(resource, change.pointer)
    if (site === undefined) return refuse('no file holds the place as a value that could be edited')
    const routed = routedTo(site, change, valueAt(resource.value, change.pointer))
    if (isRefusal(routed)) return routed
    edits.push(...routed.map((own) => ({ path: site.path, document: site.document, change: own })))
  }
  return edits
}

/** What a change of the object is at its place in a file. */
function routedTo(site: Site, change: Change, applied: unknown): readonly Change[] | Refusal {
  const beside = pinnedBeside(change, applied, site)
  if (beside !== undefined) return beside
  const own = throughPart({ ...change, pointer: site.pointer }, applied, site.value)
  return isRefusal(own) ? own : [own]
}

/** Where a value is put together from parts (`name:tag`) and the place holds one of them, that part is changed, if what is wanted differs there alone. */
function throughPart(change: Change, applied: unknown, written: unknown): Change | Refusal {
  if (change.op !== 'set' || typeof change.value !== 'string' || typeof applied !== 'string') return change
  if (typeof written !== 'string' || written === applied) return change
  const at = applied.indexOf(written)
  const [before, after] = [applied.slice(0, at), applied.slice(at + written.length)]
  const fits =
    at >= 0 && change.value.startsWith(before) && change.value.endsWith(after) && change.value.length >= before.length + after.length
  return fits
    ? { ...change, value: change.value.slice(before.length, change.value.length - after.length) }
    : refuse('the value is put together from several places')
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
  const list = way.slice(0, -1).reduce<string>(below, '')
  const isItem = Array.isArray(valueAt(resource.value, list))
  return isItem ? { op: 'remove', pointer: list, item: plain(valueAt(resource.value, pointer)) as Json } : { op: 'remove', pointer }
}

/** What an expression gives, as JSON: its whole numbers are of a kind that JSON does not know. */
function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value, (_, held: unknown) => (typeof held === 'bigint' ? Number(held) : held)) ?? 'null') as Json
}
