// What the report shows of what fixes mend, where they mend it.

import type { Finding } from '../../finding/finding.ts'
import type { VerifiedFix } from '../../fix/fix.ts'
import type { Location, Report, ReportedFinding } from '../../report/report.ts'
import { groupBy } from '../../text/group.ts'

/** One entry of the report at one of its places. */
export type Shown = { readonly finding: ReportedFinding; readonly location: Location }

/** Looks findings up: copies of an object in several environments have one fingerprint, and mostly one entry. Undefined for what is folded into another entry. */
export function reportedIn({ findings }: Pick<Report, 'findings'>): (finding: Finding) => ReportedFinding | undefined {
  const known = groupBy(findings, ({ fingerprint }) => fingerprint)
  return ({ fingerprint, environment }) => {
    const entries = known.get(fingerprint) ?? []
    return entries.find(({ environments }) => environments.includes(environment)) ?? entries[0]
  }
}

/** Each place once, in the order of the fixes; of copies the one in a file that is edited. */
export function shownOf(fixes: readonly VerifiedFix[], report: Pick<Report, 'findings'>): readonly Shown[] {
  const reported = reportedIn(report)
  const shown = new Map<string, Shown>()
  for (const { findings, edits } of fixes) {
    const paths = new Set(edits.map(({ path }) => path))
    for (const found of findings) {
      const finding = reported(found)
      if (finding === undefined) continue
      const location = [finding.location, ...finding.copies].find(({ path }) => paths.has(path)) ?? finding.location
      shown.set(JSON.stringify([finding.rule, location.path, location.line, finding.message]), { finding, location })
    }
  }
  return [...shown.values()]
}
