// What must hold on the page of a pull request after any run, judged by the double's state and the report alone.

import { verdictLine } from '../../src/report/markdown-summary.ts'
import { faultsOf } from '../../src/review/group.ts'
import { markerIn, summaryIn } from '../../src/review/marker.ts'
import type { Review } from '../../src/review/plan.ts'
import { freshOf, isMinor } from '../../src/review/summary.ts'
import { problemsOf } from '../../src/review/tell-problems.ts'
import type { Pull } from './state.ts'

/** Everything that is wrong: findings said twice or nowhere, fixed ones that still stand, summaries too many or of another head. */
export function wrongIn(pull: Pull, { report, diff, head, key }: Review): readonly string[] {
  const ours = pull.threads.flatMap(({ comments: [first], isResolved }) => {
    const marker = first === undefined || first.author === 'ann' ? undefined : markerIn(first.body)
    return first === undefined || marker?.key !== key ? [] : [{ marker, isResolved, isFolded: first.isMinimized, body: first.body }]
  })
  const summaries = pull.comments.filter(({ body }) => summaryIn(body)?.key === key)
  const [summary] = summaries
  const wrong: string[] = []
  const faults = [...faultsOf(freshOf(report))].map(([finding, print]) => {
    const { rule, location } = finding
    return { print, rule, place: `${location.path}:${location.line}`, isMinor: isMinor(finding) }
  })
  const problems = problemsOf(report, diff).map(({ print, rule, problems: [{ path, line }] }) => {
    return { print, rule, place: line === undefined ? path : `${path}:${line}`, isMinor: false }
  })
  const prints = new Map([...faults, ...problems].map((fault) => [fault.print, fault]))
  for (const [print, { rule, place, isMinor }] of prints) {
    const said = ours.filter(({ marker }) => marker.prints.includes(print))
    const what = `${rule} at ${place}`
    if (said.length > 1) wrong.push(`${what} is said ${said.length} times`)
    if (said.some(({ marker }) => marker.state === 'closed')) wrong.push(`${what} stands and is called fixed`)
    if (said.some(({ isFolded }) => isFolded)) wrong.push(`${what} stands in a folded comment`)
    if (said.length === 0 && summary?.body.includes(place) !== true && !isMinor) wrong.push(`${what} is said nowhere`)
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
