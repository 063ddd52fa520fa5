// Findings as annotations of a log: for where no comment can be written.

import { printable } from '../report/printable.ts'
import type { Report, ReportedFinding } from '../report/report.ts'
import { mostLogAnnotations } from './limit.ts'
import { freshOf } from './summary.ts'

export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly path: string
  readonly line: number
  readonly title: string
  readonly message: string
}

/** The worst of each level, as many as a log shows. */
export function annotationsOf(report: Report): readonly Annotation[] {
  const all = freshOf(report).map((finding) => annotationOf(finding, report))
  return (['error', 'warning', 'notice'] as const).flatMap((level) => all.filter((one) => one.level === level).slice(0, mostLogAnnotations))
}

function annotationOf({ severity, rule, message, location }: ReportedFinding, { rules }: Report): Annotation {
  const level = severity === 'critical' || severity === 'high' ? 'error' : severity === 'medium' ? 'warning' : 'notice'
  const title = `${severity}: ${rules[rule]?.title ?? rule}`
  return { level, path: location.path, line: location.line, title: printable(title), message: printable(message) }
}
