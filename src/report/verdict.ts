// Pass, fail or incomplete, and why in one sentence.

import type { Policy } from '../config.ts'
import { reaches } from '../rule/severity.ts'
import type { ReportedFinding, ReportedProblem, Verdict } from './report.ts'

/** `fail` beats `incomplete` beats `pass`. A finding counts when it is new, worse or of a scan, is not suppressed and reaches the gate. */
export function verdictOf(
  findings: readonly ReportedFinding[],
  problems: readonly ReportedProblem[],
  gate: Policy['failOn'],
): { readonly verdict: Verdict; readonly reason: string } {
  const counting = gate === 'never' ? [] : findings.filter((finding) => isFresh(finding) && reaches(finding.severity, gate))
  if (counting.length > 0) return { verdict: 'fail', reason: `${count(counting.length, 'finding')} at or above the gate "${gate}"` }
  const gaps = problems.filter((problem) => problem.counts)
  if (gaps.length > 0) return { verdict: 'incomplete', reason: `${count(gaps.length, 'problem')} kept something from being looked at` }
  const below = findings.filter(isFresh).length
  if (below === 0) {
    const where = problems.some(({ state }) => state !== 'fixed') ? ' in what could be looked at' : ''
    return { verdict: 'pass', reason: `${findings.length === 0 ? 'nothing found' : 'nothing got worse'}${where}` }
  }
  return {
    verdict: 'pass',
    reason:
      gate === 'never' ? `${count(below, 'finding')}, and the gate is "never"` : `${count(below, 'finding')} below the gate "${gate}"`,
  }
}

/** What counts: what the change brought, or what a scan found, unless somebody answered for it. */
export function isFresh(finding: ReportedFinding): boolean {
  return finding.suppression === null && (finding.state === 'new' || finding.state === 'worsened' || finding.state === 'present')
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
