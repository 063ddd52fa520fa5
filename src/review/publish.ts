// Brings a pull request to what the plan says: read, plan, act, and read again until nothing is left to do.

import type { NewComment, Refusals } from './comment.ts'
import type { Conversation } from './conversation.ts'
import { isDone, isSaid, noRefusals, planReview, type Review, type ReviewPlan } from './plan.ts'

/** `refused`: GitHub did not take the place. `unsure`: no answer came; it may have been done. */
export type Sent = 'sent' | 'refused' | 'unsure'

/** How to speak in one pull request. A missing permission or a lasting failure is thrown; `unsure` is for what must not be repeated blindly. */
export type Talk = {
  /** What is there now: our comments, and the head that the pull request has. */
  readonly read: () => Promise<Conversation & { readonly head: string; readonly isOpen: boolean }>
  /** One review with all of these comments; none only where changes are requested. */
  readonly review: (comments: readonly NewComment[], requestsChanges: boolean) => Promise<Sent>
  readonly comment: (comment: NewComment) => Promise<Sent>
  readonly rewrite: (comment: number, body: string) => Promise<void>
  /** `refused` where the token may comment but not fold. */
  readonly fold: (node: string, folded: boolean) => Promise<'sent' | 'refused'>
  readonly remove: (comment: number) => Promise<void>
  readonly withdraw: (review: number) => Promise<'sent' | 'refused'>
  readonly createSummary: (body: string) => Promise<Sent>
  readonly rewriteSummary: (comment: number, body: string) => Promise<void>
  readonly removeSummary: (comment: number) => Promise<void>
  /** Waits longer from time to time, while GitHub is in trouble. */
  readonly pause: (times: number) => Promise<void>
}

/** `stale`: the pull request has another head by now, whose own run will speak. */
export type Published = { readonly kind: 'done' | 'stale' | 'closed' | 'unfinished'; readonly comments: number }

/** Each round reads first, so that an answer that was lost, or another run at the same time, makes nothing twice. */
const mostRounds = 12

/** Says the review. Never speaks for a head that is not the newest. */
export async function publish(review: Review, talk: Talk): Promise<Published> {
  let refused = noRefusals
  let comments = 0
  let pauses = 0
  for (let round = 0; round < mostRounds; round += 1) {
    const there = await talk.read()
    if (!there.isOpen) return { kind: 'closed', comments }
    if (there.head !== review.head) return { kind: 'stale', comments }
    const plan = planReview(review, there, refused)
    if (isDone(plan)) return { kind: 'done', comments }
    // The summary waits for a round of its own: what was refused goes into it, and a head that came meanwhile is seen before its summary is written over.
    const said = isSaid(plan) ? await sumUp(plan, talk) : await speak(plan, review, talk)
    comments += said.comments
    refused = joined(refused, said)
    if (!said.isUnsure) continue
    pauses += 1
    await talk.pause(pauses)
  }
  return { kind: 'unfinished', comments }
}

/** What came of a round. */
type Said = Refusals & { readonly comments: number; readonly isUnsure: boolean }

function joined(before: Refusals, { places, folds, requests }: Refusals): Refusals {
  return { places: new Set([...before.places, ...places]), folds: before.folds || folds, requests: before.requests || requests }
}

async function speak(plan: ReviewPlan, { requestsChanges }: Review, talk: Talk): Promise<Said> {
  const places = new Set<string>()
  let [comments, isUnsure, folds, requests] = [0, false, false, false]
  const note = (sent: Sent, said: readonly NewComment[]) => {
    if (sent === 'sent') comments += said.length
    if (sent === 'unsure') isUnsure = true
    if (sent === 'refused') for (const { prints } of said) for (const print of prints) places.add(print)
  }
  if (plan.lines.length > 0) {
    const sent = await talk.review(plan.lines, requestsChanges)
    // GitHub refuses a review as a whole: which of its comments it was is seen when each is sent alone.
    if (sent === 'refused') for (const comment of plan.lines) note(await talk.comment(comment), [comment])
    else note(sent, plan.lines)
  } else if (plan.requests) {
    const sent = await talk.review([], true)
    if (sent === 'refused') requests = true
    else note(sent, [])
  }
  for (const comment of plan.files) note(await talk.comment(comment), [comment])
  for (const { comment, node, body, rewrite, fold } of plan.edits) {
    if (rewrite) await talk.rewrite(comment, body)
    if (fold !== undefined && !folds) folds = (await talk.fold(node, fold)) === 'refused'
  }
  for (const comment of plan.removed) await talk.remove(comment)
  for (const review of plan.withdrawn) if ((await talk.withdraw(review)) === 'refused') requests = true
  return { places, folds, requests, comments, isUnsure }
}

async function sumUp({ summary, removedSummaries }: ReviewPlan, talk: Talk): Promise<Said> {
  let isUnsure = false
  if (summary.kind === 'create') isUnsure = (await talk.createSummary(summary.body)) !== 'sent'
  if (summary.kind === 'update') await talk.rewriteSummary(summary.comment, summary.body)
  for (const comment of removedSummaries) await talk.removeSummary(comment)
  return { ...noRefusals, comments: 0, isUnsure }
}
