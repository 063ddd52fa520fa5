// Proved fixes as the report tells them: lines of files, with no secret among them.

import type { Finding } from '../finding/finding.ts'
import { blockOf } from '../fix/block.ts'
import type { Mended } from '../fix/mend.ts'
import { type Offer, offersOf, yields } from '../fix/offer.ts'
import type { Document } from '../resource/document.ts'
import { segmentsOf } from '../text/pointer.ts'
import { lineStarts, positionAt, type Span } from '../text/position.ts'
import type { Change } from '../yaml/change.ts'
import { parseYaml } from '../yaml/parse.ts'
import { counted, printable } from './printable.ts'
import type { ReportedFinding, ReportedFix } from './report.ts'

/** What was mended in which files. */
export type MendedFiles = Mended & { readonly textOf: (path: string) => string }

/** The fixes of a report, and for each finding which of them is its own. */
export type Fixes = {
  readonly fixes: readonly ReportedFix[]
  readonly mendingOf: (places: readonly Finding[]) => Pick<ReportedFinding, 'fix' | 'advice'>
  readonly notes: readonly string[]
}

/** What was mended as the report tells it. */
export function reportFixes(mended: MendedFiles, secretsOf: (document: Document) => readonly Span[]): Fixes {
  const offers = offersOf(mended.fixes, mended.textOf)
  const numbers = new Map(
    offers.flatMap(({ fixes }, at) => fixes.flatMap(({ findings }) => findings.map((finding) => [finding, at] as const))),
  )
  const advice = new Map(mended.advice.map(({ finding, title, find }) => [finding, { title, find }]))
  const left = mended.advice.map(({ finding }) => finding).filter((finding) => !numbers.has(finding))
  const secretLines = linesWithSecrets(mended.textOf, secretsOf)
  return {
    fixes: offers.map((offer) => fixOf(offer, { ...mended, left }, secretLines)),
    mendingOf: (places) => {
      const [fix] = places.flatMap((finding) => numbers.get(finding) ?? [])
      const [own] = places.slice(0, 1).flatMap((finding) => advice.get(finding) ?? [])
      return { ...(fix === undefined ? {} : { fix }), ...(own === undefined ? {} : { advice: own }) }
    },
    notes: mended.unproved === 0 ? [] : [unprovedNote(mended.unproved)],
  }
}

function unprovedNote(count: number): string {
  const what =
    count === 1 ? '1 fix was not proved in time and is not offered' : `${count} fixes were not proved in time and are not offered`
  return `${what}; "plimsoll fix" takes as long as it needs.`
}

function fixOf(
  { fixes, edits, patch }: Offer,
  { objects, textOf, left }: MendedFiles & { readonly left: readonly Finding[] },
  secretLines: (path: string) => ReadonlySet<number>,
): ReportedFix {
  const isHidden = edits.some(({ path, line, lines }) => hasSecret(secretLines(path), line, lines))
  const whole = edits[0] === undefined ? undefined : blockOf(edits, textOf(edits[0].path))
  // What does not read as it is written would be another text than the file's.
  const block = whole !== undefined && isReadable(whole.text) ? whole : undefined
  // What is folded into another finding is mended with it, and told with it.
  const told = fixes.filter((fix) => !fixes.some((other) => yields(fix, other)))
  const findings = new Set(fixes.flatMap((fix) => fix.findings.map(({ fingerprint }) => fingerprint)))
  const stays = [...new Set(left.filter(({ fingerprint }) => findings.has(fingerprint)).map(placeOf))].sort()
  const isRisky = fixes.some(({ safety }) => safety === 'unsafe')
  return {
    titles: [...new Set(told.map(({ title }) => title))],
    safety: isRisky ? 'unsafe' : 'safe',
    breaks: [
      ...new Set(
        fixes.filter((fix) => told.includes(fix) || !told.some((other) => holds(other, fix))).flatMap(({ breaks }) => breaks ?? []),
      ),
    ],
    findings: [...findings],
    stays,
    edits: isHidden ? [] : edits,
    ...(block === undefined || hasSecret(secretLines(block.path), block.first, block.last - block.first + 1) ? {} : { block }),
    patch: isHidden || patchShowsSecret(edits, secretLines) ? '' : patch,
    proof: proofOf(fixes, objects, stays),
  }
}

/** Whether all that a fix changes lies below what another one of the same object changes. */
function holds(outer: Offer['fixes'][number], inner: Offer['fixes'][number]): boolean {
  const isBelow = ({ pointer }: Change) => outer.changes.some((other) => pointer.startsWith(`${other.pointer}/`))
  return outer.findings[0].resource === inner.findings[0].resource && inner.changes.every(isBelow)
}

/** What was looked at again, and what of it differs: in one line. */
function proofOf(fixes: Offer['fixes'], objects: number, stays: readonly string[]): string {
  const resources = fixes.flatMap(({ findings }) => findings.map(({ resource }) => resource))
  const targets = [...new Set(resources.flatMap(({ document: { rendering } }) => rendering?.target ?? []))]
  const judged = `${counted(objects, 'object')} judged again`
  const seen = targets.length === 0 ? judged : `${listed(targets, 3)} rendered again, ${judged}`
  const fields = new Set(
    fixes
      .filter((fix) => !fixes.some((other) => other !== fix && holds(other, fix)))
      .flatMap((fix) => fix.changes.map(({ pointer }) => fieldName(pointer))),
  )
  const names = [...new Set(resources.map(({ id }) => `${id.kind} ${id.name}`))]
  const verb = fields.size === 1 ? 'differs' : 'differ'
  return `Proved: ${seen}; the finding is gone, nothing is new, and only ${listed([...fields], 3)} of ${listed(names, 2)} ${verb}.${stays.length === 0 ? '' : ` It stays in ${listed(stays, 2)}.`}`
}

/** Where an object is looked at: in a target, or in its file. */
function placeOf({ resource: { document } }: Finding): string {
  return document.rendering?.target ?? document.path
}

/** The last part of a pointer that says what it is, without the way to the container. */
function fieldName(pointer: string): string {
  const [, rest = pointer] =
    /\/(?:containers|initContainers|ephemeralContainers)\/\d+(\/.+)$/.exec(pointer) ?? /\/template\/spec(\/.+)$/.exec(pointer) ?? []
  return segmentsOf(rest).join('.')
}

function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most)
  if (names.length > most) return `${shown.join(', ')} and ${names.length - most} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

function isReadable(text: string): boolean {
  return text.split(/\r?\n/).every((line) => printable(line.replaceAll('\t', ' ')) === line.replaceAll('\t', ' '))
}

/** Git shows three lines around a change. */
function patchShowsSecret(edits: Offer['edits'], secretLines: (path: string) => ReadonlySet<number>): boolean {
  return edits.some(({ path, line, lines }) => hasSecret(secretLines(path), line - 3, lines + 6))
}

function hasSecret(secret: ReadonlySet<number>, line: number, lines: number): boolean {
  for (let at = line; at < line + lines; at += 1) if (secret.has(at)) return true
  return false
}

/** The lines of a file that hold a part of a secret, found once. */
function linesWithSecrets(
  textOf: (path: string) => string,
  secretsOf: (document: Document) => readonly Span[],
): (path: string) => ReadonlySet<number> {
  const known = new Map<string, ReadonlySet<number>>()
  return (path) => {
    const before = known.get(path)
    if (before !== undefined) return before
    const text = textOf(path)
    const starts = lineStarts(text)
    const lines = new Set<number>()
    for (const [index, yaml] of parseYaml(text).entries()) {
      for (const { start, end } of secretsOf({ path, text, lineStarts: starts, yaml, index })) {
        const last = positionAt(starts, Math.max(start, end - 1)).line
        for (let line = positionAt(starts, start).line; line <= last; line += 1) lines.add(line)
      }
    }
    known.set(path, lines)
    return lines
  }
}
