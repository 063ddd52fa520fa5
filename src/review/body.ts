// The words of a comment: severity and title first, what it lets somebody do, the value found, how to fix it.

import { countingText } from '../report/component.ts'
import { code, details, plain, prose } from '../report/markdown-escape.ts'
import { capital, detailsOf, frameOf, objectOf, titleOf, whereOf } from '../report/markdown-finding.ts'
import { counted } from '../report/printable.ts'
import type { Report, ReportedFinding, RuleText } from '../report/report.ts'
import type { Group } from './group.ts'
import { mostNamed } from './limit.ts'
import { type Marker, markerText } from './marker.ts'

/** What bodies are written from. */
export type Pages = {
  readonly rules: Report['rules']
  readonly components: Report['components']
  readonly key: string
  readonly ruleUrl: (rule: string) => string
}

/** The body of an open comment; `offer` is what it says of its fix. */
export function bodyOf(group: Group, pages: Pages, offer: readonly string[]): string {
  const [first] = group.findings
  const rule = pages.rules[group.rule]
  const blocks = [
    titleOf(first, rule),
    ...saidOf(group),
    ...looksOf(first, pages),
    ...(rule === undefined ? [] : [`${prose(rule.rationale)}\n\n**Fix:** ${prose(rule.remediation)}`]),
    ...offer,
    ...placeNote(group),
    footer(group, pages),
    markerText({ about: 'finding', key: pages.key, rule: group.rule, prints: group.prints, state: 'open' }),
  ]
  return blocks.join('\n\n')
}

/** One finding is told with all that belongs to it, several by name. */
function saidOf({ findings, place }: Group): readonly string[] {
  const [first, ...rest] = findings
  // What was taken away stands under the reader's eyes there.
  const shown: ReportedFinding =
    place.kind === 'removed' ? { ...withoutRemoval(first), location: { ...first.location, precision: 'exact' } } : first
  if (rest.length === 0) return [detailsOf(shown).join('  \n')]
  const isSpread = rest.some(({ location }) => location.line !== first.location.line)
  const lines = findings.map(({ message, location }) => `- ${isSpread ? `line ${location.line}: ` : ''}${plain(message)}`)
  const more = lines.length - mostNamed
  if (more <= 0) return [lines.join('\n')]
  return [
    lines.slice(0, mostNamed).join('\n'),
    details(`${counted(more, isSpread ? 'more place' : 'more object')}`, lines.slice(mostNamed).join('\n')),
  ]
}

function withoutRemoval({ removedFrom: _, ...finding }: ReportedFinding): ReportedFinding {
  return finding
}

/** Of a component: why it is told here like own code. */
function looksOf(finding: ReportedFinding, pages: Pages): readonly string[] {
  const text = countingText(finding, { ...pages, mode: 'review' })
  return text === '' ? [] : [plain(text)]
}

function placeNote({ place, findings: [first] }: Group): readonly string[] {
  if (place.kind === 'exact') return []
  if (place.kind === 'removed') return ['This line was taken away; nothing has taken its place.']
  const where = code(`${first.location.path}:${first.location.line}`)
  const why = place.kind === 'nearest' ? 'this is the nearest line that the change shows' : 'the change shows no line of the object'
  return [`It is about ${where}; it is said here because ${why}.`, ...folded(first)]
}

/** The lines a person has to look at, where the diff does not show them. */
function folded(finding: ReportedFinding): readonly string[] {
  const frame = frameOf(finding)
  return frame.length === 0 ? [] : [details('The lines', frame.join('\n'))]
}

function footer({ rule, place, findings: [first, ...rest] }: Group, pages: Pages): string {
  const one = place.kind === 'exact' ? objectOf(first) : whereOf(first)
  return `<sub>${ruleLink(rule, pages)} · ${rest.length === 0 ? one : counted(rest.length + 1, 'finding')}</sub>`
}

/** What a comment says once it is settled: one line, so that it can be folded. `said` is our own comment as it stands; its title is told again. `name`: of the rule, as Markdown. */
export function closedBody(said: { readonly body: string; readonly marker: Marker }, reason: string, name: string): string {
  const title = /^\*\*[\w ]+: (.+)\*\*$/m.exec(said.body)?.[1] ?? code(said.marker.rule)
  return `✅ ${plain(reason)}: ${title} (${name})\n\n${markerText({ ...said.marker, state: 'closed' })}`
}

/** A rule's name, as a link to its page. */
export function ruleLink(rule: string, { ruleUrl }: Pages): string {
  return `[${code(rule)}](${ruleUrl(rule)})`
}

/** The heading of a finding in a list. */
export function lineOf(finding: ReportedFinding, rule: RuleText | undefined): string {
  return `**${capital(finding.severity)}** ${prose(rule?.title ?? finding.rule)}: ${plain(finding.message)}`
}
