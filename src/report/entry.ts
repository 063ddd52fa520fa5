// One finding as the report tells it: equal findings of several files and environments are one entry.

import type { Component } from '../discover/third-party/component.ts'
import type { Pair } from '../finding/compare.ts'
import { added, reachesWider } from '../finding/extent.ts'
import type { Finding } from '../finding/finding.ts'
import { keyOf, pointerOf } from '../finding/identity.ts'
import { maskedText } from '../finding/sensitive.ts'
import type { Document } from '../resource/document.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import type { Span } from '../text/position.ts'
import type { Trace } from '../trace/spot.ts'
import type { Tracer } from '../trace/trace.ts'
import type { BelongingOf } from './belonging.ts'
import type { Folded } from './fold.ts'
import { frameOf, mask } from './frame.ts'
import type { Judged } from './judged.ts'
import type { Frame, Location, ReportedFinding, ReportedResource } from './report.ts'

export type Describe = {
  readonly secretsOf: (document: Document) => readonly Span[]
  /** Where the value at a pointer of an object is edited, in each of the two revisions. */
  readonly traceOf: Readonly<Record<'base' | 'head', Tracer>>
  /** The reason of a severity that the policy sets. */
  readonly overrideOf: (rule: string) => ReportedFinding['override']
  /** The number of the fix of a finding in any of its places, and the advice for the one that is shown first. */
  readonly mendingOf: (places: readonly Finding[]) => Pick<ReportedFinding, 'fix' | 'advice'>
  readonly belongingOf: BelongingOf
  /** The number of a component. */
  readonly numberOf: (component: Component) => number
}

/** A finding with the place where a person edits. */
export type Traced = Folded & { readonly trace: Trace }

/** Where a person looks: the place that the fault names, else the wrong or missing value itself. */
export function traced(judged: Folded, { traceOf }: Describe): Traced {
  const { finding, state } = judged
  return {
    ...judged,
    trace: traceOf[state === 'fixed' ? 'base' : 'head'](finding.resource, finding.shown ?? finding.pointer, finding.rule.id),
  }
}

/** `group` holds findings of one fingerprint and state, the one to show first. */
export function entryOf(group: readonly [Traced, ...Traced[]], describe: Describe): ReportedFinding {
  const [{ finding, state, before, was, folded, trace }] = group
  const { rule, resource } = finding
  const { location, source } = trace
  const removed = location.precision === 'nearest' && was !== undefined ? removedFrom(finding, was, { trace, describe }) : undefined
  const override = describe.overrideOf(rule.id)
  const side = state === 'fixed' ? 'base' : 'head'
  let frame: Frame | undefined
  return {
    rule: rule.id,
    severity: finding.severity,
    baseSeverity: finding.baseSeverity,
    ...(override === undefined ? {} : { override }),
    modifiers: finding.modifiers,
    state,
    message: maskedText(finding.message, mask),
    resource: reportedResource(resource),
    alike: alikeIn(group),
    pointer: finding.pointer,
    location,
    through: trace.through,
    objectLines: trace.lines,
    ...(removed === undefined ? {} : { removedFrom: removed }),
    ...(before === undefined ? {} : { before: maskedText(beforeText({ base: before, head: finding }), mask) }),
    related: finding.related.map(({ pointer, message }) => ({
      message,
      location: describe.traceOf[side](resource, pointer, rule.id).location,
    })),
    covers: coveredBy(finding, folded),
    copies: copiesOf(group),
    environments: [...new Set(group.map((judged) => judged.finding.environment))].sort(),
    suppression: null,
    ...originOf(group, describe),
    ...describe.mendingOf(group.map((one) => one.finding)),
    fingerprint: finding.fingerprint,
    // Made when a format asks: most of a large scan is never shown with its source.
    get frame() {
      frame ??= frameOf(source, location, describe.secretsOf(source))
      return frame
    },
  }
}

/** Of several places one that is ours makes the finding ours. */
function originOf(group: readonly Traced[], { belongingOf, numberOf }: Describe): Pick<ReportedFinding, 'component' | 'origin'> {
  const all = group.map((one) => belongingOf(one, one.trace.location))
  const [first] = all
  const isUpstreams = all.every((one) => one?.isUpstreams === true)
  return { ...(first === undefined ? {} : { component: numberOf(first.component) }), origin: isUpstreams ? 'upstream' : 'own' }
}

/** The rules that were folded in, and how many more items of the object show the same place. */
function coveredBy(finding: Finding, folded: readonly Judged[]): ReportedFinding['covers'] {
  const rules = new Set(folded.map((other) => other.finding.rule.id))
  rules.delete(finding.rule.id)
  return {
    rules: [...rules].sort(),
    items: new Set(folded.map((other) => other.finding.item).filter((item) => item !== finding.item)).size,
  }
}

type Placed = { readonly trace: Trace; readonly describe: Describe }

/** Where what is missing was set. A template line that is known no better says nothing of values, where the missing key belongs in these. */
function removedFrom(finding: Finding, was: Resource, { trace, describe: { traceOf } }: Placed): Location | undefined {
  for (const pointer of placesOf(finding)) {
    const before = pointerOf(was.value, keyOf(finding.resource.value, pointer, finding.rule.sensitive), finding.rule.sensitive)
    const then = before === undefined ? undefined : traceOf.base(was, before, finding.rule.id)
    if (then?.location.precision === 'exact' && (trace.through.length === 0 || then.through.length > 0)) return then.location
  }
  return undefined
}

/** The place of a fault, and the one of the pod that a container inherits from where it has none of its own. */
function placesOf({ rule, item, pointer }: Finding): readonly string[] {
  if (rule.inherits !== true) return [pointer]
  return [pointer, item.replace(/\/[^/]+\/[^/]+$/, '') + pointer.slice(item.length)]
}

function beforeText({ base, head }: Pair): string {
  const more = added(base.extent, head.extent)
  if (more.length > 0) return `Reaches further than before: ${more.join(', ')}.`
  const { id } = base.resource
  if (reachesWider(id, head.resource.id))
    return `Was limited to ${id.namespace === '' ? 'one namespace' : `the namespace ${id.namespace}`} before.`
  return `Was ${base.severity} before.`
}

function reportedResource({ apiVersion, id: { kind, namespace, name } }: Resource): ReportedResource {
  return { apiVersion, kind, namespace, name }
}

/** The other objects, each once. */
function alikeIn([{ finding }, ...rest]: readonly [Traced, ...Traced[]]): readonly ReportedResource[] {
  const others = new Map(rest.map((one) => [nameOf(one.finding.resource.id), one.finding.resource]))
  others.delete(nameOf(finding.resource.id))
  return [...others.values()].map(reportedResource)
}

/** The other places of the same finding, each once. */
function copiesOf([first, ...rest]: readonly [Traced, ...Traced[]]): readonly Location[] {
  const known = new Set([placeKey(first.trace.location)])
  return rest.flatMap(({ trace: { location } }) => {
    const key = placeKey(location)
    if (known.has(key)) return []
    known.add(key)
    return [location]
  })
}

function placeKey({ path, line }: Location): string {
  return `${path}\n${line}`
}
