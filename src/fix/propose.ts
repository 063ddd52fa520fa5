// From findings to fixes: what the rule file says, worked out for the object. A proposal may be wrong; what holds is decided by verify.ts.

import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '../finding/finding.ts'
import type { Placed } from '../finding/likeness.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { compileExpression } from '../rule/cel.ts'
import type { FixTemplate } from '../rule/fix.ts'
import type { Facts } from '../rule/item.ts'
import { groupBy } from '../text/group.ts'
import { valueAt } from '../text/pointer.ts'
import { type Change, isRefusal, refuse } from '../yaml/change.ts'
import type { Context } from './context.ts'
import type { DefinitionsOf } from './definitions.ts'
import type { Advice, Candidates, Fix, Proposal } from './fix.ts'
import { changesOf, scopeOf } from './meaning.ts'
import { restoration, restoring, withdrawal, withdrawing } from './restore.ts'
import type { Route, RoutesOf } from './route.ts'
import { type Meant, sparing } from './spare.ts'
import type { Lookup } from './wish.ts'

export type Surroundings = {
  /** All that was looked at. */
  readonly objects: readonly Placed[]
  readonly facts: Facts
  /** What the world outside answered. */
  readonly lookup: Lookup
  readonly routesOf: RoutesOf
  readonly definitionsOf: DefinitionsOf
  /** What objects were before a change. */
  readonly before: ReadonlyMap<Resource, Resource>
  /** Whether a file came from elsewhere. */
  readonly isForeign: (path: string) => boolean
}

/** For each finding the fixes of its rule that fit, by every route there is, and what a person has to find out where the best of them does not. */
export function propose(findings: readonly Finding[], surroundings: Surroundings): Proposal {
  const { objects, facts, lookup, routesOf, definitionsOf, before } = surroundings
  const fixes: Candidates[] = []
  const advice: Advice[] = []
  const meant: Meant[] = []
  const numbers = new Map(objects.map(({ resource }, at) => [resource, at]))
  const byPart = groupBy(findings, (finding) => `${numbers.get(finding.resource) ?? ''} ${finding.item}`)
  const byEnvironment = groupBy(objects, ({ environment }) => environment)
  for (const siblings of byPart.values()) {
    for (const finding of siblings) {
      const world = (byEnvironment.get(finding.environment) ?? []).map(({ resource }) => resource)
      const isForeign = surroundings.isForeign(finding.resource.document.path)
      const context = contextOf(finding, { facts, lookup, siblings, world, definitionsOf, before: before.get(finding.resource), isForeign })
      const made = fixesOf(context, routesOf)
      const [best, ...others] = made.fixes
      if (best !== undefined) fixes.push([best, ...others])
      if (made.advice !== undefined) advice.push(made.advice)
      meant.push(...made.meant)
    }
  }
  return { fixes: sparing(united(fixes), meant), advice }
}

/** The same edits for the same fault, in several environments or in all objects that a template writes, are one fix; its other routes are those that all of them have. */
function united(fixes: readonly Candidates[]): readonly Candidates[] {
  const groups = groupBy(fixes, ([{ findings, edits }]) => `${findings[0].rule.id} ${JSON.stringify(edits)}`)
  return [...groups.values()].flatMap((group) => {
    const [first = []] = group
    const [best, ...others] = first.flatMap((fix) => {
      const number = alike(first, fix).indexOf(fix)
      const same = group.map((candidates) => alike(candidates, fix)[number])
      return same.every((one) => one !== undefined) ? [together(fix, same)] : []
    })
    return best === undefined ? [] : [[best, ...others] as const]
  })
}

/** The ways among candidates to make the same fix by the same kind of route. */
function alike(candidates: readonly Fix[], { title, route }: Fix): readonly Fix[] {
  return candidates.filter((one) => one.title === title && one.route === route)
}

function together(fix: Fix, same: readonly Fix[]): Fix {
  const edits = new Map(same.flatMap((one) => one.edits.map((edit) => [JSON.stringify(edit), edit])))
  const findings = same.filter((one) => one !== fix).flatMap((one) => one.findings)
  return { ...fix, findings: [...fix.findings, ...findings], edits: [...edits.values()] }
}

function contextOf(
  finding: Finding,
  around: Pick<Context, 'facts' | 'lookup' | 'siblings' | 'world' | 'definitionsOf' | 'before' | 'isForeign'>,
): Context {
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

type Made = { readonly fixes: readonly Fix[]; readonly advice?: Advice; readonly meant: readonly Meant[] }

function fixesOf(context: Context, routesOf: RoutesOf): Made {
  const own = fixesOfRule(context, routesOf)
  const withdrawn = own.fixes.length === 0 ? routed(withdrawing, context.finding, withRoutes(withdrawal(context), context, routesOf)) : []
  const fixes = [...restoredUnlike(own.fixes, context, routesOf), ...own.fixes, ...withdrawn]
  // What goes back to what it was needs no better fix.
  return fixes.length > own.fixes.length ? { fixes, meant: own.meant } : own
}

/** What stood there before the change, unless the rule's own fix comes to that: it says more of what may break. */
function restoredUnlike([best]: readonly Fix[], context: Context, routesOf: RoutesOf): readonly Fix[] {
  const restored = routed(restoring, context.finding, withRoutes(restoration(context), context, routesOf))
  const stepsOf = (fix: Fix | undefined) => new Set(fix?.edits.map((edit) => JSON.stringify(edit)))
  return best !== undefined && isDeepStrictEqual(stepsOf(restored[0]), stepsOf(best)) ? [] : restored
}

/** The fixes of the rule's file that fit, and what a person has to find out where the first does not. */
function fixesOfRule(context: Context, routesOf: RoutesOf): Made {
  const { finding } = context
  const reasons = new Set<string>()
  const fixes: Fix[] = []
  const meant: Meant[] = []
  const scope = scopeOf(context)
  const adviceOf = (title: string, more: readonly string[] = []): Advice => ({ finding, title, find: [...reasons, ...more].join(' ') })
  for (const template of finding.rule.fixes) {
    const { title, safety, find = '' } = template
    if (template.when !== undefined && compileExpression(template.when)(scope) !== true) continue
    if (safety === 'manual') {
      if (fixes.length === 0) return { fixes, advice: adviceOf(title, [find]), meant }
      break
    }
    const changes = isBlind(context, safety)
      ? refuse('only a part of the object is here, so that nothing shows what it needs')
      : changesOf(template, context, scope)
    meant.push(isRefusal(changes) ? { finding, title } : { finding, title, changes })
    const { routes, refused } = isRefusal(changes) ? { routes: [], refused: changes.refused } : routesOf(finding.resource, changes)
    if (isRefusal(changes) || routes.length === 0) {
      // What is worse than a fix that fits needs no reason.
      if (fixes.length === 0) reasons.add(sentence(refused))
      continue
    }
    fixes.push(...routed({ ...template, safety }, finding, { changes, routes }))
  }
  const [first] = finding.rule.fixes
  return { fixes, meant, ...(first === undefined || reasons.size === 0 ? {} : { advice: adviceOf(first.title) }) }
}

/** Whether what a workload does may change, and the rest of the workload is not there to look at; which version an image has is told by its name alone. */
function isBlind({ finding, here }: Context, safety: 'safe' | 'unsafe'): boolean {
  return finding.ofPart && safety === 'unsafe' && !here.endsWith('/image')
}

function withRoutes(changes: readonly Change[] | undefined, { finding }: Context, routesOf: RoutesOf): Routed {
  return changes === undefined ? { changes: [], routes: [] } : { changes, routes: routesOf(finding.resource, changes).routes }
}

type Routed = { readonly changes: readonly Change[]; readonly routes: readonly Route[] }
type Told = Pick<FixTemplate, 'title' | 'breaks'> & Pick<Fix, 'safety'>

/** The same changes by each of the ways to make them. */
function routed({ title, safety, breaks }: Told, finding: Finding, { changes, routes }: Routed): readonly Fix[] {
  const told = { findings: [finding] as const, title, safety, ...(breaks === undefined ? {} : { breaks }) }
  return routes.map(({ kind, edits }) => ({ ...told, route: kind, edits, changes }))
}

function sentence(reason: string): string {
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`
}
