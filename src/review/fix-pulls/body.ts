// The words of a fix pull request: what changes and why, how bad it was, the proof, and how to decline.

import type { VerifiedFix } from '../../fix/fix.ts'
import { yields } from '../../fix/offer.ts'
import { code, plain, prose } from '../../report/markdown-escape.ts'
import { capital, placeOf } from '../../report/markdown-finding.ts'
import { counted, printable } from '../../report/printable.ts'
import type { Location, Report, ReportedFinding } from '../../report/report.ts'
import { compareSeverity } from '../../rule/severity.ts'
import { groupBy } from '../../text/group.ts'
import { longestBody } from '../limit.ts'
import { type Section, within } from '../within.ts'
import type { FixGroup } from './group.ts'

/** What descriptions are written from. */
export type Told = {
  readonly report: Pick<Report, 'findings' | 'rules'>
  /** The commit that was looked at, as people write it. */
  readonly commit: string
  /** How many objects were judged again. */
  readonly objects: number
  readonly ruleUrl: (rule: string) => string
  readonly lineUrl: (location: Location) => string
  /** Whether checks wait for a person, since the token of a workflow opens it. */
  readonly isWorkflow: boolean
}

/** Characters that the marker may need: see `mostMended` in compose.ts. */
const markerRoom = 12_000
/** Places of one rule that are named before the rest is counted. */
const mostPlaces = 10
const longestTitle = 100

/** One line for the pull request and its commit: the fix where it is one, else how many. */
export function titleOf({ name, grouping }: FixGroup, fixes: readonly VerifiedFix[]): string {
  const titles = [...new Set(fixes.filter((fix) => !fixes.some((other) => yields(fix, other))).map(({ title }) => title))]
  const count = counted(findingsOf(fixes), 'finding')
  const what = titles.length === 1 ? (titles[0] ?? '').replace(/\.$/, '') : `Fix ${count}${grouping === 'rule' ? ` of ${name}` : ''}`
  const where = grouping === 'component' && name !== '' ? ` in ${printable(name)}` : ''
  const title = titles.length === 1 && where === '' ? `${what} in ${counted(pathsOf(fixes).length, 'file')}` : `${what}${where}`
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title
}

/** What the commit says below its first line. */
export function commitWords(fixes: readonly VerifiedFix[]): string {
  const rules = [...groupBy(fixes, ({ findings: [first] }) => first.rule.id)]
  return `Found and proved by Plimsoll: ${rules.map(([rule]) => rule).join(', ')}.`
}

/** The description, without its marker. */
export function bodyOf(fixes: readonly VerifiedFix[], told: Told): string {
  const byRule = [...groupBy(shownIn(fixes, told.report), ({ rule }) => rule)]
  const sections: readonly Section[] = [
    ...byRule.map(([rule, findings]) => sectionOf(rule, findings, { fixes, told })),
    always(proofOf(fixes, told)),
    always(declineOf(told)),
  ]
  return within(sections, longestBody - markerRoom)
}

function always(text: string): Section {
  return { worth: 100, items: [text], wrap: ([only]) => only ?? '' }
}

/** What the report shows of the findings, the worst first; what is folded into another one is mended with it. */
function shownIn(fixes: readonly VerifiedFix[], { findings }: Told['report']): readonly ReportedFinding[] {
  const own = new Set(fixes.flatMap((fix) => fix.findings.map(({ fingerprint }) => fingerprint)))
  return findings.filter(({ fingerprint }) => own.has(fingerprint)).sort((a, b) => compareSeverity(a.severity, b.severity))
}

type Source = { readonly fixes: readonly VerifiedFix[]; readonly told: Told }

function sectionOf(rule: string, findings: readonly ReportedFinding[], { fixes, told }: Source): Section {
  const text = told.report.rules[rule]
  const own = fixes.filter((fix) => fix.findings[0].rule.id === rule)
  const titles = [...new Set(own.map(({ title }) => title.replace(/\.$/, '')))]
  const breaks = [...new Set(own.flatMap((fix) => fix.breaks ?? []))]
  const severity = capital(findings[0]?.severity ?? '')
  const head = [
    `**${titles.map(plain).join('; ')}**  `,
    `${severity}, [${code(rule)}](${told.ruleUrl(rule)}): ${prose(text?.rationale ?? '')}`,
    '',
  ]
  const risk = breaks.length === 0 ? [] : ['', `May break: ${breaks.map(plain).join(' ')}`]
  const lines = findings
    .slice(0, mostPlaces)
    .map(({ location, message }) => `- [${code(placeOf(location))}](${told.lineUrl(location)}) ${plain(message)}`)
  return {
    worth: 50,
    items: lines,
    wrap: (shown) => {
      const left = findings.length - shown.length
      return [...head, ...shown, ...(left === 0 ? [] : [`- and ${left} more`]), ...risk].join('\n')
    },
  }
}

function proofOf(fixes: readonly VerifiedFix[], { objects, commit }: Told): string {
  const fields = new Set(fixes.flatMap((fix) => fix.fields.map((field) => `${fix.findings[0].resource.document.path} ${field}`))).size
  const gone = findingsOf(fixes) === 1 ? 'the finding is gone' : 'the findings are gone'
  return `**Proved** on ${code(commit)}: with this change ${counted(objects, 'object')} ${objects === 1 ? 'was' : 'were'} judged again; ${gone}, nothing is new, and ${counted(fields, 'field')} differ${fields === 1 ? 's' : ''}.`
}

function declineOf({ isWorkflow }: Told): string {
  const checks = isWorkflow ? ' Checks wait until somebody with write access approves them, since the token of a workflow opened this.' : ''
  return `<sub>To decline, close it: it is not opened again unless what it mends gets worse. To take it over, push to its branch: Plimsoll leaves it to you then.${checks}</sub>`
}

/** The description of one that we close: why comes first. */
export function closedBody(body: string, reason: string): string {
  return `**Closed:** ${reason}\n\n${body}`
}

/** What is folded into another finding is not counted, as it is not told. */
function findingsOf(fixes: readonly VerifiedFix[]): number {
  const told = fixes.filter((fix) => !fixes.some((other) => yields(fix, other)))
  return new Set(told.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint))).size
}

function pathsOf(fixes: readonly VerifiedFix[]): readonly string[] {
  return [...new Set(fixes.flatMap(({ edits }) => edits.map(({ path }) => path)))]
}
