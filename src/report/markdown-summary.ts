// What a Markdown page says beside the findings: verdict, counts, problems, what was fixed, coverage.

import { severities } from '../rule/severity.ts'
import { type Alike, gapsAlike, problemsAlike } from './alike.ts'
import { judgedText, skippedGroups } from './coverage-text.ts'
import { cell, code, details, fenced, plain, prose } from './markdown-escape.ts'
import { capital, placeOf } from './markdown-finding.ts'
import { oldProblems } from './printable.ts'
import { leftText, renderedTitle } from './rendered-text.ts'
import type { Report, ReportedFinding, ReportedGap, ReportedProblem } from './report.ts'

const signs = { pass: '✅ Pass', fail: '❌ Fail', incomplete: '⚠️ Incomplete' } as const

/** The verdict with its reason. */
export function verdictLine({ verdict, verdictReason }: Report): string {
  return `${signs[verdict]}: ${plain(verdictReason)}`
}

/** Findings by severity and state; nothing where there are none. */
export function countsTable({ summary, mode }: Report): readonly string[] {
  const states = mode === 'scan' ? (['present', 'suppressed'] as const) : (['new', 'worsened', 'fixed', 'unchanged', 'suppressed'] as const)
  const shown = states.filter((state) => state !== 'suppressed' || severities.some((severity) => summary.suppressed[severity] > 0))
  const rows = severities.filter((severity) => shown.some((state) => summary[state][severity] > 0))
  if (rows.length === 0) return []
  return [
    `| | ${shown.map((state) => capital(state === 'present' ? 'found' : state)).join(' | ')} |`,
    `|---|${shown.map(() => '---:|').join('')}`,
    ...rows.map((severity) => `| ${capital(severity)} | ${shown.map((state) => String(summary[state][severity] || '·')).join(' | ')} |`),
  ]
}

/** Problems that are new, of this scan or count all the same, each with what to do. */
export function problemLines(problems: readonly ReportedProblem[], most: number): readonly string[] {
  const shown = problems.filter(({ state, counts }) => state === 'new' || state === 'present' || counts)
  const old = problems.filter(({ state, counts }) => state === 'unchanged' && !counts)
  const groups = problemsAlike(shown)
  return [
    ...groups.slice(0, most).map(problemLine),
    ...(groups.length > most ? [`- and ${groups.length - most} more`] : []),
    ...(old.length > 0 ? [`- ${plain(oldProblems(old))}`] : []),
  ]
}

function problemLine({ item: { path, line, message, hint, counts }, names }: Alike<ReportedProblem>): string {
  const place = line === undefined ? path : `${path}:${line}`
  return `- ${code(place)}: ${plain(message)}. ${plain(hint)}${counts ? '' : ' (does not count)'}${namesFold(names)}`
}

/** Names below an item of a list: a few stand there, many in a fold. */
function namesFold(names: readonly string[]): string {
  if (names.length === 0) return ''
  if (names.length <= mostNames) return ` (${names.map(code).join(', ')})`
  return `\n  <details><summary>The targets</summary>\n\n${names.map((name) => `  - ${code(name)}`).join('\n')}\n\n  </details>`
}

/** Names that stand in a line. */
const mostNames = 3

/** What the change healed, one line each. */
export function fixedLines({ findings, rules }: Report, most: number): readonly string[] {
  const healed = findings.filter(({ state }) => state === 'fixed')
  const line = ({ rule, severity, resource, location }: ReportedFinding) =>
    `- ${capital(severity)}: ${prose(rules[rule]?.title ?? rule)}, ${code(`${resource.kind} ${resource.name}`)} (${code(placeOf(location))})`
  return [...healed.slice(0, most).map(line), ...(healed.length > most ? [`- and ${healed.length - most} more`] : [])]
}

/** What was judged and what was not; paths that look like Kubernetes are named. */
export function coverageLines({ coverage, mode }: Report, most: number): readonly string[] {
  const rows = skippedGroups(coverage.skipped).map(({ reason, count, aloud }) => {
    const named = aloud.slice(0, most).map(code).join(', ')
    return `| ${cell(code(reason))} | ${count} | ${cell(named)}${aloud.length > most ? ` and ${aloud.length - most} more` : ''} |`
  })
  return [
    `${judgedText(coverage, mode)}.`,
    ...(rows.length === 0 ? [] : ['', '| Not judged | | Looks like Kubernetes |', '|---|---:|---|', ...rows]),
    ...gapLines(coverage.notRendered, most),
  ]
}

/** What would be applied that was not before: a fold for each way in which environments differ. */
export function renderedFolds({ rendered }: Report): readonly string[] {
  return rendered.map((change) => {
    const left = leftText(change)
    const body = [fenced(change.lines, 'diff'), ...(left === '' ? [] : [plain(left)])].join('\n\n')
    return details(renderedTitle(change, rendered), body)
  })
}

function gapLines(gaps: Report['coverage']['notRendered'], most: number): readonly string[] {
  if (gaps.length === 0) return []
  const groups = gapsAlike(gaps)
  const left = groups.slice(most).reduce((sum, { names }) => sum + Math.max(1, names.length), 0)
  return ['', 'Not rendered:', '', ...groups.slice(0, most).map(gapLine), ...(left > 0 ? [`- and ${left} more`] : [])]
}

function gapLine({ item: { name, message, hint }, names, place }: Alike<ReportedGap>): string {
  const subject = `${names.length === 0 ? code(name) : name}${place === '' ? '' : ` (${code(place)})`}`
  return `- ${subject}: ${plain(message)}. ${plain(hint)}${namesFold(names)}`
}

/** By which policy and for which version. */
export function policyLine({ policy }: Report): string {
  return `Policy: ${code(policy.source)}, profile ${code(policy.profile)}; Kubernetes ${code(policy.kubernetesVersion)} (${plain(policy.kubernetesVersionSource)}).`
}
