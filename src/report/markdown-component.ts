// Third-party components in Markdown: a list of what was found in each, and the fixes from outside in folds.

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
import { patchTitle, riskText } from './fix-text.ts'
import { code, details, fenced, plain, prose } from './markdown-escape.ts'
import { capital, placeOf } from './markdown-finding.ts'
import type { Report, ReportedFinding, ReportedFix } from './report.ts'

/** The section as blocks of a page; nothing where nothing was found in any component. */
export function componentBlocks(report: Report, most: number): readonly string[] {
  const groups = componentGroups(report)
  if (groups.length === 0) return []
  return ['## Third-party configuration', plain(apartText(report)), ...groups.flatMap((group) => componentBlock(group, report, most))]
}

function componentBlock(group: ComponentGroup, report: Report, most: number): readonly string[] {
  const { component, findings, fixes } = group
  return [
    `### ${plain(componentTitle(component))}`,
    `${componentCounts(findings)}. ${plain(evidenceText(component))}`,
    componentLines(group, report, most).join('\n'),
    ...fixes.slice(0, most).flatMap(fixFold),
  ]
}

/** What was found in a component, a line for each rule. */
export function componentLines({ findings }: ComponentGroup, report: Report, most: number): readonly string[] {
  const rows = linesOf(findings)
  const line = (row: readonly [ReportedFinding, ...ReportedFinding[]]) => {
    const { severity, location } = row[0]
    return `- ${capital(severity)}: ${prose(titleIn(row[0], report))}, ${code(objectsText(row))} (${code(placeOf(location))})`
  }
  return [...rows.slice(0, most).map(line), ...(rows.length > most ? [`- and ${rows.length - most} more rules`] : [])]
}

/** A proved fix as a patch in a fold; nothing where its lines hold a secret. */
export function fixFold(fix: ReportedFix): readonly string[] {
  const { patch, proof } = fix
  if (patch === '') return []
  const promises = [riskText(fix), proof].filter((text) => text !== '').map(plain)
  return [details(patchTitle(fix), [fenced(patch.trimEnd().split('\n'), 'diff'), ...promises].join('\n\n'))]
}
