// Two inspections held against each other: what is new, worse, fixed and unchanged.

import { compareSeverity } from '../rule/severity.ts'
import { groupBy } from '../text/group.ts'
import { valueAt } from '../text/pointer.ts'
import { covers, reachesWider } from './extent.ts'
import type { Finding } from './finding.ts'
import { keyOf, pointerOf, unnamed } from './identity.ts'
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
  const open: Open = { base: new Set(base.findings), head: new Set(head.findings) }
  const pairs: Pair[] = []
  const settle = (matched: readonly Pair[]) => {
    for (const pair of matched) {
      open.base.delete(pair.base)
      open.head.delete(pair.head)
      pairs.push(pair)
    }
  }
  const samePath = (a: Finding, b: Finding) => a.resource.document.path === previousPath(b.resource.document.path)
  settle(match(open, (finding) => `${finding.environment}\n${finding.fingerprint}`, samePath))
  settle(match(open, objectKey(was, placeOf), samePath))
  settle(match(renamedItems(open, was), objectKey(was, shapeOf), samePath))
  const known = extentsByObject(base.findings)
  settle(implied(open, was, known))
  const worsened: Pair[] = []
  const unchanged: Pair[] = []
  for (const pair of pairs) (isWorse(pair, was, known) ? worsened : unchanged).push(pair)
  return {
    new: [...open.head],
    fixed: [...open.base].filter((finding) => !stillHeld(finding, was, head.findings)),
    worsened,
    unchanged,
    counterparts: was,
  }
}

/** What has no partner yet. */
type Open = { readonly base: Set<Finding>; readonly head: Set<Finding> }
type Key = (finding: Finding, side: 'base' | 'head') => string
type Test = (base: Finding, head: Finding) => boolean

/** Pairs of one key; among equals first those that reach equally far in the same file, then equally far, then the same file, then in their order. */
function match(open: Open, key: Key, samePath: Test): readonly Pair[] {
  if (open.base.size === 0 || open.head.size === 0) return []
  const bases = groupBy(open.base, (finding) => key(finding, 'base'))
  const pairs: Pair[] = []
  for (const [name, heads] of groupBy(open.head, (finding) => key(finding, 'head'))) {
    const left = { base: new Set(bases.get(name)), head: new Set(heads) }
    for (const test of [
      (a, b) => reachAlike(a, b) && samePath(a, b),
      reachAlike,
      samePath,
      () => true,
    ] as const satisfies readonly Test[]) {
      pairs.push(...matchBy(test, left))
    }
  }
  return pairs
}

function matchBy(test: Test, left: Open): readonly Pair[] {
  const pairs: Pair[] = []
  for (const head of left.head) {
    for (const base of left.base) {
      if (!test(base, head)) continue
      left.base.delete(base)
      left.head.delete(head)
      pairs.push({ base, head })
      break
    }
  }
  return pairs
}

function reachAlike(base: Finding, head: Finding): boolean {
  return base.extent.join('\n') === head.extent.join('\n')
}

/** Rule, the object as it was at base, and the place in it. */
function objectKey(was: Comparison['counterparts'], place: (finding: Finding) => string): Key {
  const ids = new Map<Finding['resource'], number>()
  const idOf = (resource: Finding['resource']) => {
    if (!ids.has(resource)) ids.set(resource, ids.size)
    return ids.get(resource)
  }
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

/** What a kustomization takes from elsewhere: the repository, or the first folder of a host, stands for all that comes from there. */
const taken = /^(resources|bases|components)\/\[=((?:https?:\/\/|ssh:\/\/)?[^/\]]+\/[^/\]]+\/[^/?#\]]+)[^\]]*\]/

/**
 * The place without the names of what may be renamed: containers, volumes, ports, the file or the version of what is taken from elsewhere. Another variable is another value, another subject
 * somebody else, unless it moves along with its namespace.
 */
function shapeOf(finding: Finding): string {
  const { namespace } = finding.resource.id
  return placeOf(finding)
    .replace(/((?:^|\/)(?:containers|initContainers|ephemeralContainers|volumes|ports)\/)\[[^\]]*\]/g, `$1${unnamed}`)
    .replace(`,namespace=${namespace},`, ',')
    .replace(taken, '$1/[=$2]')
}

/** What is open in list items that are gone at head, and in those that were not there at base: an item that is there on both sides was not renamed. */
function renamedItems(open: Open, was: Comparison['counterparts']): Open {
  const heads = new Map([...was].map(([head, base]) => [base.resource, head]))
  const moved = (finding: Finding, other: Finding['resource'] | undefined) => other !== undefined && !holdsItem(other, finding)
  return {
    base: new Set([...open.base].filter((finding) => moved(finding, heads.get(finding.resource)))),
    head: new Set([...open.head].filter((finding) => moved(finding, was.get(finding.resource)?.resource))),
  }
}

function holdsItem(resource: Finding['resource'], finding: Finding): boolean {
  const key = keyOf(finding.resource.value, finding.pointer, finding.rule.sensitive)
  // A scalar is its own value and no item with a name, unless it is an address.
  const item = key.findLastIndex((segment) => /^\[(?:[^=]|=.+\/.+\/)/.test(segment))
  const place = pointerOf(resource.value, key.slice(0, item + 1), finding.rule.sensitive)
  return item < 0 || (place !== undefined && valueAt(resource.value, place) !== undefined)
}

/** All that the findings say an object is allowed, by object: rights of one Role add up. */
function extentsByObject(findings: readonly Finding[]): ReadonlyMap<Finding['resource'], readonly string[]> {
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
function implied(open: Open, was: Comparison['counterparts'], known: ReadonlyMap<Finding['resource'], readonly string[]>): readonly Pair[] {
  const left = new Set(open.base)
  const pairs: Pair[] = []
  for (const head of open.head) {
    const before = was.get(head.resource)?.resource
    const held = before === undefined ? undefined : known.get(before)
    if (before === undefined || held === undefined || head.extent.length === 0 || !covers(held, head.extent)) continue
    const twin = [...left].find((finding) => finding.resource === before && finding.rule.id === head.rule.id)
    if (twin !== undefined) left.delete(twin)
    pairs.push({ base: twin ?? { ...head, resource: before }, head })
  }
  return pairs
}

/** Whether a right that no finding names any more is still there, in a wider one: `get` where there is `*` now. */
function stillHeld(finding: Finding, was: Comparison['counterparts'], heads: readonly Finding[]): boolean {
  if (finding.rule.each !== 'rbac-rule' || finding.extent.length === 0) return false
  const now = heads.filter((head) => head.rule.each === 'rbac-rule' && was.get(head.resource)?.resource === finding.resource)
  return covers(
    now.flatMap((head) => head.extent),
    finding.extent,
  )
}

function isWorse(pair: Pair, was: Comparison['counterparts'], known: ReadonlyMap<Finding['resource'], readonly string[]>): boolean {
  if (compareSeverity(pair.head.severity, pair.base.severity) < 0) return true
  if (pair.head.rule.topic === 'rbac' && reachesWider(pair.base.resource.id, pair.head.resource.id)) return true
  if (pair.head.extent.length === 0) return false
  const before = was.get(pair.head.resource)?.resource
  const held = pair.head.rule.each === 'rbac-rule' && before !== undefined ? (known.get(before) ?? []) : pair.base.extent
  return !covers(held, pair.head.extent)
}
