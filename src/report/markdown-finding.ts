// One finding in Markdown: what it is, where, why it matters and what to do.

import { code, fenced, plain, prose } from './markdown-escape.ts'
import { counted, objectText, waysOf } from './printable.ts'
import type { Location, ReportedFinding, RuleText } from './report.ts'

const listed = 5

/** The title line: severity first. */
export function titleOf({ severity, rule }: ReportedFinding, text: RuleText | undefined): string {
  return `**${capital(severity)}: ${prose(text?.title ?? rule)}**`
}

/** The place and the object in one line. */
export function whereOf(finding: ReportedFinding): string {
  return `${code(placeOf(finding.location))} · ${objectOf(finding)}`
}

/** The object, and where it is applied. */
export function objectOf(finding: ReportedFinding): string {
  const { environments, state } = finding
  const named = environments.filter((environment) => environment !== '')
  const more = named.length > listed ? ` and ${named.length - listed} more` : ''
  const where = named.length === 0 ? '' : ` in ${named.slice(0, listed).map(code).join(', ')}${more}`
  return `${code(objectText(finding))}${where}${state === 'worsened' ? ' · worse than before' : ''}`
}

const precisions: Readonly<Record<Location['precision'], readonly string[]>> = {
  exact: [],
  nearest: ['The key is missing; this is the nearest line.'],
  convention: ['Told by the name of the value, since the chart was not rendered.'],
  file: ['The line is not known, only the file.'],
  target: ['The line is not known, only what is rendered.'],
}

/** What was found, and all that belongs to it, each a line. */
export function detailsOf(finding: ReportedFinding): readonly string[] {
  const { message, before, location, through, removedFrom, related, covers, copies, override, baseSeverity } = finding
  return [
    plain(message),
    ...(through.length === 0 ? [] : [`Through ${waysOf(through).map(code).join(' → ')}.`]),
    ...(before === undefined ? [] : [plain(before)]),
    ...precisions[location.precision],
    ...(removedFrom === undefined ? [] : [`It was set at ${code(placeOf(removedFrom))} before.`]),
    ...related.slice(0, listed).map((other) => `See also ${code(placeOf(other.location))}: ${plain(other.message)}`),
    ...(covers.rules.length === 0 ? [] : [`Covers ${namesOf(covers.rules)}.`]),
    ...(covers.items === 0 ? [] : [`The same holds for ${counted(covers.items, 'further part')} of the object.`]),
    ...(copies.length === 0 ? [] : [`Copies: ${placesOf(copies)}.`]),
    ...(override === undefined
      ? []
      : [`${capital(baseSeverity)} by the rule, ${override.severity} by the policy: ${plain(override.reason)}`]),
  ]
}

/** The lines around the place; nothing where none are known. */
export function frameOf({ frame, location }: ReportedFinding): readonly string[] {
  if (frame === null) return []
  const digits = String(frame.firstLine + frame.lines.length).length
  const lines = frame.lines.map((line, at) => {
    const number = frame.firstLine + at
    return `${number === location.line ? '>' : ' '} ${String(number).padStart(digits)}  ${line}`
  })
  return [fenced(lines, 'text')]
}

/** Places as code, as far as there is room. */
function placesOf(places: readonly Location[]): string {
  return namesOf(places.map(placeOf))
}

function namesOf(names: readonly string[]): string {
  return `${names.slice(0, listed).map(code).join(', ')}${names.length > listed ? ` and ${names.length - listed} more` : ''}`
}

export function placeOf({ path, line }: Location): string {
  return `${path}:${line}`
}

export function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}
