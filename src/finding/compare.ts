// Two inspections held against each other: what is new, worse, fixed and unchanged.

import { compareSeverity } from '../rule/severity.ts'
import { groupBy } from '../text/group.ts'
import { covers } from './extent.ts'
import type { Finding } from './finding.ts'
import { keyOf, unnamed } from './identity.ts'
import { counterparts, type Placed, type Side } from './likeness.ts'

/** What was found in one tree, and in which objects it was looked for. */
export type Inspected = { readonly findings: readonly Finding[]; readonly objects: readonly Placed[] }

export type Pair = { readonly base: Finding; readonly head: Finding }

export type Comparison = {
  readonly new: readonly Finding[]
  readonly worsened: readonly Pair[]
  readonly unchanged: readonly Pair[]
  readonly fixed: readonly Finding[]
  /** What each object of head was at base. */
  readonly counterparts: ReadonlyMap<Finding['resource'], Placed>
}

/**
 * Matches findings exactly (fingerprint and environment, as a multiset), then those of objects that changed their identity, then those of list items that did,
 * then rights that a wider right implied before. `previousPath` gives the path at base of a file of head.
 */
export function compare(base: Inspected, head: Inspected, previousPath: (path: string) => string): Comparison {
  const sides: Side = { base: base.objects, head: head.objects }
  const was = counterparts(sides, previousPath)
  const matching = newMatching(base.findings, head.findings)
  const samePath = (a: Finding, b: Finding) => a.resource.document.path === previousPath(b.resource.document.path)
  match(matching, (finding) => `${finding.environment}\n${finding.fingerprint}`, samePath)
  match(matching, objectKey(was, placeOf), samePath)
  match(matching, objectKey(was, shapeOf), samePath)
  const known = extentsAtBase(base.findings)
  matchImplied(matching, was, known)
  const worsened: Pair[] = []
  const unchanged: Pair[] = []
  for (const pair of matching.pairs) (isWorse(pair, was, known) ? worsened : unchanged).push(pair)
  return { new: [...matching.head], fixed: [...matching.base], worsened, unchanged, counterparts: was }
}

type Matching = { readonly base: Set<Finding>; readonly head: Set<Finding>; readonly pairs: Pair[] }
type Key = (finding: Finding, side: 'base' | 'head') => string

function newMatching(base: readonly Finding[], head: readonly Finding[]): Matching {
  return { base: new Set(base), head: new Set(head), pairs: [] }
}

/** Pairs what is left by `key`; among equals first those that reach equally far, then those of the same file, then in their order. */
function match(matching: Matching, key: Key, samePath: (base: Finding, head: Finding) => boolean): void {
  if (matching.base.size === 0 || matching.head.size === 0) return
  const byKey = groupBy(matching.base, (finding) => key(finding, 'base'))
  const heads = groupBy(matching.head, (finding) => key(finding, 'head'))
  for (const [name, group] of heads) {
    let candidates = byKey.get(name) ?? []
    const alike = (a: Finding, b: Finding) => a.extent.join() === b.extent.join()
    for (const test of [(a: Finding, b: Finding) => alike(a, b) && samePath(a, b), alike, samePath, () => true]) {
      for (const finding of group) {
        if (!matching.head.has(finding)) continue
        const base = candidates.find((candidate) => test(candidate, finding))
        if (base === undefined) continue
        candidates = candidates.filter((candidate) => candidate !== base)
        take(matching, { base, head: finding })
      }
    }
  }
}

function take(matching: Matching, pair: Pair): void {
  matching.base.delete(pair.base)
  matching.head.delete(pair.head)
  matching.pairs.push(pair)
}

/** Rule, the object as it was at base, and the place in it. */
function objectKey(was: Comparison['counterparts'], place: (finding: Finding) => string): Key {
  const ids = new Map<Finding['resource'], number>()
  const idOf = (resource: Finding['resource']) => ids.get(resource) ?? ids.set(resource, ids.size).size
  return (finding, side) => {
    const resource = side === 'base' ? finding.resource : (was.get(finding.resource)?.resource ?? finding.resource)
    return `${idOf(resource)}\n${finding.rule.id}\n${place(finding)}`
  }
}

/** The place without what differs between kinds of workload: the way from the object to its pod. */
function placeOf(finding: Finding): string {
  return keyOf(finding.resource.value, finding.pointer, finding.rule.sensitive)
    .join('/')
    .replace(/^(spec\/)?(jobTemplate\/spec\/)?(template\/)?spec\/(?=[a-zA-Z])/, 'pod/')
}

/** The place without the names of list items: a container that was renamed. */
function shapeOf(finding: Finding): string {
  return placeOf(finding).replace(/\[[^\]]*\]/g, unnamed)
}

/** All that an object of base was allowed before, by object: rights of one Role add up. */
function extentsAtBase(findings: readonly Finding[]): ReadonlyMap<Finding['resource'], readonly string[]> {
  const known = new Map<Finding['resource'], string[]>()
  for (const finding of findings) {
    if (finding.rule.each !== 'rbac-rule') continue
    const list = known.get(finding.resource)
    if (list === undefined) known.set(finding.resource, [...finding.extent])
    else list.push(...finding.extent)
  }
  return known
}

/** `get, list, watch` where there was `*`: a right that was held before is no news, whatever rule speaks of it now. */
function matchImplied(
  matching: Matching,
  was: Comparison['counterparts'],
  known: ReadonlyMap<Finding['resource'], readonly string[]>,
): void {
  for (const head of matching.head) {
    const before = was.get(head.resource)?.resource
    const extents = before === undefined ? undefined : known.get(before)
    if (extents === undefined || head.extent.length === 0 || !covers(extents, head.extent)) continue
    const base = [...matching.base].find((finding) => finding.resource === before && finding.rule.id === head.rule.id)
    if (base !== undefined) take(matching, { base, head })
    else {
      matching.head.delete(head)
      matching.pairs.push({ base: { ...head, resource: before ?? head.resource }, head })
    }
  }
}

function isWorse(pair: Pair, was: Comparison['counterparts'], known: ReadonlyMap<Finding['resource'], readonly string[]>): boolean {
  if (compareSeverity(pair.head.severity, pair.base.severity) < 0) return true
  if (pair.head.extent.length === 0) return false
  const before = was.get(pair.head.resource)?.resource
  const held = pair.head.rule.each === 'rbac-rule' && before !== undefined ? (known.get(before) ?? []) : pair.base.extent
  return !covers(held, pair.head.extent)
}
