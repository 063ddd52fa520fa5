// The one comment that sums a review up: verdict and counts, what the diff could not show, then folds.

import type { Lookup } from '../change/lookup.ts'
import { apartText, componentCounts, componentGroups, componentTitle, evidenceText } from '../report/component.ts'
import { componentLines, fixFold } from '../report/markdown-component.ts'
import { code, details, plain } from '../report/markdown-escape.ts'
import { placeOf as placeText } from '../report/markdown-finding.ts'
import { countsTable, coverageLines, fixedLines, policyLine, problemLines, renderedFolds, verdictLine } from '../report/markdown-summary.ts'
import { counted } from '../report/printable.ts'
import type { Location, Report, ReportedFinding, ReportedProblem } from '../report/report.ts'
import { newsIn } from '../report/verdict.ts'
import { lineOf } from './body.ts'
import type { Group } from './group.ts'
import { longestBody } from './limit.ts'
import { summaryMarker } from './marker.ts'
import { type Section, within } from './within.ts'

export type SummaryParts = {
  readonly report: Report
  readonly key: string
  /** The commit that was judged. */
  readonly head: string
  /** Findings worth a comment that have none in the diff: no place there, too many, or refused. */
  readonly elsewhere: readonly Group[]
  /** What could not be looked at and has no comment in the diff. */
  readonly problems: readonly ReportedProblem[]
  /** How many comments stand in the diff. */
  readonly inline: number
  /** Findings that are told here alone, since nobody is to be stopped by them. */
  readonly minor: readonly ReportedFinding[]
  /** Fixes of these, which no comment shows: each a patch in a fold. */
  readonly patches: readonly string[]
  /** The page of a line at the head. */
  readonly lineUrl: (location: Location) => string
  readonly diff: Lookup
}

/** The body of the summary, within GitHub's limit. */
export function summaryOf(parts: SummaryParts): string {
  const { report, key, head } = parts
  const end = summaryMarker(key, head)
  if (isQuiet(report)) return `${quietLine(report)}\n\n${end}`
  return `${within(sections(parts), longestBody - end.length - 2)}\n\n${end}`
}

/** Nothing to say but that all is well. */
export function isQuiet(report: Report): boolean {
  const isSilent = ({ state }: ReportedFinding) => state === 'unchanged' || state === 'present'
  return (
    report.verdict === 'pass' &&
    report.findings.every(isSilent) &&
    report.problems.every(({ state }) => state === 'unchanged') &&
    report.notes.length === 0
  )
}

function quietLine(report: Report): string {
  return `✅ Plimsoll found nothing that this change makes worse. <sub>${coverageLines({ ...report, coverage: { ...report.coverage, skipped: [] } }, 0).join(' ')}</sub>`
}

function sections({ report, elsewhere, problems, inline, minor, patches, lineUrl }: SummaryParts): readonly Section[] {
  const always = (text: string): Section => ({ worth: 100, items: [text], wrap: ([only]) => only ?? '' })
  const rules = report.rules
  const link = ({ location }: ReportedFinding) => `[${code(placeText(location))}](${lineUrl(location)})`
  const open = elsewhere.map(
    ({ findings: [first, ...rest] }) =>
      `- ${link(first)} ${lineOf(first, rules[first.rule])}${rest.length === 0 ? '' : ` (and ${counted(rest.length, rest.some(({ location }) => location.line !== first.location.line) ? 'more place' : 'more object')})`}`,
  )
  const gaps = problemLines(problems, problems.length)
  const counts = gaps.length > 0 && problems.some((problem) => problem.counts)
  return [
    always(`### Plimsoll`),
    always(verdictLine(report)),
    ...(countsTable(report).length === 0 ? [] : [always(countsTable(report).join('\n'))]),
    ...(inline === 0 ? [] : [always(`${counted(inline, 'comment')} in the diff.`)]),
    listed(90, 'Not said in the diff', open),
    counts ? listed(80, 'Could not be looked at', gaps) : fold(60, 'Could not be looked at', gaps),
    ...report.notes.map((note) => always(`> ${plain(note)}`)),
    fold(
      40,
      `Of low severity`,
      minor.map((finding) => `- ${link(finding)} ${lineOf(finding, rules[finding.rule])}`),
    ),
    ...componentFolds(report),
    { worth: 35, items: patches, wrap: patchSection },
    fold(50, 'Fixed by this change', fixedLines(report, report.findings.length)),
    { worth: 20, items: renderedFolds(report), wrap: renderedSection },
    { worth: 30, items: coverageRows(report), wrap: (rows) => details('What was judged', [...rows, '', policyLine(report)].join('\n')) },
  ]
}

/** Patches that no line of the diff could carry. */
function patchSection(folds: readonly string[], left: number): string {
  const cut = left === 0 ? [] : [`${left} more: plimsoll fix makes them all.`]
  return [...(folds.length === 0 ? [] : ['**Fixes outside the diff**']), ...folds, ...cut].join('\n\n')
}

/** Folds of what would be applied; it is the first to be cut, and said where it is. */
function renderedSection(folds: readonly string[], left: number): string {
  const cut = left === 0 ? [] : [`${counted(left, 'more difference')} in what would be applied: the report of the run has them all.`]
  return [...(folds.length === 0 ? [] : ['**What would be applied**']), ...folds, ...cut].join('\n\n')
}

/** The first row stands for all, so that a table is never cut. */
function coverageRows(report: Report): readonly string[] {
  return [coverageLines(report, 3).join('\n')]
}

/** What was found in each third-party component: in one place, and never line by line. */
function componentFolds(report: Report): readonly Section[] {
  return componentGroups(report).map((group): Section => {
    const { component, findings, fixes } = group
    const lines = componentLines(group, report, findings.length)
    const about = `${plain(apartText(report))} ${plain(evidenceText(component))}`
    const title = `Third-party: ${componentTitle(component)}, ${componentCounts(findings)}`
    return {
      worth: 45,
      items: [...lines, ...fixes.flatMap(fixFold)],
      wrap: (shown, left) => details(title, [about, '', ...shown, ...more(left)].join('\n')),
    }
  })
}

function listed(worth: number, title: string, items: readonly string[]): Section {
  return { worth, items, wrap: (shown, left) => [`**${title}**\n`, ...shown, ...more(left)].join('\n') }
}

function fold(worth: number, title: string, items: readonly string[]): Section {
  return { worth, items, wrap: (shown, left) => details(`${title} (${items.length})`, [...shown, ...more(left)].join('\n')) }
}

function more(left: number): readonly string[] {
  return left === 0 ? [] : [`- and ${left} more: the report of the run has them all`]
}

/** Which findings are told in the summary's fold alone. */
export function isMinor({ severity }: ReportedFinding): boolean {
  return severity === 'low' || severity === 'info'
}

/** What is worth a comment, and what is not. */
export function freshOf(report: Report): readonly ReportedFinding[] {
  return newsIn(report)
}
