// A report and what was said before → what to say now. Pure: the plan is tested, the sending is thin.

import type { Lookup } from '../change/lookup.ts'
import type { Location, Report } from '../report/report.ts'
import type { Desk, NewComment, Refusals } from './comment.ts'
import { type Conversation, silence } from './conversation.ts'
import type { Edit } from './edit.ts'
import { mostInline } from './limit.ts'
import { withoutDoubles } from './match.ts'
import { isQuiet, summaryOf } from './summary.ts'
import { tellFindings } from './tell-findings.ts'
import { tellProblems } from './tell-problems.ts'

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

export const noRefusals: Refusals = { places: new Set(), folds: false, requests: false }

/** What to say. */
export function planReview(review: Review, conversation: Conversation, refused: Refusals): ReviewPlan {
  const { report, diff, key, ruleUrl, head } = review
  const desk: Desk = { report, diff, head, pages: { rules: report.rules, components: report.components, key, ruleUrl }, refused }
  const { kept, doubles } = withoutDoubles(conversation.threads)
  const problems = tellProblems(
    desk,
    kept.filter(({ marker }) => marker.about === 'problem'),
  )
  const findings = tellFindings(
    desk,
    kept.filter(({ marker }) => marker.about === 'finding'),
    mostInline - problems.unsettled,
  )
  const comments = [...problems.comments, ...findings.comments]
  const parts = {
    ...review,
    elsewhere: findings.elsewhere,
    problems: problems.elsewhere,
    minor: findings.minor,
    patches: findings.patches,
    inline: problems.standing + findings.standing,
  }
  return {
    lines: comments.filter(({ place }) => place.kind !== 'file'),
    files: comments.filter(({ place }) => place.kind === 'file'),
    edits: [...problems.edits, ...findings.edits],
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
