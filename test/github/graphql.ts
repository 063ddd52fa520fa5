// The few queries and mutations that we make, executed against GitHub's own schema.

import { schema as published } from '@octokit/graphql-schema'
import { buildSchema, type GraphQLSchema, graphql } from 'graphql'
import type { Hub } from './hub.ts'
import type { Comment, Pull, Thread, Token } from './state.ts'

let schema: GraphQLSchema | undefined

/** GitHub's schema as the package @octokit/graphql-schema (MIT) has it. */
function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(published.idl, { assumeValid: true })
  return schema
}

type Request = { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> }
type Paging = { readonly first?: number; readonly after?: string | null }

/** What is not modelled is not there: a query for it is an error, never an invented value. */
export async function execute(hub: Hub, token: Token, { query, variables }: Request): Promise<unknown> {
  const may = token.permissions['pull_requests']
  const comment = (input: { readonly input: { readonly subjectId: string } }, isMinimized: boolean) => {
    if (may !== 'write') throw new Error('Resource not accessible by integration')
    const found = hub.everyComment().find(({ node }) => node === input.input.subjectId)
    if (found === undefined) throw new Error(`Could not resolve to a node with the global id of '${input.input.subjectId}'`)
    found.isMinimized = isMinimized
    return { __typename: 'PullRequestReviewComment', isMinimized }
  }
  const rootValue = {
    repository: () => ({
      pullRequest: ({ number }: { readonly number: number }) => {
        const pull = hub.pulls.find((one) => one.number === number)
        return pull === undefined ? null : pullNode(hub, pull, token)
      },
    }),
    minimizeComment: (input: { readonly input: { readonly subjectId: string } }) => ({ minimizedComment: comment(input, true) }),
    unminimizeComment: (input: { readonly input: { readonly subjectId: string } }) => ({ unminimizedComment: comment(input, false) }),
  }
  return graphql({ schema: githubSchema(), source: query, rootValue, variableValues: variables ?? {} })
}

function pullNode(hub: Hub, pull: Pull, token: Token) {
  return {
    headRefOid: hub.headOf(pull),
    state: pull.state,
    reviewThreads: (paging: Paging) => page(pull.threads, paging, (thread) => threadNode(thread, token)),
    comments: (paging: Paging) => page(pull.comments, paging, (comment) => commentNode(comment, token)),
  }
}

function threadNode({ comments, isResolved, line }: Thread, token: Token) {
  return {
    isResolved,
    isOutdated: line === undefined,
    comments: (paging: Paging) => ({ totalCount: comments.length, ...page(comments, paging, (comment) => commentNode(comment, token)) }),
  }
}

function commentNode({ id, node, body, author, isMinimized }: Comment, { login }: Token) {
  return { id: node, fullDatabaseId: String(id), body, isMinimized, viewerDidAuthor: author === login }
}

/** GitHub gives at most a hundred at a time. */
function page<Item, Node>(items: readonly Item[], { first = 0, after }: Paging, nodeOf: (item: Item) => Node) {
  if (first < 1 || first > 100) throw new Error('first must be between 1 and 100')
  const start = after == null ? 0 : Number(after)
  const end = Math.min(items.length, start + first)
  return { nodes: items.slice(start, end).map(nodeOf), pageInfo: { hasNextPage: end < items.length, endCursor: String(end) } }
}
