// What a fix may break and what its patch is called, in words that all formats share.

import type { ReportedFix } from './report.ts'

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
