// Speaks in a pull request: thin calls of GitHub's API, one for each thing the plan asks for.

import { setTimeout } from 'node:timers/promises'
import type { NewComment } from '../review/comment.ts'
import { reviewMarker } from '../review/marker.ts'
import type { Sent, Talk } from '../review/publish.ts'
import { type Place, readConversation } from './conversation.ts'
import { type Connection, once, statusOf } from './github.ts'

/** `head`: the commit that was judged, which comments are about. `pace`: milliseconds of one unit of waiting. */
export type Pull = Place & { readonly head: string; readonly pace: number }

/** Of `pull`, with the comments of its key alone. */
export function talkIn(pull: Pull, github: Connection): Talk {
  const { owner, repo, number, head, key, pace } = pull
  const { rest } = github
  const here = { owner, repo }
  return {
    read: () => readConversation(pull, github),
    review: (comments, requestsChanges) =>
      sent(() =>
        rest.pulls.createReview({
          ...here,
          ...once,
          pull_number: number,
          commit_id: head,
          event: requestsChanges ? 'REQUEST_CHANGES' : 'COMMENT',
          body: `${reviewText(comments.length)}\n\n${reviewMarker(key)}`,
          comments: comments.map(anchor),
        }),
      ),
    comment: (comment) => {
      const { place } = comment
      const where = place.kind === 'file' ? { path: place.path, subject_type: 'file' as const } : anchor(comment)
      return sent(() =>
        rest.pulls.createReviewComment({ ...here, ...once, pull_number: number, commit_id: head, ...where, body: comment.body }),
      )
    },
    rewrite: (comment, body) => gone(() => rest.pulls.updateReviewComment({ ...here, comment_id: comment, body })),
    fold: (node, folded) => allowed(() => github.graphql(folded ? minimize : unminimize, { node })),
    remove: (comment) => gone(() => rest.pulls.deleteReviewComment({ ...here, comment_id: comment })),
    withdraw: (review) =>
      allowed(() => rest.pulls.dismissReview({ ...here, pull_number: number, review_id: review, message: 'What was asked for is done.' })),
    createSummary: (body) => sent(() => rest.issues.createComment({ ...here, ...once, issue_number: number, body })),
    rewriteSummary: (comment, body) => gone(() => rest.issues.updateComment({ ...here, comment_id: comment, body })),
    removeSummary: (comment) => gone(() => rest.issues.deleteComment({ ...here, comment_id: comment })),
    pause: (times) => setTimeout(times * times * pace),
  }
}

const minimize =
  'mutation ($node: ID!) { minimizeComment(input: { subjectId: $node, classifier: RESOLVED }) { minimizedComment { isMinimized } } }'
const unminimize = 'mutation ($node: ID!) { unminimizeComment(input: { subjectId: $node }) { unminimizedComment { isMinimized } } }'

/** A review needs words of its own. */
function reviewText(comments: number): string {
  if (comments === 0) return 'Plimsoll: what has to change is told in its comments.'
  return `Plimsoll: ${comments} ${comments === 1 ? 'place' : 'places'} to look at.`
}

function anchor({ place, body, lines }: NewComment) {
  if (place.kind === 'file' || place.kind === 'summary') throw new Error(`a comment on a line was planned for ${place.kind}`)
  if (lines === undefined) return { path: place.path, line: place.line, side: place.side, body }
  const start = lines.first === lines.last ? {} : { start_line: lines.first, start_side: place.side }
  return { path: place.path, line: lines.last, side: place.side, ...start, body }
}

async function sent(call: () => Promise<unknown>): Promise<Sent> {
  try {
    await call()
    return 'sent'
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === 422) return 'refused'
    if (status !== undefined && status >= 500) return 'unsure'
    throw thrown
  }
}

/** For what a token that may comment need not be allowed to do. */
async function allowed(call: () => Promise<unknown>): Promise<'sent' | 'refused'> {
  try {
    await call()
    return 'sent'
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === 403 || status === 404 || status === 422) return 'refused'
    throw thrown
  }
}

/** Another run may have been faster. */
async function gone(call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (statusOf(thrown) !== 404) throw thrown
  }
}
