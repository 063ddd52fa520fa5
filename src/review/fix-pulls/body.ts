// The words of a fix pull request: what changes and why, how bad it was, the proof, and how to decline.

import type { VerifiedFix } from '../../fix/fix.ts'
import { fieldsChanged, yields } from '../../fix/offer.ts'
import { code, plain, prose } from '../../report/markdown-escape.ts'
import { capital, placeOf } from '../../report/markdown-finding.ts'
import { counted, printable } from '../../report/printable.ts'
import type { Location, Report } from '../../report/report.ts'
import { groupBy } from '../../text/group.ts'
import { longestBody } from '../limit.ts'
import { type Section, within } from '../within.ts'
import type { FixGroup } from './group.ts'
import { printOf } from './marker.ts'
import { type Shown, shownOf } from './shown.ts'

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

/** Characters that the marker may need: see `mostPrints` in compose.ts. */
const markerRoom = 12_000
/** Places of one rule that are named before the rest is counted. */
const mostPlaces = 5
const longestTitle = 100

/** One line for the pull request and its commit: the fix where it is one, else how many. */
export function titleOf(group: FixGroup, fixes: readonly VerifiedFix[]): string {
  const titles = [...new Set(toldOf(fixes).map(({ title }) => title))]
  const [only = ''] = titles
  const isOne = titles.length === 1
  const what = isOne
    ? only.replace(/\.$/, '')
    : `Fix ${counted(findingsOf(fixes), 'finding')}${group.grouping === 'rule' ? ` of ${group.name}` : ''}`
  const title = `${what}${whereOf(group, pathsOf(fixes), isOne)}`
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title
}

function whereOf({ name, grouping }: FixGroup, paths: readonly string[], isOne: boolean): string {
  if (grouping === 'component' && name !== '') return ` in ${printable(name)}`
  if (!isOne) return ''
  return ` in ${paths.length === 1 ? printable(paths[0] ?? '') : counted(paths.length, 'file')}`
}

/** What the commit says below its first line. */
export function commitWords(fixes: readonly VerifiedFix[]): string {
  const rules = [...groupBy(fixes, ({ findings: [first] }) => first.rule.id)]
  return `Found and proved by Plimsoll: ${rules.map(([rule]) => rule).join(', ')}.`
}

/** The description, without its marker. */
export function bodyOf(fixes: readonly VerifiedFix[], told: Told): string {
  const byRule = [...groupBy(shownOf(fixes, told.report), ({ finding }) => finding.rule)]
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

type Source = { readonly fixes: readonly VerifiedFix[]; readonly told: Told }

function sectionOf(rule: string, shown: readonly Shown[], { fixes, told }: Source): Section {
  const text = told.report.rules[rule]
  const own = fixes.filter((fix) => fix.findings[0].rule.id === rule)
  const titles = [...new Set(own.map(({ title }) => title.replace(/\.$/, '')))]
  const breaks = [...new Set(own.flatMap((fix) => fix.breaks ?? []))]
  const severity = capital(shown[0]?.finding.severity ?? '')
  const head = [
    `**${titles.map(plain).join('; ')}**  `,
    `${severity}, [${code(rule)}](${told.ruleUrl(rule)}): ${prose(text?.rationale ?? '')}`,
    '',
  ]
  const risk = breaks.length === 0 ? [] : ['', `May break: ${breaks.map(plain).join(' ')}`]
  const lines = shown
    .slice(0, mostPlaces)
    .map(({ location, finding }) => `- [${code(placeOf(location))}](${told.lineUrl(location)}) ${plain(finding.message)}`)
  return {
    worth: 50,
    items: lines,
    wrap: (kept) => {
      const left = shown.length - kept.length
      return [...head, ...kept, ...(left === 0 ? [] : [`- and ${left} more`]), ...risk].join('\n')
    },
  }
}

function proofOf(fixes: readonly VerifiedFix[], { objects, commit }: Told): string {
  const fields = fieldsChanged(fixes)
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

/** What is folded into another finding is mended with it, and not told. */
function toldOf(fixes: readonly VerifiedFix[]): readonly VerifiedFix[] {
  return fixes.filter((fix) => !fixes.some((other) => yields(fix, other)))
}

function findingsOf(fixes: readonly VerifiedFix[]): number {
  return new Set(toldOf(fixes).flatMap(({ findings }) => findings.map(printOf))).size
}

function pathsOf(fixes: readonly VerifiedFix[]): readonly string[] {
  return [...new Set(fixes.flatMap(({ edits }) => edits.map(({ path }) => path)))]
}
