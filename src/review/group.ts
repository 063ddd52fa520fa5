// Findings that are said together: of one rule at one place.

import type { Lookup } from '../change/lookup.ts'
import type { ReportedFinding } from '../report/report.ts'
import { groupBy } from '../text/group.ts'
import { type Place, placeOf } from './place.ts'

/** One comment's worth of findings, the worst first. */
export type Group = {
  readonly rule: string
  readonly place: Place
  readonly findings: readonly [ReportedFinding, ...ReportedFinding[]]
  /** The faults it speaks of, one for each finding. */
  readonly prints: readonly string[]
}

/** Groups in the order of the findings, each placed by its first finding. */
export function groupsOf(findings: readonly ReportedFinding[], diff: Lookup): readonly Group[] {
  const prints = faultsOf(findings)
  const groups = groupBy(findings, (finding) => {
    const { path, line } = finding.location
    return JSON.stringify([finding.rule, path, line, placeOf(finding, diff)])
  })
  return [...groups.values()].flatMap((members) => {
    const [first, ...rest] = members
    if (first === undefined) return []
    return [
      {
        rule: first.rule,
        place: placeOf(first, diff),
        findings: [first, ...rest],
        prints: members.map((member) => prints.get(member) ?? ''),
      },
    ]
  })
}

/** A name for each finding that stays the same over pushes: its fingerprint, and `~2` for a second equal fault. */
export function faultsOf(findings: readonly ReportedFinding[]): ReadonlyMap<ReportedFinding, string> {
  const seen = new Map<string, number>()
  const names = new Map<ReportedFinding, string>()
  for (const finding of findings) {
    const count = (seen.get(finding.fingerprint) ?? 0) + 1
    seen.set(finding.fingerprint, count)
    names.set(finding, count === 1 ? finding.fingerprint : `${finding.fingerprint}~${count}`)
  }
  return names
}
