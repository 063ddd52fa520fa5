// Pass, fail or incomplete, and why in one sentence.

import type { Policy } from '../config.ts'
import { reaches } from '../rule/severity.ts'
import type { ReportedFinding, ReportedProblem, Verdict } from './report.ts'

/** `fail` beats `incomplete` beats `pass`. A finding counts when it is new, worse or of a scan, is not suppressed and reaches the gate. */
export function verdictOf(
  findings: readonly ReportedFinding[],
  problems: readonly ReportedProblem[],
  gates: Readonly<Record<ReportedFinding['origin'], Policy['failOn']>>,
): { readonly verdict: Verdict; readonly reason: string } {
  const reasons = (['own', 'upstream'] as const).flatMap((origin) => overGate(findings.filter(isFresh), origin, gates[origin]))
  if (reasons.length > 0) return { verdict: 'fail', reason: reasons.join('; ') }
  const gaps = problems.filter((problem) => problem.counts)
  if (gaps.length > 0) return { verdict: 'incomplete', reason: `${count(gaps.length, 'problem')} kept something from being looked at` }
  const below = findings.filter(isOwnNews).length
  const apart = findings.filter(isUpstreamsNews).length
  const more = apart === 0 ? '' : `; ${count(apart, 'third-party finding')} told apart`
  const gate = gates.own
  if (below === 0) {
    const where = problems.some(({ state }) => state !== 'fixed') ? ' in what could be looked at' : ''
    const mode = findings.some(({ state }) => state !== 'present') ? 'nothing got worse' : 'nothing found'
    return { verdict: 'pass', reason: `${mode}${where}${more}` }
  }
  return {
    verdict: 'pass',
    reason: `${count(below, 'finding')}${gate === 'never' ? ', and the gate is "never"' : ` below the gate "${gate}"`}${more}`,
  }
}

/** What counts: what the change brought, or what a scan found, unless somebody answered for it. */
export function isFresh(finding: ReportedFinding): boolean {
  return finding.suppression === null && (finding.state === 'new' || finding.state === 'worsened' || finding.state === 'present')
}

/** What is ours to answer for. */
export function isOwnNews(finding: ReportedFinding): boolean {
  return finding.origin === 'own' && isFresh(finding)
}

/** What others wrote, and this repository took in. */
export function isUpstreamsNews(finding: ReportedFinding): boolean {
  return finding.origin === 'upstream' && isFresh(finding)
}

function overGate(fresh: readonly ReportedFinding[], origin: ReportedFinding['origin'], gate: Policy['failOn']): readonly string[] {
  const counting = gate === 'never' ? 0 : fresh.filter((finding) => finding.origin === origin && reaches(finding.severity, gate)).length
  if (counting === 0) return []
  return [`${count(counting, origin === 'own' ? 'finding' : 'third-party finding')} at or above the gate "${gate}"`]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
