// Verified fixes as lines of files: those that touch each other's lines are one offer, since each can only be taken with the others.

import { type LineEdit, lineEdits, unifiedPatch } from '../change/lines.ts'
import { nameOf } from '../resource/resource.ts'
import { applyFixes } from './apply.ts'
import type { VerifiedFix } from './fix.ts'

export type OfferedEdit = LineEdit & { readonly path: string }

export type Offer = {
  readonly fixes: readonly VerifiedFix[]
  readonly edits: readonly OfferedEdit[]
  /** All of it as a patch that git applies. */
  readonly patch: string
}

/** The offers, in the order of their first fix. `textOf` gives a file as it is. */
export function offersOf(fixes: readonly VerifiedFix[], textOf: (path: string) => string): readonly Offer[] {
  let groups: readonly Group[] = fixes.map((fix) => groupOf([fix], textOf))
  // Together fixes may touch lines that none of them touches alone.
  for (let rounds = 0; rounds < 10; rounds += 1) {
    const next = united(groups, textOf)
    if (next.length === groups.length) break
    groups = next
  }
  return groups.map((group) => ({ ...group, patch: patchOf(group.fixes, textOf) }))
}

type Group = Pick<Offer, 'fixes' | 'edits'>

function groupOf(fixes: readonly VerifiedFix[], textOf: (path: string) => string): Group {
  const edits = pathsOf(fixes).flatMap((path) => {
    const before = textOf(path)
    return lineEdits(before, applyFixes(path, before, fixes).text).map((edit) => ({ ...edit, path }))
  })
  return { fixes, edits }
}

function pathsOf(fixes: readonly VerifiedFix[]): readonly string[] {
  return [...new Set(fixes.flatMap(({ edits }) => edits.map(({ path }) => path)))]
}

function united(groups: readonly Group[], textOf: (path: string) => string): readonly Group[] {
  const byPath = new Map<string, number[]>()
  for (const [at, { edits }] of groups.entries())
    for (const path of new Set(edits.map((edit) => edit.path))) byPath.set(path, [...(byPath.get(path) ?? []), at])
  const owner = groups.map((_, at) => at)
  const rootOf = (at: number): number => (owner[at] === at || owner[at] === undefined ? at : rootOf(owner[at]))
  for (const members of byPath.values()) {
    for (const a of members)
      for (const b of members) if (a < b && rootOf(a) !== rootOf(b) && belongTogether(groups[a], groups[b])) owner[rootOf(b)] = rootOf(a)
  }
  const joined = new Map<number, VerifiedFix[]>()
  for (const [at, { fixes }] of groups.entries()) joined.set(rootOf(at), [...(joined.get(rootOf(at)) ?? []), ...fixes])
  return [...joined].map(([at, fixes]) => (fixes.length === groups[at]?.fixes.length ? (groups[at] as Group) : groupOf(fixes, textOf)))
}

function belongTogether(a: Group | undefined, b: Group | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return touch(a.edits, b.edits) || a.fixes.some((one) => b.fixes.some((other) => yields(one, other) || yields(other, one)))
}

/** A finding that is folded into another one of the same part is never shown, so it is mended with that one. */
export function yields({ findings: [folded] }: VerifiedFix, { findings: [shown] }: VerifiedFix): boolean {
  const isSamePart = folded.resource === shown.resource && folded.item === shown.item
  return isSamePart && (folded.rule.yieldsTo?.includes(shown.rule.id) ?? false)
}

/** Whether two sets of edits share a line, or stand at each other's edge. */
function touch(a: readonly OfferedEdit[], b: readonly OfferedEdit[]): boolean {
  return a.some((one) =>
    b.some((other) => one.path === other.path && one.line <= other.line + other.lines && other.line <= one.line + one.lines),
  )
}

/** How many fields of applied objects fixes change: a field that several of them change, or one in several environments, is one. */
export function fieldsChanged(fixes: readonly VerifiedFix[]): number {
  const names = fixes.flatMap(({ findings: [{ resource }], changes }) =>
    changes.map(({ pointer }) => `${resource.document.path} ${nameOf(resource.id)} ${pointer}`),
  )
  return new Set(names).size
}

/** Fixes as one patch that git applies; `named` gives the path from the root of the repository, where that is not the path in the tree. */
export function patchOf(
  fixes: readonly VerifiedFix[],
  textOf: (path: string) => string,
  named: (path: string) => string = (path) => path,
): string {
  return pathsOf(fixes)
    .map((path) => unifiedPatch(named(path), textOf(path), applyFixes(path, textOf(path), fixes).text))
    .join('')
}
