// Speaks in a pull request: thin calls of GitHub's API, one for each thing the plan asks for.

import type { Conversation, Thread } from '../review/conversation.ts'
import { markerIn, summaryIn } from '../review/marker.ts'
import type { NewComment } from '../review/plan.ts'
import type { Sent, Talk } from '../review/publish.ts'
import { type Connection, once, statusOf } from './github.ts'

export type Pull = {
  readonly owner: string
  readonly repo: string
  readonly number: number
  readonly head: string
  readonly key: string
  readonly event: 'COMMENT' | 'REQUEST_CHANGES'
}

const query = `query ($owner: String!, $repo: String!, $number: Int!, $threads: String, $comments: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      headRefOid
      state
      reviewThreads(first: 100, after: $threads) {
        pageInfo { hasNextPage endCursor }
        nodes { isResolved comments(first: 1) { totalCount nodes { id fullDatabaseId body isMinimized viewerDidAuthor } } }
      }
      comments(first: 100, after: $comments) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId body viewerDidAuthor }
      }
    }
  }
}`

/** Of `pull`, with the comments of its key alone. */
export function talkIn(pull: Pull, github: Connection): Talk {
  const { owner, repo, number, head } = pull
  const { rest } = github
  const here = { owner, repo }
  return {
    read: () => read(pull, github),
    review: (comments) =>
      sent(() =>
        rest.pulls.createReview({
          ...here,
          ...once,
          pull_number: number,
          commit_id: head,
          event: pull.event,
          body: `Plimsoll: ${comments.length} ${comments.length === 1 ? 'finding' : 'findings'} to look at.`,
          comments: comments.map(anchor),
        }),
      ),
    comment: (comment) => {
      const { place } = comment.group
      const where = place.kind === 'file' ? { path: place.path, subject_type: 'file' as const } : anchor(comment)
      return sent(() =>
        rest.pulls.createReviewComment({ ...here, ...once, pull_number: number, commit_id: head, ...where, body: comment.body }),
      )
    },
    rewrite: async (comment, body) => void (await rest.pulls.updateReviewComment({ ...here, comment_id: comment, body })),
    fold: async (node, folded) => void (await github.graphql(folded ? minimize : unminimize, { node })),
    remove: (comment) => gone(() => rest.pulls.deleteReviewComment({ ...here, comment_id: comment })),
    createSummary: (body) => sent(() => rest.issues.createComment({ ...here, ...once, issue_number: number, body })),
    rewriteSummary: async (comment, body) => void (await rest.issues.updateComment({ ...here, comment_id: comment, body })),
    removeSummary: (comment) => gone(() => rest.issues.deleteComment({ ...here, comment_id: comment })),
  }
}

const minimize =
  'mutation ($node: ID!) { minimizeComment(input: { subjectId: $node, classifier: RESOLVED }) { minimizedComment { isMinimized } } }'
const unminimize = 'mutation ($node: ID!) { unminimizeComment(input: { subjectId: $node }) { unminimizedComment { isMinimized } } }'

function anchor({ group: { place }, body }: NewComment): { path: string; line: number; side: 'LEFT' | 'RIGHT'; body: string } {
  if (place.kind === 'file' || place.kind === 'summary') throw new Error(`a comment on a line was planned for ${place.kind}`)
  return { path: place.path, line: place.line, side: place.side, body }
}

async function sent(call: () => Promise<unknown>): Promise<Sent> {
  try {
    await call()
    return 'sent'
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === 422) return 'refused'
    if (status === 429 || (status !== undefined && status >= 500)) return 'unsure'
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

type Page<Node> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly nodes: readonly (Node | null)[]
}
type CommentNode = {
  readonly id: string
  readonly fullDatabaseId: string | number
  readonly body: string
  readonly isMinimized: boolean
  readonly viewerDidAuthor: boolean
}
type ThreadNode = {
  readonly isResolved: boolean
  readonly comments: { readonly totalCount: number; readonly nodes: readonly (CommentNode | null)[] }
}
type Answer = {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string
      readonly state: string
      readonly reviewThreads: Page<ThreadNode>
      readonly comments: Page<Pick<CommentNode, 'fullDatabaseId' | 'body' | 'viewerDidAuthor'>>
    } | null
  } | null
}

async function read({ owner, repo, number, key }: Pull, github: Connection): Promise<Conversation & { head: string; isOpen: boolean }> {
  const threads: Thread[] = []
  const summaries: { comment: number; body: string; head: string }[] = []
  let cursors: { threads: string | null; comments: string | null } = { threads: null, comments: null }
  for (;;) {
    const answer: Answer = await github.graphql(query, { owner, repo, number, ...cursors })
    const pull = answer.repository?.pullRequest
    if (pull == null) throw new Error(`pull request #${number} of ${owner}/${repo} is not visible to the token`)
    for (const node of pull.reviewThreads.nodes) threads.push(...threadOf(node, key))
    for (const node of pull.comments.nodes) {
      const found = node?.viewerDidAuthor === true ? summaryIn(node.body) : undefined
      if (node != null && found?.key === key) summaries.push({ comment: Number(node.fullDatabaseId), body: node.body, head: found.head })
    }
    const more = { threads: pull.reviewThreads.pageInfo, comments: pull.comments.pageInfo }
    if (!more.threads.hasNextPage && !more.comments.hasNextPage) {
      const byAge = (a: { readonly comment: number }, b: { readonly comment: number }) => a.comment - b.comment
      return {
        threads: unique(threads).sort(byAge),
        summaries: unique(summaries).sort(byAge),
        head: pull.headRefOid,
        isOpen: pull.state === 'OPEN',
      }
    }
    // A list that has ended is asked for its end again, which is empty.
    cursors = { threads: more.threads.endCursor ?? cursors.threads, comments: more.comments.endCursor ?? cursors.comments }
  }
}

function unique<Item extends { readonly comment: number }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.comment, item])).values()]
}

function threadOf(node: ThreadNode | null, key: string): readonly Thread[] {
  const first = node?.comments.nodes[0]
  if (node == null || first == null || !first.viewerDidAuthor) return []
  const marker = markerIn(first.body)
  if (marker === undefined || marker.key !== key) return []
  return [
    {
      node: first.id,
      comment: Number(first.fullDatabaseId),
      body: first.body,
      marker,
      isMinimized: first.isMinimized,
      isResolved: node.isResolved,
      hasReplies: node.comments.totalCount > 1,
    },
  ]
}
