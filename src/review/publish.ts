// Brings a pull request to what the plan says: read, plan, act, and read again until nothing is left to do.

import type { Conversation } from './conversation.ts'
import { isDone, type NewComment, planReview, type Review, type ReviewPlan } from './plan.ts'

/** `refused`: GitHub did not take the place. `unsure`: no answer came; it may have been done. */
export type Sent = 'sent' | 'refused' | 'unsure'

/** How to speak in one pull request. A missing permission or a lasting failure is thrown; `unsure` is for what must not be repeated blindly. */
export type Talk = {
  /** What is there now: our comments, and the head that the pull request has. */
  readonly read: () => Promise<Conversation & { readonly head: string; readonly isOpen: boolean }>
  readonly review: (comments: readonly NewComment[]) => Promise<Sent>
  readonly comment: (comment: NewComment) => Promise<Sent>
  readonly rewrite: (comment: number, body: string) => Promise<void>
  readonly fold: (node: string, folded: boolean) => Promise<void>
  readonly remove: (comment: number) => Promise<void>
  readonly createSummary: (body: string) => Promise<Sent>
  readonly rewriteSummary: (comment: number, body: string) => Promise<void>
  readonly removeSummary: (comment: number) => Promise<void>
}

/** `stale`: the pull request has another head by now, whose own run will speak. */
export type Published =
  | { readonly kind: 'done' | 'stale' | 'closed'; readonly comments: number }
  | { readonly kind: 'unfinished'; readonly comments: number }

/** Each round reads first, so that an answer that was lost, or another run at the same time, makes nothing twice. */
const mostRounds = 8

/** Says the review. Never speaks for a head that is not the newest. */
export async function publish(review: Review, talk: Talk): Promise<Published> {
  const refused = new Set<string>()
  let comments = 0
  for (let round = 0; round < mostRounds; round += 1) {
    const there = await talk.read()
    if (!there.isOpen) return { kind: 'closed', comments }
    if (there.head !== review.head) return { kind: 'stale', comments }
    const plan = planReview(review, there, refused)
    if (isDone(plan)) return { kind: 'done', comments }
    const said = await speak(plan, talk, refused)
    comments += said.count
    // What was refused goes to the summary, which is therefore planned anew.
    if (said.isSettled) await sumUp(plan, talk)
  }
  return { kind: 'unfinished', comments }
}

async function speak(plan: ReviewPlan, talk: Talk, refused: Set<string>): Promise<{ readonly count: number; readonly isSettled: boolean }> {
  let isSettled = true
  let count = 0
  const note = (sent: Sent, comments: readonly NewComment[]) => {
    if (sent === 'sent') count += comments.length
    else isSettled = false
    if (sent === 'refused') for (const { group } of comments) for (const print of group.prints) refused.add(print)
  }
  if (plan.lines.length > 0) {
    const sent = await talk.review(plan.lines)
    // GitHub refuses a review as a whole: which of its comments it was is seen when each is sent alone.
    if (sent === 'refused') for (const comment of plan.lines) note(await talk.comment(comment), [comment])
    else note(sent, plan.lines)
  }
  for (const comment of plan.files) note(await talk.comment(comment), [comment])
  for (const { comment, node, body, rewrite, fold } of plan.edits) {
    if (rewrite) await talk.rewrite(comment, body)
    if (fold !== undefined) await talk.fold(node, fold)
  }
  for (const comment of plan.removed) await talk.remove(comment)
  return { count, isSettled }
}

async function sumUp({ summary, removedSummaries }: ReviewPlan, talk: Talk): Promise<void> {
  if (summary.kind === 'create') await talk.createSummary(summary.body)
  if (summary.kind === 'update') await talk.rewriteSummary(summary.comment, summary.body)
  for (const comment of removedSummaries) await talk.removeSummary(comment)
}
