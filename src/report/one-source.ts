// One line that makes the same fault in objects of several names is one finding: a base with a prefix in each overlay, a chart with two releases.

import { groupBy } from '../text/group.ts'
import type { Traced } from './entry.ts'

/** The places of one finding, the one to show first. */
export type Occurrences = readonly [Traced, ...Traced[]]

/** Findings that one edit of one line heals, together; in the order of their first. */
export function ofOneSource(findings: readonly Occurrences[]): readonly Occurrences[] {
  return [...groupBy(findings, keyOf).values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const [shown, ...others] = first
    return [[shown, ...others, ...rest.flat()] as const]
  })
}

/** What is written itself, and what no line is known of, stands alone: each is a place of its own. */
function keyOf([{ finding, state, trace }]: Occurrences, at: number): string {
  const { resource, rule, severity, pointer } = finding
  const { path, line, column, precision } = trace.location
  if (resource.document.rendering === undefined || precision === 'file' || precision === 'target') return String(at)
  return JSON.stringify([state, severity, rule.id, resource.id.kind, pointer, path, line, column, trace.through])
}
