// The check of a pull request, where one is asked for.

import { verdictLine } from '../report/markdown-summary.ts'
import { printable } from '../report/printable.ts'
import type { Report } from '../report/report.ts'
import { annotationsOf } from './annotation.ts'
import { longestBody, mostAnnotations } from './limit.ts'
import { bare } from './marker.ts'

export type Check = {
  readonly name: string
  readonly conclusion: 'success' | 'failure' | 'neutral'
  readonly title: string
  readonly summary: string
  readonly annotations: readonly {
    readonly path: string
    readonly start_line: number
    readonly end_line: number
    readonly annotation_level: 'failure' | 'warning' | 'notice'
    readonly title: string
    readonly message: string
  }[]
}

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const

/** `summary`: the body of the summary comment. Titles may have 255 characters (docs.github.com, "Checks"). */
export function checkOf(report: Report, key: string, summary: string): Check {
  return {
    name: key === 'default' ? 'Plimsoll' : `Plimsoll (${key})`,
    conclusion: report.verdict === 'pass' ? 'success' : 'failure',
    title: printable(report.verdictReason).slice(0, 255),
    summary: summary === '' ? verdictLine(report) : bare(summary).slice(0, longestBody),
    annotations: annotationsOf(report)
      .slice(0, mostAnnotations)
      .map(({ level, path, line, title, message }) => ({
        path,
        start_line: line,
        end_line: line,
        annotation_level: levels[level],
        title: title.slice(0, 255),
        message: message.slice(0, 4_000),
      })),
  }
}
