// How bad a finding is: five levels, and the formula behind them.

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof severities)[number]

/** Exploitability, blast radius, and who stands in the starting position: each 1 to 4. The base severity is their product, see docs/severity.md. */
export type Factors = { readonly exploitability: number; readonly blast: number; readonly position: number }

/** The level of a product of factors: 24 and more is critical, 12 high, 6 medium, 2 low, 1 info. */
export function severityOf(factors: Factors): Severity {
  const score = factors.exploitability * factors.blast * factors.position
  if (score >= 24) return 'critical'
  if (score >= 12) return 'high'
  if (score >= 6) return 'medium'
  return score >= 2 ? 'low' : 'info'
}

/** The level where facts of a scan raise or lower factors; a factor stays between 1 and 4. */
export function severityWith(factors: Factors, facts: readonly { readonly factor: keyof Factors; readonly delta: number }[]): Severity {
  const lifted = { ...factors }
  for (const { factor, delta } of facts) lifted[factor] = Math.min(4, Math.max(1, lifted[factor] + delta))
  return severityOf(lifted)
}

/** Negative when `a` is worse than `b`: sorts worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b)
}

/** Whether `severity` is at least as bad as `bound`. */
export function reaches(severity: Severity, bound: Severity): boolean {
  return compareSeverity(severity, bound) <= 0
}
