// Whether the edits of some files did what they should and nothing else: two looks at the tree, held against each other.

import type { Comparison } from '../finding/compare.ts'
import type { Finding } from '../finding/finding.ts'
import type { Placed } from '../finding/likeness.ts'
import type { Inspection } from '../inspect.ts'
import { nameOf } from '../resource/resource.ts'
import { copiesIn } from './copies.ts'
import { differences, isChecksum, type Meaning, meaningsOf, unmeant } from './difference.ts'
import type { Fix } from './fix.ts'
import { contradictionsIn } from './refused.ts'

/** Files and targets that belong together because fixes are about them all, and what is to be made of them. */
export type Unit = { readonly paths: ReadonlySet<string>; readonly fixes: readonly Fix[] }

/** Whom an object belongs to: its file, or the target that renders it. */
export function ownerOf({ document: { path, rendering } }: Finding['resource']): string {
  return rendering === undefined ? path : `target ${rendering.target}`
}

/** Whether edits reach what is rendered, and so further than their own file. */
function isFar({ fixes }: Unit): boolean {
  return fixes.some(({ findings }) => findings.some(({ resource }) => resource.document.rendering !== undefined))
}

export type Looks = { readonly head: Inspection; readonly edited: Inspection; readonly comparison: Comparison }

/** What the two looks say about the files of one unit. */
type Share = {
  readonly worse: Finding[]
  readonly problems: Inspection['problems'][number][]
  readonly before: Placed[]
  readonly after: Placed[]
}

/** Why fixes do not hold together. */
export type Fault = {
  readonly reason: string
  /** Those that did not do what they should, each with its own reason. */
  readonly idle: ReadonlyMap<Fix, string>
  /** Those that it may be laid to; empty: any of them. */
  readonly suspects: ReadonlySet<Fix>
}

/**
 * For each unit why its fixes do not hold, or undefined where they do. What cannot be laid to one unit is laid to all that reach far; but where one of them brings a problem, such as a render that
 * fails, it is `unclear` for the others.
 */
export function faultsOf(units: readonly Unit[], looks: Looks): readonly (Fault | 'unclear' | undefined)[] {
  const { head, edited, comparison } = looks
  const shares = units.map((): Share => ({ worse: [], problems: [], before: [], after: [] }))
  const nobodys: Share = { worse: [], problems: [], before: [], after: [] }
  const owners = new Map(units.flatMap(({ paths }, at) => [...paths].map((path) => [path, shares[at] ?? nobodys] as const)))
  const shareOf = (path: string) => owners.get(path) ?? nobodys
  for (const finding of [...comparison.new, ...comparison.worsened.map((pair) => pair.head)])
    shareOf(ownerOf(finding.resource)).worse.push(finding)
  for (const problem of newProblems(head, edited)) shareOf(problem.path).problems.push(problem)
  for (const placed of head.objects) shareOf(ownerOf(placed.resource)).before.push(placed)
  for (const placed of edited.objects) (owners.get(ownerOf(placed.resource)) ?? shareOf(ownerBefore(placed, comparison))).after.push(placed)
  const withCopies = copiesIn(comparison.fixed)
  const common = faultIn(nobodys, fieldsMeant(withCopies(units.flatMap(({ fixes }) => fixes))), comparison)
  const fixed = countsOf(comparison.fixed)
  const isAnyFar = units.some(isFar)
  const isBroken = shares.some(({ problems }) => problems.length > 0)
  return units.map((unit, at) => {
    const share = shares[at] ?? nobodys
    const own = faultIn(share, fieldsMeant(withCopies(unit.fixes)), comparison)
    const isCommon = common !== undefined && (isFar(unit) || !isAnyFar)
    if (isCommon && share.problems.length > 0) return suspected(own, unit.fixes)
    if (isCommon && !isBroken) return suspected(common, unit.fixes)
    const fault = idleIn(unit.fixes, fixed) ?? own
    return isCommon && fault === undefined ? 'unclear' : suspected(fault, unit.fixes)
  })
}

/** Whom an object belonged to before: a new kustomization takes files that were applied as they stand. */
function ownerBefore({ resource }: Placed, { counterparts }: Comparison): string {
  return ownerOf(counterparts.get(resource)?.resource ?? resource)
}

/** What was seen, and where: in an object, or in a problem's file. */
type Seen = { readonly reason: string; readonly resource?: Finding['resource']; readonly problem?: Inspection['problems'][number] }

function suspected(seen: Seen | Fault | undefined, fixes: readonly Fix[]): Fault | undefined {
  if (seen === undefined || 'idle' in seen) return seen
  const { reason, resource, problem } = seen
  const isAbout = ({ findings, edits }: Fix) => {
    if (problem !== undefined)
      return edits.some(({ path }) => path === problem.path) || findings.some((one) => problem.message.startsWith(targetOf(one.resource)))
    return findings.some(({ resource: { id } }) => id.kind === resource?.id.kind && id.name === resource.id.name)
  }
  return { reason, idle: new Map(), suspects: new Set(fixes.filter(isAbout)) }
}

function targetOf({ document: { path, rendering } }: Finding['resource']): string {
  return rendering?.target ?? path
}

function faultIn({ worse, problems, before, after }: Share, meant: Meant, comparison: Comparison): Seen | undefined {
  const [first] = worse
  if (first !== undefined) return { reason: `it would bring ${first.rule.id} in ${nameOf(first.resource.id)}`, resource: first.resource }
  const [problem] = problems
  if (problem !== undefined) return { reason: `it would bring a problem: ${problem.message}`, problem }
  const gone = lostObject(before, after)
  return gone === undefined ? strayChange(after, meant, comparison) : { reason: `${gone} would not be there as before` }
}

function newProblems(head: Inspection, edited: Inspection) {
  const known = new Map<string, number>()
  const keyOf = ({ code, path, message }: Inspection['problems'][number]) => `${code}\n${path}\n${message}`
  for (const problem of head.problems) known.set(keyOf(problem), (known.get(keyOf(problem)) ?? 0) + 1)
  return edited.problems.filter((problem) => {
    const left = known.get(keyOf(problem)) ?? 0
    known.set(keyOf(problem), left - 1)
    return left <= 0
  })
}

/**
 * The name of an object that is there more or less often than before. What values say by convention is no object, and is there as long as they say it; a definition that stands in a file is not looked
 * at, and comes to sight where the file is built.
 */
function lostObject(before: readonly Placed[], after: readonly Placed[]): string | undefined {
  const counts = new Map<string, number>()
  const isSeen = ({ resource: { document } }: Placed) => document.rendering?.by !== 'convention'
  for (const placed of before.filter(isSeen)) counts.set(keyOf(placed), (counts.get(keyOf(placed)) ?? 0) + 1)
  for (const placed of after.filter(isSeen)) {
    const known = counts.get(keyOf(placed))
    if (known !== undefined || placed.resource.id.kind !== 'CustomResourceDefinition') counts.set(keyOf(placed), (known ?? 0) - 1)
  }
  return [...counts].find(([, left]) => left !== 0)?.[0]
}

function keyOf({ resource, environment }: Placed): string {
  return `${nameOf(resource.id)}${environment === '' ? '' : ` in ${environment}`}`
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(finding.fingerprint, (counts.get(finding.fingerprint) ?? 0) + 1)
  return counts
}

/** Those of which a finding is not among what was fixed; equal ones are counted. */
function idleIn(fixes: readonly Fix[], fixed: ReadonlyMap<string, number>): Fault | undefined {
  const used = new Map<string, number>()
  const idle = new Map<Fix, string>()
  for (const fix of fixes) {
    for (const { fingerprint, rule, resource } of fix.findings) {
      const before = used.get(fingerprint) ?? 0
      if (before >= (fixed.get(fingerprint) ?? 0)) idle.set(fix, `${rule.id} would stay in ${nameOf(resource.id)}`)
      used.set(fingerprint, before + 1)
    }
  }
  const [reason] = idle.values()
  return reason === undefined ? undefined : { reason, idle, suspects: new Set() }
}

/** What is meant by the place of an object, since each look makes the objects anew. */
type Meant = ReadonlyMap<string, readonly Meaning[]>

function placeOf({ document, base }: Finding['resource']): string {
  return `${document.path}\n${document.index}\n${base}\n${document.rendering?.target ?? ''}`
}

function fieldsMeant(fixes: readonly Fix[]): Meant {
  const meant = new Map<string, Meaning[]>()
  const add = (key: string, more: readonly Meaning[]) => meant.set(key, [...(meant.get(key) ?? []), ...more])
  for (const fix of fixes) {
    const { findings, route, edits } = fix
    for (const finding of findings) add(placeOf(finding.resource), meaningsOf(fix, finding))
    // An object that holds values of a chart differs where it was edited.
    for (const edit of edits)
      if (route === 'values' && 'change' in edit && 'pointer' in edit.change) add(edit.path, [{ pointer: edit.change.pointer }])
  }
  return meant
}

/** A field that differs although no fix of its object means it, or otherwise than meant, or what Kubernetes would refuse of an object that differs. */
function strayChange(objects: readonly Placed[], meant: Meant, { counterparts }: Comparison): Seen | undefined {
  for (const { resource } of objects) {
    const before = counterparts.get(resource)?.resource
    // Files that were not edited give the same values again.
    if (before === undefined || before.value === resource.value) continue
    const contradiction = contradictionsIn(resource).find((one) => !contradictionsIn(before).includes(one))
    if (contradiction !== undefined) return { reason: contradiction, resource }
    const meanings = [...(meant.get(placeOf(before)) ?? []), ...(meant.get(before.document.path) ?? [])]
    for (const pointer of differences(before.value, resource.value)) {
      if (isChecksum(pointer, before.value, resource.value)) continue
      const reason = unmeant(pointer, meanings, resource)
      if (reason !== undefined) return { reason, resource }
    }
  }
  return undefined
}
