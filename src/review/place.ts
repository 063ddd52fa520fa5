// Where in the diff a finding is said: GitHub takes comments on shown lines only.

import type { Lookup } from '../change/lookup.ts'
import type { ReportedFinding, ReportedProblem } from '../report/report.ts'

/**
 * `exact`: the line itself; `nearest`: another shown line of the object; `removed`: the line that was taken away, on the side of the base; `file`: the file as a whole; `summary`:
 * nowhere in the diff.
 */
export type Place =
  | { readonly kind: 'exact' | 'nearest' | 'removed'; readonly path: string; readonly line: number; readonly side: 'LEFT' | 'RIGHT' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'summary' }

/** The first step of the ladder that holds. Every line it names lies in a hunk of `diff`. */
export function placeOf(finding: ReportedFinding, diff: Lookup): Place {
  const { location, removedFrom } = finding
  const { path, line, precision } = location
  const left = removedFrom === undefined ? undefined : removedPlace(removedFrom, path, diff)
  if (left !== undefined) return left
  const hasLine = precision !== 'file' && precision !== 'target'
  if (hasLine && diff.isShown(path, line, 'head')) return { kind: 'exact', path, line, side: 'RIGHT' }
  const near = hasLine ? nearestShown(location, finding.objectLines, diff) : undefined
  if (near !== undefined) return { kind: 'nearest', path, line: near, side: 'RIGHT' }
  return diff.isTouched(path) ? { kind: 'file', path } : { kind: 'summary' }
}

/** GitHub anchors both sides of a file at its path at head. */
function removedPlace(removed: { readonly path: string; readonly line: number }, path: string, diff: Lookup): Place | undefined {
  if (diff.previousPath(path) !== removed.path || !diff.removed(path).has(removed.line)) return undefined
  return { kind: 'removed', path, line: removed.line, side: 'LEFT' }
}

/** A problem stands at any line of its file that is near; a target that fails because of the one file that the change touches of it, at that file. */
export function placeOfProblem({ path, line, touched = [] }: ReportedProblem, diff: Lookup): Place {
  if (line !== undefined && diff.isShown(path, line, 'head')) return { kind: 'exact', path, line, side: 'RIGHT' }
  const near = line === undefined ? undefined : nearestShown({ path, line }, { first: 1, last: Number.POSITIVE_INFINITY }, diff)
  if (near !== undefined) return { kind: 'nearest', path, line: near, side: 'RIGHT' }
  if (diff.isTouched(path)) return { kind: 'file', path }
  const [only, ...others] = touched
  return only !== undefined && others.length === 0 && diff.shown(only).length > 0 ? { kind: 'file', path: only } : { kind: 'summary' }
}

/** The shown line of the object that is closest to the place, an added one before a context line as close. */
function nearestShown(
  { path, line }: { readonly path: string; readonly line: number },
  objectLines: ReportedFinding['objectLines'],
  diff: Lookup,
): number | undefined {
  const added = diff.added(path)
  const weight = (other: number) => Math.abs(other - line) * 2 + (added.has(other) ? 0 : 1)
  let best: number | undefined
  for (const other of diff.shown(path)) {
    if (other < objectLines.first || other > objectLines.last) continue
    if (best === undefined || weight(other) < weight(best)) best = other
  }
  return best
}
