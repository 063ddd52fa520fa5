// What must hold on the page of a pull request after any run, judged by the double's state and the report alone.

import { verdictLine } from '../../src/report/markdown-summary.ts'
import { faultsOf } from '../../src/review/group.ts'
import { markerIn, summaryIn } from '../../src/review/marker.ts'
import type { Review } from '../../src/review/plan.ts'
import { freshOf, isMinor } from '../../src/review/summary.ts'
import type { Pull } from './state.ts'

/** Everything that is wrong: findings said twice or nowhere, fixed ones that still stand, summaries too many or of another head. */
export function wrongIn(pull: Pull, { report, head, key }: Review): readonly string[] {
  const ours = pull.threads.flatMap(({ comments: [first], isResolved }) => {
    const marker = first === undefined || first.author === 'ann' ? undefined : markerIn(first.body)
    return first === undefined || marker?.key !== key ? [] : [{ marker, isResolved, isFolded: first.isMinimized, body: first.body }]
  })
  const summaries = pull.comments.filter(({ body }) => summaryIn(body)?.key === key)
  const [summary] = summaries
  const wrong: string[] = []
  const prints = new Map([...faultsOf(freshOf(report))].map(([finding, print]) => [print, finding]))
  for (const [print, finding] of prints) {
    const said = ours.filter(({ marker }) => marker.prints.includes(print))
    const what = `${finding.rule} at ${finding.location.path}:${finding.location.line}`
    if (said.length > 1) wrong.push(`${what} is said ${said.length} times`)
    if (said.some(({ marker }) => marker.state === 'closed')) wrong.push(`${what} stands and is called fixed`)
    if (said.some(({ isFolded }) => isFolded)) wrong.push(`${what} stands in a folded comment`)
    const isSummed = summary?.body.includes(`${finding.location.path}:${finding.location.line}`)
    if (said.length === 0 && !isSummed && !isMinor(finding)) wrong.push(`${what} is said nowhere`)
  }
  for (const { marker, isFolded, body } of ours) {
    const left = marker.prints.filter((print) => !prints.has(print))
    if (marker.state === 'open' && left.length > 0) wrong.push(`${marker.rule} is fixed and still stands: ${body.split('\n', 1)[0]}`)
    if (marker.state === 'closed' && !isFolded) wrong.push(`${marker.rule} is settled and not folded`)
  }
  if (summaries.length !== 1) wrong.push(`${summaries.length} summaries`)
  if (summary !== undefined && summaryIn(summary.body)?.head !== head) wrong.push('the summary speaks of another head')
  if (summary !== undefined && !summary.body.includes('✅ Plimsoll found nothing') && !summary.body.includes(verdictLine(report)))
    wrong.push(`the summary has another verdict than "${verdictLine(report)}"`)
  return wrong
}
