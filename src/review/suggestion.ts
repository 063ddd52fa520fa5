// What a comment offers: the proved fix as a suggestion that one click applies, else as a patch in a fold.

import type { Lookup } from '../change/lookup.ts'
import { patchTitle, riskText } from '../report/fix-text.ts'
import { details, plain } from '../report/markdown-escape.ts'
import type { Report, ReportedFix } from '../report/report.ts'
import type { Group } from './group.ts'

/** Markdown for a comment, and the lines that it has to be anchored to, the last included. */
export type Offer = { readonly markdown: readonly string[]; readonly lines?: { readonly first: number; readonly last: number } }

/** The longest patch that a comment shows. */
const longestPatch = 6_000

/**
 * What each comment offers. A fix is offered in one comment alone, the first of those it mends, since GitHub applies one suggestion to a line; the others say where. `said` is the comment as
 * it stands: it cannot be anchored anew, so it keeps the suggestion it has and gets no other.
 */
export function offersOf(
  groups: readonly { readonly group: Group; readonly said?: string }[],
  { fixes }: Pick<Report, 'fixes'>,
  diff: Lookup,
): ReadonlyMap<Group, Offer> {
  const carried = new Map<number, Group>()
  const offers = new Map<Group, Offer>()
  for (const { group, said } of groups) {
    const numbers = [...new Set(group.findings.flatMap(({ fix }) => (fix === undefined ? [] : [fix])))]
    const own = numbers.filter((number) => !carried.has(number))
    for (const number of own) carried.set(number, group)
    const elsewhere = numbers.filter((number) => !own.includes(number)).map((number) => carried.get(number))
    const [only] = own
    const fix = own.length === 1 && only !== undefined ? fixes[only] : undefined
    const lines = fix === undefined ? undefined : anchorOf(group, fix, diff)
    const block = fix?.block === undefined || lines === undefined ? undefined : suggestion(fix.block.text)
    const isNew = block !== undefined && (said === undefined || normal(said).includes(normal(block)))
    const markdown = [
      ...(isNew && fix !== undefined ? [...warning(fix), block, proofLine(fix)] : own.flatMap((number) => patchFold(fixes[number]))),
      ...elsewhereNote(elsewhere),
    ]
    offers.set(group, { markdown, ...(isNew && lines !== undefined && said === undefined ? { lines } : {}) })
  }
  return offers
}

/** The lines of the fix, where all of them are shown on the side of the head. GitHub wants both ends in one hunk. */
function anchorOf({ place }: Group, { block }: ReportedFix, diff: Lookup): Offer['lines'] | undefined {
  if (block === undefined || place.kind === 'file' || place.kind === 'summary') return undefined
  if (place.path !== block.path || place.side !== 'RIGHT') return undefined
  for (let line = block.first; line <= block.last; line += 1) if (!diff.isShown(block.path, line, 'head')) return undefined
  return { first: block.first, last: block.last }
}

/** The lines as they are, in a fence that none of them can close. */
function suggestion(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  return text === '' ? `${fence}suggestion\n${fence}` : `${fence}suggestion\n${text}${lineBreak}${fence}`
}

/** Line breaks may come back as others than were sent. */
function normal(body: string): string {
  return body.replaceAll('\r\n', '\n')
}

/** Whether two bodies say the same. */
export function saysSame(one: string, other: string): boolean {
  return normal(one) === normal(other)
}

/** Said before the edit, so that it is read before somebody clicks. */
function warning(fix: ReportedFix): readonly string[] {
  const risk = riskText(fix)
  return risk === '' ? [] : [plain(risk)]
}

function proofLine({ proof }: ReportedFix): string {
  return `<sub>${plain(proof)}</sub>`
}

/** The patch of a fix, folded, between its warning and its proof; nothing where it may not be shown, or is too long. */
export function patchFold(fix: ReportedFix | undefined): readonly string[] {
  if (fix === undefined || fix.patch === '' || fix.patch.length > longestPatch) return []
  const longest = Math.max(2, ...[...fix.patch.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [...warning(fix), details(patchTitle(fix), `${fence}diff\n${fix.patch.trimEnd()}\n${fence}`), proofLine(fix)]
}

function elsewhereNote(carriers: readonly (Group | undefined)[]): readonly string[] {
  const rules = [...new Set(carriers.flatMap((group) => group?.rule ?? []))]
  if (rules.length === 0) return []
  return [`The fix stands with ${rules.map((rule) => `\`${rule}\``).join(' and ')} in this file: it touches the same lines.`]
}
