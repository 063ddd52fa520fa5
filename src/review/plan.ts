// A report and what was said before → what to say now. Pure: the plan is tested, the sending is thin.

import type { Lookup } from '../change/lookup.ts'
import type { Location, Report } from '../report/report.ts'
import { bodyOf, type Pages } from './body.ts'
import { type Conversation, silence } from './conversation.ts'
import { type Edit, editOf } from './edit.ts'
import { faultsOf, type Group, groupsOf } from './group.ts'
import { mostInline } from './limit.ts'
import { matched, saidIn, withoutDoubles } from './match.ts'
import { offersOf } from './suggestion.ts'
import { freshOf, isMinor, isQuiet, summaryOf } from './summary.ts'

/** A comment to begin a thread with. */
export type NewComment = {
  readonly group: Group
  readonly body: string
  /** The lines that a suggestion replaces; without one the line of the group's place. */
  readonly lines?: { readonly first: number; readonly last: number }
}

export type ReviewPlan = {
  /** On lines, for one review, worst first. */
  readonly lines: readonly NewComment[]
  /** On files as a whole. */
  readonly files: readonly NewComment[]
  readonly edits: readonly Edit[]
  /** Comments of ours that say what another one says, and that nobody answered. */
  readonly removed: readonly number[]
  /** Whether changes are requested, which a review without comments says where none has any. */
  readonly requests: boolean
  /** Requests of ours for changes that no longer hold. */
  readonly withdrawn: readonly number[]
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
  /** Whether the review asks for changes instead of only commenting. */
  readonly requestsChanges: boolean
  readonly ruleUrl: (rule: string) => string
  readonly lineUrl: (location: Location) => string
}

/** What GitHub did not take in this run. */
export type Refusals = {
  /** Faults whose place it refused. */
  readonly places: ReadonlySet<string>
  /** It does not let us fold comments, or request changes and withdraw that. */
  readonly folds: boolean
  readonly requests: boolean
}

export const noRefusals: Refusals = { places: new Set(), folds: false, requests: false }

/** What to say. */
export function planReview(review: Review, conversation: Conversation, refused: Refusals): ReviewPlan {
  const { report, diff, key, ruleUrl, head } = review
  const pages: Pages = { rules: report.rules, key, ruleUrl }
  const fresh = freshOf(report)
  const { kept, doubles } = withoutDoubles(conversation.threads)
  const said = saidIn(kept)
  const prints = faultsOf(fresh)
  const worthwhile = fresh.filter((finding) => !isMinor(finding) || said.has(prints.get(finding) ?? ''))
  const { threads, open } = matched(groupsOf(worthwhile, diff), said)
  const room = Math.max(0, mostInline - [...threads.keys()].filter((thread) => !thread.isResolved).length)
  const isPlaceable = (group: Group) => group.place.kind !== 'summary' && !group.prints.some((print) => refused.places.has(print))
  const shown = new Set(open.filter(isPlaceable).slice(0, room))
  const told = [...threads].map(([thread, group]) => ({ group, said: thread.body }))
  const offers = offersOf([...told, ...[...shown].map((group) => ({ group }))], report, diff)
  const offerOf = (group: Group) => offers.get(group)?.markdown ?? []
  const fresher = [...shown].map((group): NewComment => {
    const lines = offers.get(group)?.lines
    return { group, body: bodyOf(group, pages, offerOf(group)), ...(lines === undefined ? {} : { lines }) }
  })
  const parts = {
    ...review,
    elsewhere: open.filter((group) => !shown.has(group)),
    inline: shown.size + threads.size,
    minor: fresh.filter((finding) => isMinor(finding) && !said.has(prints.get(finding) ?? '')),
  }
  const editor = { pages, report, head, canFold: !refused.folds, offerOf }
  return {
    lines: fresher.filter(({ group }) => group.place.kind !== 'file'),
    files: fresher.filter(({ group }) => group.place.kind === 'file'),
    edits: kept.flatMap((thread) => editOf(thread, threads.get(thread), editor)),
    removed: doubles,
    requests: review.requestsChanges && conversation.requests.length === 0 && !refused.requests,
    withdrawn: review.requestsChanges || refused.requests ? [] : conversation.requests,
    ...summaryPlan(review, conversation, summaryOf(parts)),
  }
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

/** The summary of a review in a pull request where nothing is said yet; empty where it says nothing. */
export function firstSummary(review: Review): string {
  const { summary } = planReview(review, silence, noRefusals)
  return summary.kind === 'create' ? summary.body : ''
}

/** Whether everything is said but the summary. */
export function isSaid({ lines, files, edits, removed, requests, withdrawn }: ReviewPlan): boolean {
  return lines.length + files.length + edits.length + removed.length + withdrawn.length === 0 && !requests
}

/** Whether there is nothing left to do. */
export function isDone(plan: ReviewPlan): boolean {
  return isSaid(plan) && plan.removedSummaries.length === 0 && plan.summary.kind === 'none'
}
