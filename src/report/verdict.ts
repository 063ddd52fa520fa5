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
  const apart = findings.filter((finding) => isApart(finding, gates.upstream)).length
  const below = findings.filter(isFresh).length - apart
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

/** Whether it is told apart: what others wrote and this repository took in, as long as the policy does not let it count. */
export function isApart(finding: ReportedFinding, gate: Policy['failOn']): boolean {
  return finding.origin === 'upstream' && isFresh(finding) && (gate === 'never' || !reaches(finding.severity, gate))
}

type Told = { readonly findings: readonly ReportedFinding[]; readonly policy: { readonly thirdPartyGate: Policy['failOn'] } }

/** What is to be answered for, and told in full. */
export function newsIn({ findings, policy }: Told): readonly ReportedFinding[] {
  return findings.filter((finding) => isFresh(finding) && !isApart(finding, policy.thirdPartyGate))
}

function overGate(fresh: readonly ReportedFinding[], origin: ReportedFinding['origin'], gate: Policy['failOn']): readonly string[] {
  const counting = gate === 'never' ? 0 : fresh.filter((finding) => finding.origin === origin && reaches(finding.severity, gate)).length
  if (counting === 0) return []
  return [`${count(counting, origin === 'own' ? 'finding' : 'third-party finding')} at or above the gate "${gate}"`]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
