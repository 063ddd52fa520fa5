// A report and what was said before → what to say now. Pure: the plan is tested, the sending is thin.

import type { Lookup } from '../change/lookup.ts'
import type { Location, Report } from '../report/report.ts'
import { bodyOf, closedBody, type Pages } from './body.ts'
import type { Conversation, Thread } from './conversation.ts'
import { faultsOf, type Group, groupsOf } from './group.ts'
import { mostInline } from './limit.ts'
import { freshOf, isMinor, isQuiet, summaryOf } from './summary.ts'

/** A comment to begin a thread with. */
export type NewComment = { readonly group: Group; readonly body: string }
/** A change of a comment of ours; `minimized` says how it is to be afterwards. */
export type Edit = {
  readonly node: string
  readonly comment: number
  readonly body: string
  readonly rewrite: boolean
  readonly fold?: boolean
}

export type ReviewPlan = {
  /** On lines, for one review, worst first. */
  readonly lines: readonly NewComment[]
  /** On files as a whole. */
  readonly files: readonly NewComment[]
  readonly edits: readonly Edit[]
  /** Comments of ours that say what another one says, and that nobody answered. */
  readonly removed: readonly number[]
  readonly summary:
    | { readonly kind: 'create'; readonly body: string }
    | { readonly kind: 'update'; readonly comment: number; readonly body: string }
    | { readonly kind: 'none' }
  /** Summaries of ours beside the oldest. */
  readonly removedSummaries: readonly number[]
}

export type Review = {
  readonly report: Report
  readonly diff: Lookup
  readonly head: string
  readonly key: string
  /** Whether a review that finds nothing says so. */
  readonly saysNothing: boolean
  readonly ruleUrl: (rule: string) => string
  readonly lineUrl: (location: Location) => string
}

/** What to say. `refused`: faults whose place GitHub did not take in this run. */
export function planReview(review: Review, conversation: Conversation, refused: ReadonlySet<string>): ReviewPlan {
  const { report, diff, key, ruleUrl } = review
  const pages: Pages = { rules: report.rules, key, ruleUrl }
  const fresh = freshOf(report)
  const { kept, doubles } = withoutDoubles(conversation.threads)
  const said = new Map(kept.flatMap((thread) => thread.marker.prints.map((print) => [print, thread])))
  const prints = faultsOf(fresh)
  const worthwhile = fresh.filter((finding) => !isMinor(finding) || said.has(prints.get(finding) ?? ''))
  const groups = groupsOf(worthwhile, diff)
  const { threads, open } = matched(groups, said)
  const room = Math.max(0, mostInline - [...threads.keys()].filter((thread) => !thread.isResolved).length)
  const isPlaceable = (group: Group) => group.place.kind !== 'summary' && !group.prints.some((print) => refused.has(print))
  const shown = new Set(open.filter(isPlaceable).slice(0, room))
  const fresher = [...shown].map((group) => ({ group, body: bodyOf(group, pages) }))
  const parts = {
    ...review,
    elsewhere: open.filter((group) => !shown.has(group)),
    inline: shown.size + threads.size,
    minor: fresh.filter((finding) => isMinor(finding) && !said.has(prints.get(finding) ?? '')),
  }
  return {
    lines: fresher.filter(({ group }) => group.place.kind !== 'file'),
    files: fresher.filter(({ group }) => group.place.kind === 'file'),
    edits: [...kept.flatMap((thread) => editOf(thread, threads.get(thread), { pages, report }))],
    removed: doubles,
    ...summaryPlan(review, conversation, summaryOf(parts)),
  }
}

/** Of two threads that speak of the same fault the older stays; the other goes, unless somebody answered there. */
function withoutDoubles(threads: readonly Thread[]): { readonly kept: readonly Thread[]; readonly doubles: readonly number[] } {
  const seen = new Set<string>()
  const kept: Thread[] = []
  const doubles: number[] = []
  for (const thread of threads) {
    const isDouble = thread.marker.prints.every((print) => seen.has(print))
    if (isDouble && !thread.hasReplies) doubles.push(thread.comment)
    else kept.push(thread)
    for (const print of thread.marker.prints) seen.add(print)
  }
  return { kept, doubles }
}

type Matched = {
  /** For each thread the findings it goes on speaking of. */
  readonly threads: ReadonlyMap<Thread, Group>
  /** What nobody said yet. */
  readonly open: readonly Group[]
}

/** Faults that were said stay where they were said; new ones of a place join the thread that is there, unless a person settled it. */
function matched(groups: readonly Group[], said: ReadonlyMap<string, Thread>): Matched {
  const threads = new Map<Thread, Group>()
  const open: Group[] = []
  for (const group of groups) {
    const home = group.prints.map((print) => said.get(print)).find((thread) => thread !== undefined && !thread.isResolved)
    const rest: number[] = []
    for (const [at, print] of group.prints.entries()) {
      const thread = said.get(print) ?? home
      if (thread === undefined) rest.push(at)
      else threads.set(thread, joined(threads.get(thread), group, at))
    }
    const left = rest.flatMap((at) => part(group, at))
    const first = left[0]
    if (first !== undefined) open.push(left.slice(1).reduce((whole, next) => merged(whole, next), first))
  }
  return { threads, open }
}

function part(group: Group, at: number): readonly Group[] {
  const finding = group.findings[at]
  const print = group.prints[at]
  return finding === undefined || print === undefined ? [] : [{ ...group, findings: [finding], prints: [print] }]
}

function merged(a: Group, b: Group): Group {
  const [first, ...rest] = a.findings
  return { ...a, findings: [first, ...rest, ...b.findings], prints: [...a.prints, ...b.prints] }
}

function joined(whole: Group | undefined, group: Group, at: number): Group {
  const [own] = part(group, at)
  if (own === undefined) return whole ?? group
  return whole === undefined ? own : merged(whole, own)
}

/** What becomes of a thread: it goes on, comes back, or is settled. A thread that a person settled is left alone while its fault stands. */
function editOf(
  thread: Thread,
  group: Group | undefined,
  { pages, report }: { readonly pages: Pages; readonly report: Report },
): readonly Edit[] {
  const { node, comment, marker, isMinimized } = thread
  if (group === undefined) {
    const body = closedBody(thread, reasonOf(thread, report), pages)
    if (marker.state === 'closed' && isMinimized) return []
    return [{ node, comment, body, rewrite: marker.state !== 'closed', ...(isMinimized ? {} : { fold: true }) }]
  }
  if (thread.isResolved && marker.state === 'open') return []
  const body = bodyOf(group, pages)
  const isBack = marker.state === 'closed'
  const rewrite = body !== thread.body
  if (!rewrite && !(isBack && isMinimized)) return []
  return [{ node, comment, body, rewrite, ...(isBack && isMinimized ? { fold: false } : {}) }]
}

function reasonOf({ marker }: Thread, { findings }: Report): string {
  const own = findings.filter(({ fingerprint }) => marker.prints.some((print) => print.startsWith(fingerprint)))
  const accepted = own.find(({ suppression }) => suppression !== null)
  if (accepted?.suppression != null) return `Accepted (${accepted.suppression.reason})`
  return own.some(({ state }) => state === 'unchanged') ? 'No longer part of this change' : 'Fixed'
}

function summaryPlan(
  { report, saysNothing }: Review,
  { summaries, threads }: Conversation,
  body: string,
): Pick<ReviewPlan, 'summary' | 'removedSummaries'> {
  const [first, ...doubles] = summaries
  const removedSummaries = doubles.map(({ comment }) => comment)
  if (first === undefined) {
    const silent = isQuiet(report) && !saysNothing && threads.length === 0
    return { summary: silent ? { kind: 'none' } : { kind: 'create', body }, removedSummaries }
  }
  return { summary: first.body === body ? { kind: 'none' } : { kind: 'update', comment: first.comment, body }, removedSummaries }
}

/** Whether there is nothing left to do. */
export function isDone({ lines, files, edits, removed, summary, removedSummaries }: ReviewPlan): boolean {
  return lines.length + files.length + edits.length + removed.length + removedSummaries.length === 0 && summary.kind === 'none'
}
