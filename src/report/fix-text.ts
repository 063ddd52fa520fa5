// What a fix may break, what its patch is called and what is left to find out, in words that all formats share.

import type { ReportedFinding, ReportedFix } from './report.ts'

/** What may behave differently; empty for a fix that is safe. */
export function riskText({ safety, breaks }: ReportedFix): string {
  return safety === 'safe' ? '' : `May break: ${breaks.join(' ')}`
}

/** `Set privileged to false: the patch for web/deployment.yaml`. */
export function patchTitle({ titles, edits }: ReportedFix): string {
  const [first, ...others] = new Set(edits.map(({ path }) => path))
  const files = first === undefined ? '' : ` for ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`
  return `${titles.join('; ')}: the patch${files}`
}

/** What to find out, or why a better fix than the one that is there was not made; empty for nothing. */
export function adviceText({ fix, advice }: ReportedFinding): string {
  if (advice === undefined) return ''
  return fix === undefined ? `${advice.title}: ${advice.find}` : `Not made: ${advice.title}. ${advice.find}`
}
