// Findings of one rule in the terminal: what, where, the lines, why and what to do, each said once.

import { groupBy } from '../text/group.ts'
import { countingText } from './component.ts'
import { adviceText, riskText } from './fix-text.ts'
import { counted, objectText, printable, waysOf, wrapped } from './printable.ts'
import type { Location, Report, ReportedFinding, ReportedFix } from './report.ts'
import type { Style } from './terminal-style.ts'

/** Places of one rule that are shown with their lines, and those that are listed without. */
const framed = 3
const listed = 12
/** Lines of a fix that are shown. */
const changedLines = 16

/** Findings as sections, one for each rule and severity, in the order of the report. */
export function findingSections(
  report: Report,
  findings: readonly ReportedFinding[],
  page: { readonly style: Style; readonly width: number },
): string {
  return [...groupBy(findings, ({ rule, severity }) => `${severity} ${rule}`).values()]
    .map((group) => section(report, group, page))
    .join('\n')
}

function section(
  report: Report,
  group: readonly ReportedFinding[],
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const [first] = group
  if (first === undefined) return ''
  const rule = report.rules[first.rule]
  const title = `${style.severity(first.severity, ` ${first.severity.toUpperCase()} `)} ${style.bold(rule?.title ?? first.rule)}  ${style.dim(first.rule)}`
  const lines = [title, '']
  for (const [at, finding] of group.slice(0, listed).entries()) lines.push(...place(finding, report, at < framed, { style, width }))
  if (group.length > listed) lines.push(`  … and ${counted(group.length - listed, 'more place')}; --format json or html has them all.`, '')
  lines.push(...label('why', rule?.rationale ?? '', { style, width }), ...label('fix', rule?.remediation ?? '', { style, width }))
  if (first.override !== undefined)
    lines.push(
      ...label('level', `${first.baseSeverity} by the rule, ${first.override.severity} by the policy: ${first.override.reason}`, {
        style,
        width,
      }),
    )
  return `${lines.join('\n')}\n`
}

function place(
  finding: ReportedFinding,
  report: Report,
  withFrame: boolean,
  { style, width }: { readonly style: Style; readonly width: number },
): readonly string[] {
  const { location } = finding
  const where = `  ${style.bold(placeText(location))}  ${printable(objectText(finding))}${environments(finding)}${style.dim(stateText(finding))}`
  const lines = [where, ...wrapped(printable(finding.message), width - 4).map((line) => `  ${line}`)]
  if (finding.through.length > 0) lines.push(style.dim(`  through ${waysOf(finding.through).map(printable).join(' → ')}`))
  const counting = countingText(finding, report)
  if (counting !== '') lines.push(...wrapped(printable(counting), width - 4).map((line) => style.dim(`  ${line}`)))
  if (finding.before !== undefined) lines.push(...wrapped(printable(finding.before), width - 4).map((line) => `  ${line}`))
  for (const { message, location: other } of finding.related) lines.push(`  ${style.dim('also')} ${placeText(other)} ${printable(message)}`)
  if (finding.removedFrom !== undefined) lines.push(style.dim(`  it was set at ${placeText(finding.removedFrom)} before`))
  if (finding.covers.rules.length > 0)
    lines.push(...wrapped(`covers ${finding.covers.rules.join(', ')}`, width - 4).map((line) => style.dim(`  ${line}`)))
  if (finding.covers.items > 0) lines.push(style.dim(`  the same holds for ${counted(finding.covers.items, 'further part')} of the object`))
  if (finding.copies.length > 0) lines.push(style.dim(`  copies: ${copies(finding.copies)}`))
  if (withFrame) lines.push(...frame(finding, { style, width }), ...mending(finding, report, { style, width }))
  return [...lines, '']
}

/** The proved fix as lines, and what to find out for a better one. */
function mending(
  finding: ReportedFinding,
  { fixes }: Report,
  { style, width }: { readonly style: Style; readonly width: number },
): readonly string[] {
  const fix = finding.fix === undefined ? undefined : fixes[finding.fix]
  const advice = adviceText(finding)
  const told = advice === '' ? [] : wrapped(printable(advice), width - 4)
  return [...(fix === undefined ? [] : fixLines(fix, { style, width })), ...told.map((line) => style.dim(`  ${line}`))]
}

/** What a fix does, its lines, what it may break, and how it was proved. */
export function fixLines(fix: ReportedFix, { style, width }: { readonly style: Style; readonly width: number }): readonly string[] {
  const told = wrapped(printable(`${fix.titles.join('; ')} (${fix.safety})`), width - 4).map((line) => `  ${style.good(line)}`)
  const lines = fix.patch.split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line))
  const shown = lines
    .slice(0, changedLines)
    .map((line) => `    ${(line.startsWith('+') ? style.good : style.bad)(printable(line).slice(0, Math.max(20, width - 6)))}`)
  if (lines.length > changedLines) shown.push(style.dim(`    … and ${counted(lines.length - changedLines, 'more line')}`))
  const promises = [riskText(fix), fix.proof].flatMap((text) => wrapped(printable(text), width - 4))
  return [...told, ...shown, ...promises.map((line) => style.dim(`  ${line}`))]
}

export function placeText({ path, line, column }: Location): string {
  return `${printable(path)}:${line}:${column}`
}

function copies(places: readonly Location[]): string {
  const shown = places.slice(0, 3).map(placeText).join(', ')
  return places.length > 3 ? `${shown} and ${places.length - 3} more` : shown
}

function environments({ environments }: ReportedFinding): string {
  const named = environments.filter((name) => name !== '')
  return named.length === 0
    ? ''
    : printable(` in ${named.slice(0, 3).join(', ')}${named.length > 3 ? ` and ${named.length - 3} more` : ''}`)
}

const precisions: Readonly<Record<Location['precision'], string>> = {
  exact: '',
  nearest: 'the key is missing; this is the nearest line',
  convention: 'told by the name of the value, since the chart was not rendered',
  file: 'the line is not known, only the file',
  target: 'the line is not known, only what is rendered',
}

function stateText({ state, location }: ReportedFinding): string {
  const words = [state === 'worsened' ? 'worse than before' : '', precisions[location.precision]].filter((word) => word !== '')
  return words.length === 0 ? '' : ` (${words.join('; ')})`
}

function frame(finding: ReportedFinding, { style, width }: { readonly style: Style; readonly width: number }): readonly string[] {
  if (finding.frame === null) return []
  const { firstLine, lines } = finding.frame
  const { location } = finding
  const digits = String(firstLine + lines.length).length
  const room = Math.max(20, width - digits - 8)
  const mark = markIn(lines[location.line - firstLine] ?? '', location)
  const from = mark.end <= room ? 0 : Math.max(0, mark.start - shownBefore)
  return lines.flatMap((text, at) => {
    const number = firstLine + at
    const marked = number === location.line
    const gutter = `  ${marked ? style.bad('›') : ' '} ${style.dim(`${String(number).padStart(digits)} │`)} `
    const source = windowOf(printable(text), from, room)
    if (!marked) return [`${gutter}${style.dim(source)}`]
    const start = mark.start - from
    const length = Math.min(Math.max(1, mark.end - mark.start), Math.max(1, source.length - start))
    return [`${gutter}${source}`, `    ${' '.repeat(digits)} ${style.dim('│')} ${' '.repeat(start)}${style.bad('^'.repeat(length))}`]
  })
}

/** How much of a line that is too long is shown before the place. */
const shownBefore = 20

/** Where the place begins and ends in its line as it is shown. */
function markIn(text: string, location: Location): { readonly start: number; readonly end: number } {
  const shown = (end: number) => printable(text.slice(0, end)).length
  return { start: shown(location.column - 1), end: location.endLine === location.line ? shown(location.endColumn - 1) : shown(text.length) }
}

function windowOf(text: string, from: number, room: number): string {
  if (from === 0) return text.slice(0, room)
  return text === '' ? '' : `…${text.slice(from + 1, from + room)}`
}

function label(name: string, text: string, { style, width }: { readonly style: Style; readonly width: number }): readonly string[] {
  return wrapped(printable(text), Math.min(width, 110) - 9).map((line, at) => `  ${style.dim((at === 0 ? name : '').padEnd(5))} ${line}`)
}
