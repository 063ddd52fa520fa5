// Third-party components on the page: a fold for each, closed, since nobody here is to be stopped by them.

import { apartText, componentCounts, componentGroups, componentTitle, evidenceText } from './component.ts'
import { escaped } from './html-escape.ts'
import { findingGroups } from './html-finding.ts'
import type { Report } from './report.ts'

/** The section; empty where nothing was found in any component. */
export function componentSection(report: Report): string {
  const groups = componentGroups(report)
  if (groups.length === 0) return ''
  const folds = groups.map(({ component, findings }) => {
    const title = `${escaped(componentTitle(component))} <span class="soft">${escaped(componentCounts(findings))}</span>`
    const origin = `<p class="soft small">${escaped(evidenceText(component))}</p>`
    return `<details class="state"><summary>${title}</summary>${origin}${findingGroups(report, findings)}</details>`
  })
  return `<h2>Third-party configuration</h2><p class="soft">${escaped(apartText(report))}</p>\n${folds.join('\n')}`
}
