// The report as a Markdown page: for a job summary, an issue or a wiki.

import { groupBy } from '../text/group.ts'
import { countingText } from './component.ts'
import { componentBlocks } from './markdown-component.ts'
import { code, plain, prose } from './markdown-escape.ts'
import { detailsOf, frameOf, titleOf, whereOf } from './markdown-finding.ts'
import { countsTable, coverageLines, fixedLines, policyLine, problemLines, renderedFolds, verdictLine } from './markdown-summary.ts'
import type { Format, Report, ReportedFinding } from './report.ts'
import { newsIn } from './verdict.ts'

/** Places of one rule that are told in full, and lines of any list; JSON and HTML have them all. */
const mostPlaces = 20
const mostLines = 50
const mostRules = 60

/** Verdict and counts, findings worst first, problems, what was fixed, coverage. */
export const markdown: Format = (report) => {
  const fresh = newsIn(report)
  const groups = [...groupBy(fresh, ({ rule, severity }) => `${severity} ${rule}`).values()]
  const blocks = [
    `# Plimsoll: ${headline(report)}`,
    verdictLine(report),
    countsTable(report).join('\n'),
    ...groups.slice(0, mostRules).flatMap((group) => section(report, group)),
    groups.length > mostRules ? `… and ${groups.length - mostRules} more rules.` : '',
    ...componentBlocks(report, mostPlaces),
    ...list('Could not be looked at', problemLines(report.problems, mostLines)),
    ...list('Fixed by this change', fixedLines(report, mostLines)),
    ...report.notes.map((note) => `> **Note**: ${plain(note)}`),
    ...list('What would be applied', renderedFolds(report)),
    '## Coverage',
    coverageLines(report, 5).join('\n'),
    policyLine(report),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function headline({ mode, base, head }: Report): string {
  return mode === 'review' ? `what ${code(head)} makes worse than ${code(base ?? '')}` : `what was found in ${code(head)}`
}

function section(report: Report, group: readonly ReportedFinding[]): readonly string[] {
  const [first] = group
  if (first === undefined) return []
  const rule = report.rules[first.rule]
  return [
    `## ${titleOf(first, rule).replaceAll('**', '')} (${code(first.rule)})`,
    ...(rule === undefined ? [] : [`${prose(rule.rationale)}\n\n**Fix:** ${prose(rule.remediation)}`]),
    ...group
      .slice(0, mostPlaces)
      .flatMap((finding) => [whereOf(finding), [...detailsOf(finding), ...brought(finding, report)].join('  \n'), ...frameOf(finding)]),
    ...(group.length > mostPlaces ? [`… and ${group.length - mostPlaces} more places.`] : []),
  ]
}

/** Of what a review counts although others wrote it. */
function brought(finding: ReportedFinding, report: Report): readonly string[] {
  const text = countingText(finding, report)
  return text === '' ? [] : [plain(text)]
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')]
}
