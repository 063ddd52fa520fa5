// The report as JSON, for machines: docs/report.schema.json describes it.

import type { Report, ReportedFinding } from './report.ts'

/** Raised when a field changes its meaning or goes. */
export const jsonVersion = 1 as const

/** What stands in the file. */
export type JsonReport = { readonly version: typeof jsonVersion } & Omit<Report, 'findings'> & {
    readonly findings: readonly Omit<ReportedFinding, 'frame'>[]
  }

/** One line; source excerpts and copies of rule texts stay out, so that a large scan is written fast. */
export function json(report: Report): string {
  const { findings, rules, ...rest } = report
  const written: JsonReport = { version: jsonVersion, ...rest, findings: findings.map(entryOf), rules }
  return `${JSON.stringify(written)}\n`
}

function entryOf(finding: ReportedFinding): Omit<ReportedFinding, 'frame'> {
  // Named one by one: a frame is made when it is read, and nobody reads it here.
  const { rule, severity, baseSeverity, override, modifiers, state, message, resource, alike, pointer, location, objectLines } = finding
  const { through, removedFrom, before, related, covers, copies, environments, suppression, fix, component, origin, advice, fingerprint } =
    finding
  return {
    rule,
    severity,
    baseSeverity,
    ...(override === undefined ? {} : { override }),
    modifiers,
    state,
    message,
    resource,
    alike,
    pointer,
    location,
    through,
    objectLines,
    ...(removedFrom === undefined ? {} : { removedFrom }),
    ...(before === undefined ? {} : { before }),
    related,
    covers,
    copies,
    environments,
    suppression,
    ...(fix === undefined ? {} : { fix }),
    ...(component === undefined ? {} : { component }),
    origin,
    ...(advice === undefined ? {} : { advice }),
    fingerprint,
  }
}
