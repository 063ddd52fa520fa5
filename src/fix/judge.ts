// Whether the edits of some files did what they should and nothing else: two looks at the tree, held against each other.

import type { Comparison } from '../finding/compare.ts'
import type { Finding } from '../finding/finding.ts'
import type { Placed } from '../finding/likeness.ts'
import type { Inspection } from '../inspect.ts'
import { nameOf } from '../resource/resource.ts'
import { differences, isMeant } from './difference.ts'
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

/** For each unit why its fixes do not hold, or undefined where they do. What cannot be laid to one unit is laid to all that reach far. */
export function faultsOf(units: readonly Unit[], looks: Looks): readonly (string | undefined)[] {
  const { head, edited, comparison } = looks
  const shares = units.map((): Share => ({ worse: [], problems: [], before: [], after: [] }))
  const nobodys: Share = { worse: [], problems: [], before: [], after: [] }
  const owners = new Map(units.flatMap(({ paths }, at) => [...paths].map((path) => [path, shares[at] ?? nobodys] as const)))
  const shareOf = (path: string) => owners.get(path) ?? nobodys
  for (const finding of [...comparison.new, ...comparison.worsened.map((pair) => pair.head)])
    shareOf(ownerOf(finding.resource)).worse.push(finding)
  for (const problem of newProblems(head, edited)) shareOf(problem.path).problems.push(problem)
  for (const placed of head.objects) shareOf(ownerOf(placed.resource)).before.push(placed)
  for (const placed of edited.objects) shareOf(ownerOf(placed.resource)).after.push(placed)
  const common = faultIn(nobodys, fieldsMeant(units.flatMap(({ fixes }) => fixes)), comparison)
  const fixed = countsOf(comparison.fixed)
  const isAnyFar = units.some(isFar)
  return units.map((unit, at) => {
    const blamed = isFar(unit) || !isAnyFar ? common : undefined
    return blamed ?? leftOver(unit.fixes, fixed) ?? faultIn(shares[at] ?? nobodys, fieldsMeant(unit.fixes), comparison)
  })
}

function faultIn({ worse, problems, before, after }: Share, meant: Meant, comparison: Comparison): string | undefined {
  const [first] = worse
  if (first !== undefined) return `it would bring ${first.rule.id} in ${nameOf(first.resource.id)}`
  const [problem] = problems
  if (problem !== undefined) return `it would bring a problem: ${problem.message}`
  const gone = lostObject(before, after)
  return gone === undefined ? strayChange(after, meant, comparison) : `${gone} would not be there as before`
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

/** The name of an object that is there more or less often than before. */
function lostObject(before: readonly Placed[], after: readonly Placed[]): string | undefined {
  const counts = new Map<string, number>()
  const count = ({ resource, environment }: Placed, by: number) => {
    const key = `${nameOf(resource.id)}${environment === '' ? '' : ` in ${environment}`}`
    counts.set(key, (counts.get(key) ?? 0) + by)
  }
  for (const placed of before) count(placed, 1)
  for (const placed of after) count(placed, -1)
  return [...counts].find(([, left]) => left !== 0)?.[0]
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(finding.fingerprint, (counts.get(finding.fingerprint) ?? 0) + 1)
  return counts
}

/** Says of the first finding that is not among what was fixed that it stays; equal ones are counted. */
function leftOver(fixes: readonly Fix[], fixed: ReadonlyMap<string, number>): string | undefined {
  const used = new Map<string, number>()
  for (const finding of fixes.flatMap(({ findings }) => findings)) {
    const key = finding.fingerprint
    const before = used.get(key) ?? 0
    if (before >= (fixed.get(key) ?? 0)) return `${finding.rule.id} would stay in ${nameOf(finding.resource.id)}`
    used.set(key, before + 1)
  }
  return undefined
}

/** By the place of an object, since each look makes the objects anew. */
type Meant = ReadonlyMap<string, readonly string[]>

function placeOf({ document, base }: Finding['resource']): string {
  return `${document.path}\n${document.index}\n${base}\n${document.rendering?.target ?? ''}`
}

function fieldsMeant(fixes: readonly Fix[]): Meant {
  const meant = new Map<string, string[]>()
  for (const { findings, fields } of fixes)
    for (const { resource } of findings) meant.set(placeOf(resource), [...(meant.get(placeOf(resource)) ?? []), ...fields])
  return meant
}

/** A field that differs although no fix of its object means it, or what Kubernetes would refuse of an object that differs. */
function strayChange(objects: readonly Placed[], meant: Meant, { counterparts }: Comparison): string | undefined {
  for (const { resource } of objects) {
    const before = counterparts.get(resource)?.resource
    // Files that were not edited give the same values again.
    if (before === undefined || before.value === resource.value) continue
    const contradiction = contradictionsIn(resource).find((one) => !contradictionsIn(before).includes(one))
    if (contradiction !== undefined) return contradiction
    const stray = differences(before.value, resource.value).find((pointer) => !isMeant(pointer, meant.get(placeOf(before)) ?? []))
    if (stray !== undefined) return `${stray === '' ? 'the whole' : stray} of ${nameOf(resource.id)} would change, which nobody means`
  }
  return undefined
}
