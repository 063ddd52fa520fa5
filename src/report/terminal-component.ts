// Third-party components in the terminal: each with what shows it, its findings as lines, and the fixes from outside.

import {
  apartText,
  type ComponentGroup,
  componentCounts,
  componentGroups,
  componentTitle,
  evidenceText,
  linesOf,
  objectsText,
  titleIn,
} from './component.ts'
import { counted, printable, wrapped } from './printable.ts'
import type { Report, ReportedFinding } from './report.ts'
import { fixLines, placeText } from './terminal-finding.ts'
import type { Style } from './terminal-style.ts'

/** Findings and fixes of one component that are shown. */
const listed = 8
const mended = 3

type Page = { readonly style: Style; readonly width: number }

/** The section; empty where nothing was found in any component. */
export function componentSection(report: Report, page: Page): string {
  const groups = componentGroups(report)
  if (groups.length === 0) return ''
  const { style, width } = page
  const head = [style.bold('Third-party configuration'), ...wrapped(apartText(report), width - 2).map((line) => style.dim(line)), '']
  return `${[...head, ...groups.flatMap((group) => componentLines(group, report, page))].join('\n')}`
}

function componentLines({ component, findings, fixes }: ComponentGroup, report: Report, page: Page): readonly string[] {
  const { style, width } = page
  const rows = linesOf(findings)
  const left = rows.length - listed
  return [
    `${style.bold(printable(componentTitle(component)))}  ${componentCounts(findings)}`,
    ...wrapped(printable(evidenceText(component)), width - 4).map((line) => style.dim(`  ${line}`)),
    ...rows.slice(0, listed).map((row) => lineOf(row, report, style)),
    ...(left > 0 ? [style.dim(`  … and ${counted(left, 'more rule')}; --format json or html has them all.`)] : []),
    ...fixes.slice(0, mended).flatMap((fix) => fixLines(fix, page)),
    ...(fixes.length > mended ? [style.dim(`  … and ${fixes.length - mended} more of its fixes`)] : []),
    '',
  ]
}

function lineOf(row: readonly [ReportedFinding, ...ReportedFinding[]], report: Report, style: Style): string {
  const { severity, location } = row[0]
  const title = printable(titleIn(row[0], report))
  return `  ${style.severity(severity, severity.padEnd(8))}  ${title}, ${printable(objectsText(row))}  ${style.dim(placeText(location))}`
}
