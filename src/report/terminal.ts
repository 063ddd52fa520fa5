// The report as a person reads it in the terminal.

import { severities } from '../rule/severity.ts'
import { type Alike, gapsAlike, problemsAlike } from './alike.ts'
import { judgedText, skippedGroups } from './coverage-text.ts'
import { oldProblems, printable, shortened, wrapped } from './printable.ts'
import type { Format, Report, ReportedFinding, ReportedGap } from './report.ts'
import { componentSection } from './terminal-component.ts'
import { findingSections } from './terminal-finding.ts'
import { type Style, styleOf } from './terminal-style.ts'
import { newsIn } from './verdict.ts'

/** Worst first: what got worse, what could not be looked at, what was fixed; then counts, coverage and the verdict, which never fail to come. */
export const terminal: Format = (report, look) => {
  const style = styleOf(look)
  const page = { style, width: Math.max(60, Math.min(look.width, 140)) }
  const fresh = newsIn(report)
  const apart = componentSection(report, page)
  const parts = [
    ...(fresh.length === 0 && apart === '' ? [] : [`${headline(report, style)}\n`]),
    ...(fresh.length === 0 ? [] : [findingSections(report, fresh, page)]),
    apart,
    problems(report, page),
    fixed(report, style),
    ...report.notes.map((note) => `${style.bold('note')}  ${printable(note)}\n`),
    fresh.length === 0 ? '' : counts(report, style),
    ending(report, style),
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function headline({ mode, base, head, policy }: Report, style: Style): string {
  const what =
    mode === 'review' ? `What ${printable(head)} makes worse than ${printable(base ?? '')}` : `What was found in ${printable(head)}`
  return `${style.bold(what)}\n${style.dim(`policy: ${printable(policy.source)}, profile ${policy.profile}; Kubernetes ${policy.kubernetesVersion} (${printable(policy.kubernetesVersionSource)})`)}`
}

function problems({ problems }: Report, { style, width }: { readonly style: Style; readonly width: number }): string {
  const shown = problems.filter(({ state, counts }) => state === 'new' || state === 'present' || counts)
  const old = problems.filter(({ state, counts }) => state === 'unchanged' && !counts)
  const groups = problemsAlike(shown)
  const lines = groups.slice(0, 50).flatMap(({ item: { path, line, column, message, hint, counts }, names }) => {
    const place = line === undefined ? printable(path) : `${printable(path)}:${line}:${column ?? 1}`
    const told = wrapped(`${printable(message)}. ${printable(hint)}`.replace('..', '.'), width - 4)
    const of = names.length === 0 ? [] : wrapped(printable(shortened(names)), width - 4).map((text) => style.dim(`  ${text}`))
    return [`  ${style.bold(place)}${counts ? '' : style.dim(' (does not count)')}`, ...told.map((text) => `  ${text}`), ...of, '']
  })
  if (groups.length > 50) lines.push(`  … and ${groups.length - 50} more; --format json or html has them all.`, '')
  if (old.length > 0) lines.push(...wrapped(printable(oldProblems(old)), width - 4).map((line) => style.dim(`  ${line}`)), '')
  return lines.length === 0 ? '' : `${style.bold('Could not be looked at')}\n\n${lines.join('\n')}`
}

function fixed({ findings, rules }: Report, style: Style): string {
  const healed = findings.filter(({ state }) => state === 'fixed')
  if (healed.length === 0) return ''
  const line = ({ rule, severity, resource, location }: ReportedFinding) =>
    `  ${severity.padEnd(8)}  ${rules[rule]?.title ?? rule}, ${printable(`${resource.kind} ${resource.name} (${location.path})`)}`
  const lines = healed.slice(0, 20).map(line)
  if (healed.length > 20) lines.push(`  … and ${healed.length - 20} more`)
  return `${style.good('Fixed by this change')}\n${lines.join('\n')}\n`
}

function counts({ summary, mode }: Report, style: Style): string {
  const columns =
    mode === 'scan' ? (['present', 'suppressed'] as const) : (['new', 'worsened', 'fixed', 'unchanged', 'suppressed'] as const)
  const shown = columns.filter((state) => state !== 'suppressed' || severities.some((severity) => summary.suppressed[severity] > 0))
  const names: Readonly<Record<string, string>> = { present: 'found' }
  const rows = severities
    .filter((severity) => shown.some((state) => summary[state][severity] > 0))
    .map(
      (severity) =>
        `  ${style.severity(severity, severity.padEnd(9))}${shown.map((state) => String(summary[state][severity] || '·').padStart(11)).join('')}`,
    )
  return `${style.dim(`  ${''.padEnd(9)}${shown.map((state) => (names[state] ?? state).padStart(11)).join('')}`)}\n${rows.join('\n')}\n`
}

function ending(report: Report, style: Style): string {
  const sign = { pass: style.good('✓ pass'), fail: style.bad('✗ fail'), incomplete: style.bad('? incomplete') }[report.verdict]
  return `${coverage(report)}\n${sign}  ${printable(report.verdictReason)}\n`
}

/** `3 chart-template, 1 encrypted (secret.yaml)`: those that look like Kubernetes are named, as far as there is room. */
function coverage({ coverage, mode }: Report): string {
  const skipped = skippedGroups(coverage.skipped).map(({ reason, count, aloud }) => {
    const names = aloud.slice(0, 2).map(printable).join(', ')
    return `${count} ${reason}${names === '' ? '' : ` (${names}${aloud.length > 2 ? ', …' : ''})`}`
  })
  const all = gapsAlike(coverage.notRendered)
  const gaps = all.slice(0, mostGaps).map(gapLine)
  const more = all.slice(mostGaps).reduce((sum, { names }) => sum + Math.max(1, names.length), 0)
  return [
    `coverage: ${judgedText(coverage, mode)}`,
    ...(skipped.length === 0 ? [] : [`not judged: ${skipped.join(', ')}`]),
    ...gaps,
    ...(more > 0 ? [`not rendered: ${more} more; --format json or html has them all`] : []),
  ].join('\n')
}

function gapLine({ item: { name, message, hint }, names }: Alike<ReportedGap>): string {
  const said = `${message.startsWith(name) ? message : `${name}: ${message}`}. ${hint}`
  return `not rendered: ${printable(names.length === 0 ? said : `${said} (${shortened(names)})`)}`
}

/** What is not rendered is named, as far as a person reads on. */
const mostGaps = 5
