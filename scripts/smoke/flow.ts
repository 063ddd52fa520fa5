// What is tried on GitHub and on the double alike: say a review, say it again, ask for a line that is not shown, see a fix.

import type { Connection } from '../../src/io/github.ts'
import { talkIn } from '../../src/io/talk.ts'
import type { Review } from '../../src/review/plan.ts'
import { publish } from '../../src/review/publish.ts'

export type Stage = {
  readonly owner: string
  readonly repo: string
  readonly number: number
  readonly github: Connection
  readonly faulty: () => Promise<Review>
  readonly mended: () => Promise<Review>
}

/** Throws where the review did not come to its end. */
export async function play({ owner, repo, number, github, faulty, mended }: Stage): Promise<void> {
  const say = async (review: Review) => {
    const { kind } = await publish(review, talkIn({ owner, repo, number, key: review.key, head: review.head, pace: 1_000 }, github))
    if (kind !== 'done') throw new Error(`the review of ${review.head} ended ${kind}`)
  }
  const first = await faulty()
  await say(first)
  await say(first)
  const offside = {
    owner,
    repo,
    pull_number: number,
    commit_id: first.head,
    path: 'web.yaml',
    line: 1_000,
    side: 'RIGHT' as const,
    body: 'Never shown.',
  }
  const refusal: unknown = await github.rest.pulls.createReviewComment(offside).catch((thrown: unknown) => thrown)
  if (!(refusal instanceof Error) || !('status' in refusal) || refusal.status !== 422)
    throw new Error('a line outside of the diff was not refused with 422')
  await say(await mended())
}
