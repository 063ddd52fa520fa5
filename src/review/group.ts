// Findings that are said together: of one rule at one place, or all over a file.

import type { Lookup } from '../change/lookup.ts'
import type { ReportedFinding } from '../report/report.ts'
import { groupBy } from '../text/group.ts'
import { mostAlike } from './limit.ts'
import { type Place, placeOf } from './place.ts'

/** One comment's worth of findings, the worst first. */
export type Group = {
  readonly rule: string
  readonly place: Place
  readonly findings: readonly [ReportedFinding, ...ReportedFinding[]]
  /** The faults it speaks of, one for each finding. */
  readonly prints: readonly string[]
}

/** Groups in the order of the findings, each placed by the finding that stands closest to its line. */
export function groupsOf(findings: readonly ReportedFinding[], diff: Lookup): readonly Group[] {
  const prints = faultsOf(findings)
  const placed = findings.map((finding) => ({ finding, place: placeOf(finding, diff) }))
  const alike = groupBy(placed, ruleAndFile)
  const groups = groupBy(placed, (one) => {
    const { finding, place } = one
    const isAlike = place.kind === 'file' || (place.kind !== 'summary' && (alike.get(ruleAndFile(one))?.length ?? 0) > mostAlike)
    return isAlike ? ruleAndFile(one) : JSON.stringify([finding.rule, finding.location.path, finding.location.line, place])
  })
  return [...groups.values()].flatMap((members) => {
    const [first, ...rest] = closestFirst(members)
    if (first === undefined) return []
    const all: readonly [Placed, ...Placed[]] = [first, ...rest]
    return [
      {
        rule: first.finding.rule,
        place: first.place,
        findings: [first.finding, ...rest.map(({ finding }) => finding)],
        prints: all.map(({ finding }) => prints.get(finding) ?? ''),
      },
    ]
  })
}

type Placed = { readonly finding: ReportedFinding; readonly place: Place }

function ruleAndFile({ finding: { rule, location }, place }: Placed): string {
  return JSON.stringify([rule, location.path, place.kind === 'summary'])
}

const closeness: readonly Place['kind'][] = ['exact', 'removed', 'nearest', 'file', 'summary']

function closestFirst(members: readonly Placed[]): readonly Placed[] {
  return [...members].sort((a, b) => closeness.indexOf(a.place.kind) - closeness.indexOf(b.place.kind))
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
