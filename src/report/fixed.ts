// What the command `fix` did, what it left and why.

import { groupBy } from '../text/group.ts'
import { gapsAlike } from './alike.ts'
import { counted, printable, wrapped } from './printable.ts'
import type { Look, Report, ReportedFinding } from './report.ts'
import { styleOf } from './terminal-style.ts'

const listed = 40

/** `how` says where the fixes went. */
export function fixedText(report: Report, { how, look }: { readonly how: string; readonly look: Look }): string {
  const style = styleOf(look)
  const width = Math.max(60, Math.min(look.width, 140))
  const open = report.findings.filter(({ state }) => state === 'new' || state === 'worsened' || state === 'present')
  const fixed = open.filter(({ fix }) => fix !== undefined)
  const left = open.filter(({ fix }) => fix === undefined)
  const parts = [
    fixed.length === 0 ? 'No fix was made.' : `${style.good(`Fixed ${counted(fixed.length, 'finding')}`)}\n${fixedLines(fixed, report)}`,
    left.length === 0 ? '' : `${style.bold(`Left ${counted(left.length, 'finding')}`)}\n${leftLines(left, width)}`,
    ...unseen(report).map((line) => wrapped(line, width).join('\n')),
    ...report.notes.map((note) => `${style.bold('note')}  ${printable(note)}`),
    `${printable(how)}.`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const mostUnseen = 3

/** What was not rendered: nothing in it could be mended. */
function unseen({ coverage, problems }: Report): readonly string[] {
  const told = [
    ...problems.filter(({ code }) => code.startsWith('render-')).map(({ message, hint }) => `${message}. ${hint}`),
    ...gapsAlike(coverage.notRendered).map(
      ({ item: { name, message, hint } }) => `${message.startsWith(name) ? '' : `${name}: `}${message}. ${hint}`,
    ),
  ]
  const lines = [...new Set(told)].map((line) => `not looked at: ${printable(line)}`)
  return lines.length <= mostUnseen
    ? lines
    : [...lines.slice(0, mostUnseen), `… and ${lines.length - mostUnseen} more; plimsoll scan names them`]
}

function fixedLines(findings: readonly ReportedFinding[], report: Report): string {
  const lines = findings.map((finding) => {
    const safety = finding.fix === undefined ? undefined : report.fixes[finding.fix]?.safety
    return `  ${placeOf(finding)}  ${finding.rule}${safety === 'unsafe' ? ' (unsafe)' : ''}`
  })
  const made = [...new Set(findings.flatMap(({ fix }) => (fix === undefined ? [] : (report.fixes[fix] ?? []))))]
  const breaks = [...new Set(made.flatMap((fix) => fix.breaks))]
  const stays = [...new Set(made.flatMap((fix) => fix.stays))]
  return [
    ...shortened(lines),
    ...breaks.map((text) => `  may break: ${printable(text)}`),
    ...stays.map((place) => `  stays in ${printable(place)}`),
  ].join('\n')
}

/** Findings that are left for one reason are told together. */
function leftLines(findings: readonly ReportedFinding[], width: number): string {
  const groups = groupBy(findings, ({ rule, advice }) => `${rule}\n${advice?.find ?? ''}`)
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      if (first === undefined) return []
      const why = wrapped(printable(first.advice?.find ?? 'No fix of this rule fits.'), width - 4)
      return [...shortened(group.map((finding) => `  ${placeOf(finding)}  ${finding.rule}`)), ...why.map((line) => `    ${line}`)]
    })
    .join('\n')
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= listed ? lines : [...lines.slice(0, listed), `  … and ${lines.length - listed} more`]
}

function placeOf({ location, resource }: ReportedFinding): string {
  return printable(`${location.path}:${location.line}  ${resource.kind} ${resource.name}`)
}
