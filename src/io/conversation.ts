// Reads what we said in a pull request: our threads, summaries and requests for changes, over all pages.

import type { Conversation, Summary, Thread } from '../review/conversation.ts'
import { markerIn, reviewIn, summaryIn } from '../review/marker.ts'
import type { Connection } from './github.ts'

const query = `query ($owner: String!, $repo: String!, $number: Int!, $threads: String, $comments: String, $reviews: String) {
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
      reviews(first: 100, after: $reviews, states: [CHANGES_REQUESTED]) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId body viewerDidAuthor }
      }
    }
  }
}`

type Page<Node> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly nodes: readonly (Node | null)[]
}
type Said = { readonly fullDatabaseId: string | number; readonly body: string; readonly viewerDidAuthor: boolean }
type ThreadNode = {
  readonly isResolved: boolean
  readonly comments: {
    readonly totalCount: number
    readonly nodes: readonly ((Said & { readonly id: string; readonly isMinimized: boolean }) | null)[]
  }
}
type PullNode = {
  readonly headRefOid: string
  readonly state: string
  readonly reviewThreads: Page<ThreadNode>
  readonly comments: Page<Said>
  readonly reviews: Page<Said>
}
type Answer = { readonly repository: { readonly pullRequest: PullNode | null } | null }

export type Place = { readonly owner: string; readonly repo: string; readonly number: number; readonly key: string }

/** Ours of `key` alone, oldest first, and the head that the pull request has by now. */
export async function readConversation(
  { owner, repo, number, key }: Place,
  github: Connection,
): Promise<Conversation & { readonly head: string; readonly isOpen: boolean }> {
  const [threads, summaries, requests] = [new Map<number, Thread>(), new Map<number, Summary>(), new Set<number>()]
  let cursors: Readonly<Record<'threads' | 'comments' | 'reviews', string | null>> = { threads: null, comments: null, reviews: null }
  for (;;) {
    const answer: Answer = await github.graphql(query, { owner, repo, number, ...cursors })
    const pull = answer.repository?.pullRequest
    if (pull == null) throw new Error(`pull request #${number} of ${owner}/${repo} is not visible to the token`)
    for (const thread of pull.reviewThreads.nodes.flatMap((node) => threadOf(node, key))) threads.set(thread.comment, thread)
    for (const { fullDatabaseId, body } of ours(pull.comments)) {
      const found = summaryIn(body)
      if (found?.key === key) summaries.set(Number(fullDatabaseId), { comment: Number(fullDatabaseId), body, head: found.head })
    }
    for (const { fullDatabaseId, body } of ours(pull.reviews)) if (reviewIn(body) === key) requests.add(Number(fullDatabaseId))
    const pages = { threads: pull.reviewThreads.pageInfo, comments: pull.comments.pageInfo, reviews: pull.reviews.pageInfo }
    if (!Object.values(pages).some(({ hasNextPage }) => hasNextPage)) {
      const byAge = (a: { readonly comment: number }, b: { readonly comment: number }) => a.comment - b.comment
      return {
        threads: [...threads.values()].sort(byAge),
        summaries: [...summaries.values()].sort(byAge),
        requests: [...requests],
        head: pull.headRefOid,
        isOpen: pull.state === 'OPEN',
      }
    }
    // A list that has ended is asked for its end again, which is empty.
    cursors = {
      threads: pages.threads.endCursor ?? cursors.threads,
      comments: pages.comments.endCursor ?? cursors.comments,
      reviews: pages.reviews.endCursor ?? cursors.reviews,
    }
  }
}

/** Anybody can write our marker; only what we wrote ourselves is believed. */
function ours(page: Page<Said>): readonly Said[] {
  return page.nodes.flatMap((node) => (node?.viewerDidAuthor === true ? [node] : []))
}

function threadOf(node: ThreadNode | null, key: string): readonly Thread[] {
  const first = node?.comments.nodes[0]
  if (node == null || first?.viewerDidAuthor !== true) return []
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
