// What is said of findings: in the threads that speak of them already, in new ones while there is room, and what is left.

import type { ReportedFinding } from '../report/report.ts'
import { bodyOf, closedBody, ruleLink } from './body.ts'
import { type Desk, isPlaceable, type NewComment, type Told } from './comment.ts'
import type { Thread } from './conversation.ts'
import { editOf, type Words } from './edit.ts'
import { faultsOf, type Group, groupsOf } from './group.ts'
import { matched, saidIn } from './match.ts'
import { offersOf, patchFold } from './suggestion.ts'
import { freshOf, isMinor } from './summary.ts'

/** `threads`: those that speak of findings; `room`: how many comments may stand. */
export function tellFindings(
  desk: Desk,
  threads: readonly Thread[],
  room: number,
): Told<Group> & { readonly minor: readonly ReportedFinding[]; readonly patches: readonly string[] } {
  const { report, diff, pages, refused } = desk
  const fresh = freshOf(report)
  const said = saidIn(threads)
  const prints = faultsOf(fresh)
  const isSaid = (finding: ReportedFinding) => said.has(prints.get(finding) ?? '')
  const worthwhile = fresh.filter((finding) => !isMinor(finding) || isSaid(finding))
  const { threads: going, open } = matched(groupsOf(worthwhile, diff), said)
  const unsettled = [...going.keys()].filter((thread) => !thread.isResolved).length
  const shown = new Set(open.filter((group) => isPlaceable(group, refused)).slice(0, Math.max(0, room - unsettled)))
  const told = [...going].map(([thread, group]) => ({ group, said: thread.body }))
  const offers = offersOf([...told, ...[...shown].map((group) => ({ group }))], report, diff)
  const body = (group: Group) => bodyOf(group, pages, offers.get(group)?.markdown ?? [])
  const comments = [...shown].map((group): NewComment => {
    const lines = offers.get(group)?.lines
    const { rule, place, prints, findings } = group
    return { rule, place, prints, weight: findings[0].severity, body: body(group), ...(lines === undefined ? {} : { lines }) }
  })
  const words = (thread: Thread): Words => {
    const group = going.get(thread)
    if (group !== undefined) return { state: 'open', body: body(group) }
    return { state: 'closed', body: closedBody(thread, reasonOf(thread, desk), ruleLink(thread.marker.rule, pages)) }
  }
  const elsewhere = open.filter((group) => !shown.has(group))
  const minor = fresh.filter((finding) => isMinor(finding) && !isSaid(finding))
  const inline = fixesOf([...going.values(), ...shown].flatMap(({ findings }) => findings))
  const untold = fixesOf([...elsewhere.flatMap(({ findings }) => findings), ...minor]).filter((number) => !inline.includes(number))
  return {
    comments,
    edits: threads.flatMap((thread) => editOf(thread, words(thread), !refused.folds)),
    standing: going.size + shown.size,
    unsettled: unsettled + shown.size,
    elsewhere,
    minor,
    patches: untold.map((number) => patchFold(report.fixes[number]).join('\n\n')).filter((text) => text !== ''),
  }
}

function fixesOf(findings: readonly ReportedFinding[]): readonly number[] {
  return [...new Set(findings.flatMap(({ fix }) => fix ?? []))]
}

function reasonOf({ marker }: Thread, { report: { findings }, head }: Desk): string {
  const own = findings.filter(({ fingerprint }) => marker.prints.some((print) => print.startsWith(fingerprint)))
  const accepted = own.find(({ suppression }) => suppression !== null)
  if (accepted?.suppression != null) return `Accepted (${accepted.suppression.reason})`
  // GitHub makes a link of the commit.
  return own.some(({ state }) => state === 'unchanged') ? 'No longer part of this change' : `Fixed as of ${head.slice(0, 12)}`
}
