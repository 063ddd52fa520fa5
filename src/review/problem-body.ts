// The words of a comment on what could not be looked at: what, why, what to do.

import { complaintOf } from '../finding/problem.ts'
import { code, details, plain } from '../report/markdown-escape.ts'
import { capital } from '../report/markdown-finding.ts'
import { counted } from '../report/printable.ts'
import type { ReportedProblem } from '../report/report.ts'
import { mostNamed } from './limit.ts'
import { markerText } from './marker.ts'
import type { Place } from './place.ts'

/** Problems of one file that say the same. */
export type ProblemGroup = {
  /** The code that they have. */
  readonly rule: string
  readonly place: Place
  /** What tells it from others over pushes. */
  readonly print: string
  readonly problems: readonly [ReportedProblem, ...ReportedProblem[]]
}

/** The body of an open comment. */
export function problemBody({ rule, place, print, problems }: ProblemGroup, key: string): string {
  const [first] = problems
  const targets = [...new Set(problems.flatMap(({ target }) => target ?? []))]
  const what = targets.length > 1 ? counted(targets.length, 'target') : (first.target ?? first.path)
  const said = first.target === undefined ? first.message : capital(complaintOf(first))
  return [
    `**Could not be looked at: ${plain(what)}**`,
    `${plain(said)}.${linesNote(problems)}`,
    plain(first.hint),
    ...placeNote(first, place),
    ...targetsNote(targets),
    `<sub>${code(rule)}${first.counts ? ' · makes this review incomplete' : ''}</sub>`,
    markerText({ about: 'problem', key, rule, prints: [print], state: 'open' }),
  ].join('\n\n')
}

function linesNote(problems: ProblemGroup['problems']): string {
  const lines = [...new Set(problems.flatMap(({ line }) => line ?? []))]
  return lines.length < 2
    ? ''
    : ` The same at ${lines
        .slice(1, mostNamed)
        .map((line) => `line ${line}`)
        .join(', ')}${lines.length > mostNamed ? ' and further down' : ''}.`
}

function placeNote({ path, line }: ReportedProblem, place: Place): readonly string[] {
  if (place.kind === 'exact' || place.kind === 'removed' || place.kind === 'summary') return []
  const where = code(line === undefined ? path : `${path}:${line}`)
  if (place.path !== path) return [`The place is ${where}. This is the only file of it that the change touches.`]
  if (line === undefined) return []
  return [
    `It is about ${where}; it is said here because ${place.kind === 'nearest' ? 'this is the nearest line that the change shows' : 'the change shows no line of it'}.`,
  ]
}

function targetsNote(targets: readonly string[]): readonly string[] {
  if (targets.length < 2) return []
  if (targets.length <= mostNamed) return [`These are ${targets.map(code).join(', ')}.`]
  return [details('The targets', targets.map((target) => `- ${code(target)}`).join('\n'))]
}
