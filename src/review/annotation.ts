// Findings as annotations of a log, for where no comment can be written; and what could not be looked at, on the line that is to blame.

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
  const all = [...blamesOf(report), ...freshOf(report).map((finding) => annotationOf(finding, report))]
  return (['error', 'warning', 'notice'] as const).flatMap((level) => all.filter((one) => one.level === level).slice(0, mostLogAnnotations))
}

function annotationOf({ severity, rule, message, location }: ReportedFinding, { rules }: Report): Annotation {
  const level = severity === 'critical' || severity === 'high' ? 'error' : severity === 'medium' ? 'warning' : 'notice'
  const title = `${severity}: ${rules[rule]?.title ?? rule}`
  return { level, path: location.path, line: location.line, title: printable(title), message: printable(message) }
}

/** Problems that count, where a line is known: a template that does not render any more. */
function blamesOf({ problems }: Report): readonly Annotation[] {
  return problems.flatMap(({ path, line, message, hint, counts }) =>
    counts && line !== undefined
      ? [{ level: 'error', path, line, title: 'Could not be looked at', message: printable(`${message}. ${hint}`) } as const]
      : [],
  )
}
