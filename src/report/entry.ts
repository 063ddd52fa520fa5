// One finding as the report tells it: equal findings of several files and environments are one entry.

import type { Pair } from '../finding/compare.ts'
import { added, reachesWider } from '../finding/extent.ts'
import type { Finding } from '../finding/finding.ts'
import { keyOf, pointerOf } from '../finding/identity.ts'
import { maskedText } from '../finding/sensitive.ts'
import type { Document } from '../resource/document.ts'
import type { Resource } from '../resource/resource.ts'
import type { Span } from '../text/position.ts'
import { linesOf, locationOf } from '../trace/location.ts'
import type { Folded } from './fold.ts'
import { frameOf, mask } from './frame.ts'
import type { Judged } from './judged.ts'
import type { Frame, Location, ReportedFinding } from './report.ts'

export type Describe = {
  readonly secretsOf: (document: Document) => readonly Span[]
  /** The reason of a severity that the policy sets. */
  readonly overrideOf: (rule: string) => ReportedFinding['override']
}

/** `group` holds findings of one fingerprint and state, the one to show first. */
export function entryOf(group: readonly [Folded, ...Judged[]], describe: Describe): ReportedFinding {
  const [{ finding, state, before, was, folded }] = group
  const { rule, resource } = finding
  const location = placeOf(finding)
  const removed = location.precision === 'nearest' && was !== undefined ? removedFrom(finding, was) : undefined
  const override = describe.overrideOf(rule.id)
  let frame: Frame | undefined
  return {
    rule: rule.id,
    severity: finding.severity,
    baseSeverity: finding.baseSeverity,
    ...(override === undefined ? {} : { override }),
    modifiers: finding.modifiers,
    state,
    message: maskedText(finding.message, mask),
    resource: { apiVersion: resource.apiVersion, kind: resource.id.kind, namespace: resource.id.namespace, name: resource.id.name },
    pointer: finding.pointer,
    location,
    objectLines: linesOf(resource),
    ...(removed === undefined ? {} : { removedFrom: removed }),
    ...(before === undefined ? {} : { before: maskedText(beforeText({ base: before, head: finding }), mask) }),
    related: finding.related.map(({ pointer, message }) => ({ message, location: locationOf(resource, pointer) })),
    covers: coveredBy(finding, folded),
    copies: copiesOf(group, location),
    environments: [...new Set(group.map((judged) => judged.finding.environment))].sort(),
    suppression: null,
    fingerprint: finding.fingerprint,
    // Made when a format asks: most of a large scan is never shown with its source.
    get frame() {
      frame ??= frameOf(resource.document, location, describe.secretsOf(resource.document))
      return frame
    },
  }
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

/** Where a person looks: the place that the fault names, else the wrong or missing value itself. */
function placeOf(finding: Finding): Location {
  return locationOf(finding.resource, finding.shown ?? finding.pointer)
}

function removedFrom(finding: Finding, was: Resource): Location | undefined {
  for (const pointer of placesOf(finding)) {
    const before = pointerOf(was.value, keyOf(finding.resource.value, pointer, finding.rule.sensitive), finding.rule.sensitive)
    const location = before === undefined ? undefined : locationOf(was, before)
    if (location?.precision === 'exact') return location
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

function copiesOf(group: readonly Judged[], shown: Location): readonly Location[] {
  return group
    .slice(1)
    .map(({ finding }) => placeOf(finding))
    .filter((copy) => copy.path !== shown.path || copy.line !== shown.line)
}
