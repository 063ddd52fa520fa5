// The few queries and mutations that we make, executed against GitHub's own schema.

import { schema as published } from '@octokit/graphql-schema'
import { buildSchema, type GraphQLFieldResolver, type GraphQLSchema, graphql, parse, validate } from 'graphql'
import type { Hub } from './hub.ts'
import { has } from './permission.ts'
import { commitOnBranch, type FileChanges, type RefUpdate, updateRefs } from './refs.ts'
import { Refusal } from './refusal.ts'
import type { Comment, Pull, Review, Thread, Token } from './state.ts'

let schema: GraphQLSchema | undefined

/** GitHub's schema as the package @octokit/graphql-schema (MIT) has it. */
function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(published.idl, { assumeValid: true })
  return schema
}

type Request = { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> }
type Paging = { readonly first?: number; readonly after?: string | null }
type Subject = { readonly input: { readonly subjectId: string } }

export type Result = {
  readonly data?: unknown
  readonly errors?: readonly { readonly type?: string; readonly message: string; readonly path?: readonly (string | number)[] }[]
}

/** The answer, and what in the request or the double itself breaks GitHub's schema. */
export async function execute(
  hub: Hub,
  token: Token,
  { query, variables }: Request,
): Promise<{ readonly result: Result; readonly faults: readonly string[] }> {
  const faults = validate(githubSchema(), parse(query)).map(({ message }) => message)
  if (faults.length > 0) return { result: { errors: faults.map((message) => ({ message })) }, faults }
  const { data, errors = [] } = await graphql({
    schema: githubSchema(),
    source: query,
    rootValue: rootOf(hub, token),
    variableValues: variables ?? {},
    fieldResolver: modelled,
  })
  const isRefusal = (error: (typeof errors)[number]) => error.originalError instanceof Refusal
  return {
    result: {
      data,
      ...(errors.length === 0
        ? {}
        : {
            errors: errors.map(({ message, path, originalError }) => ({
              ...(originalError instanceof Refusal ? { type: originalError.type } : {}),
              message,
              ...(path === undefined ? {} : { path: [...path] }),
            })),
          }),
    },
    faults: errors.filter((error) => !isRefusal(error)).map(({ message }) => message),
  }
}

/** What is not modelled is not there: a query for it is a fault of the test, never an invented value. */
const modelled: GraphQLFieldResolver<unknown, unknown> = (source, given, _, { fieldName, parentType }) => {
  const value = (source as Readonly<Record<string, unknown>>)[fieldName]
  if (value === undefined) throw new Error(`the double does not model ${parentType.name}.${fieldName}`)
  return typeof value === 'function' ? value(given) : value
}

function rootOf(hub: Hub, token: Token) {
  const minimized = ({ input }: Subject, isMinimized: boolean) => {
    if (hub.foldsNothing || !has(token, ['pull_requests', 'write']))
      throw new Refusal('FORBIDDEN', 'Resource not accessible by integration')
    const found = hub.everyComment().find(({ node }) => node === input.subjectId)
    if (found === undefined) throw new Refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${input.subjectId}'`)
    found.isMinimized = isMinimized
    return { __typename: 'PullRequestReviewComment', isMinimized }
  }
  const mayWrite = () => {
    if (!has(token, ['contents', 'write'])) throw new Refusal('FORBIDDEN', 'Resource not accessible by integration')
  }
  const mayReadPulls = () => {
    if (hub.isPrivate && !has(token, ['pull_requests', 'read'])) throw new Refusal('FORBIDDEN', 'Resource not accessible by integration')
  }
  return {
    viewer: () => ({ login: token.login }),
    repository: () => ({
      id: 'R_1',
      ref: ({ qualifiedName }: { readonly qualifiedName: string }) => refNode(hub, qualifiedName.replace(/^refs\/heads\//, '')),
      refs: ({ refPrefix, query, ...paging }: Paging & { readonly refPrefix: string; readonly query?: string | null }) => {
        if (refPrefix !== 'refs/heads/') throw new Error(`the double does not model refs below ${refPrefix}`)
        const names = hub.branches('').filter((name) => name.includes(query ?? ''))
        return page(names, paging, (name) => refNode(hub, name))
      },
      pullRequests: ({ headRefName, ...paging }: Paging & { readonly headRefName?: string | null }) => {
        mayReadPulls()
        const found = hub.pulls.filter(({ headBranch }) => headRefName == null || headBranch === headRefName)
        return page([...found].reverse(), paging, (pull) => pullNode(hub, pull, token))
      },
      pullRequest: ({ number }: { readonly number: number }) => {
        mayReadPulls()
        const pull = hub.pulls.find((one) => one.number === number)
        if (pull === undefined) throw new Refusal('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`)
        return pullNode(hub, pull, token)
      },
    }),
    minimizeComment: (subject: Subject) => ({ minimizedComment: minimized(subject, true) }),
    updateRefs: ({ input }: { readonly input: { readonly refUpdates: readonly RefUpdate[] } }) => {
      mayWrite()
      updateRefs(hub, input.refUpdates)
      return { clientMutationId: null }
    },
    createCommitOnBranch: ({ input }: { readonly input: CommitInput }) => {
      mayWrite()
      const oid = commitOnBranch(hub, token, { ...input, branch: input.branch.branchName, files: input.fileChanges })
      return { commit: { oid } }
    },
    unminimizeComment: (subject: Subject) => ({ unminimizedComment: minimized(subject, false) }),
  }
}

type CommitInput = {
  readonly branch: { readonly branchName: string }
  readonly expectedHeadOid: string
  readonly message: { readonly headline: string; readonly body?: string }
  readonly fileChanges: FileChanges
}

function refNode(hub: Hub, name: string) {
  const oid = hub.find(name)
  if (oid === undefined) return null
  const [parents = '', headline = ''] = hub.sandbox.git('log', '-1', '--format=%P%n%s', oid).split('\n')
  return {
    name,
    target: {
      __typename: 'Commit',
      oid,
      messageHeadline: headline,
      signature: () => (hub.signed.has(oid) ? { __typename: 'GpgSignature', wasSignedByGitHub: true } : null),
      parents: () => ({ totalCount: parents.split(' ').filter((parent) => parent !== '').length }),
    },
  }
}

function filesOf(hub: Hub, pull: Pull): readonly string[] {
  return [...hub.anchors(hub.baseOf(pull), hub.headOf(pull)).keys()]
}

function pullNode(hub: Hub, pull: Pull, token: Token) {
  return {
    number: pull.number,
    title: pull.title,
    body: pull.body,
    headRefOid: hub.headOf(pull),
    headRefName: pull.headBranch,
    baseRefName: pull.baseBranch,
    isCrossRepository: pull.isFork,
    viewerDidAuthor: pull.author === token.login,
    mergeable: () => (hub.conflicts(pull) ? 'CONFLICTING' : 'MERGEABLE'),
    files: (paging: Paging) => page(filesOf(hub, pull), paging, (path) => ({ path })),
    state: pull.state,
    reviewThreads: (paging: Paging) => page(pull.threads, paging, (thread) => threadNode(thread, token)),
    comments: (paging: Paging) => page(pull.comments, paging, (comment) => commentNode(comment, token)),
    reviews: ({ states, ...paging }: Paging & { readonly states?: readonly Review['state'][] | null }) =>
      page(
        pull.reviews.filter(({ state }) => states == null || states.includes(state)),
        paging,
        ({ id, state, body, author }) => ({ fullDatabaseId: String(id), state, body, viewerDidAuthor: author === token.login }),
      ),
  }
}

function threadNode({ comments, isResolved, line, side }: Thread, token: Token) {
  return {
    isResolved,
    isOutdated: side !== undefined && line === undefined,
    comments: (paging: Paging) => page(comments, paging, (comment) => commentNode(comment, token)),
  }
}

function commentNode({ id, node, body, author, isMinimized }: Comment, { login }: Token) {
  return { id: node, fullDatabaseId: String(id), body, isMinimized, viewerDidAuthor: author === login }
}

/** GitHub gives at most a hundred at a time. */
function page<Item, Node>(items: readonly Item[], { first = 0, after }: Paging, nodeOf: (item: Item) => Node) {
  if (first < 1 || first > 100) throw new Error('first must be between 1 and 100')
  const start = after == null ? 0 : Number(after.slice('cursor:'.length))
  const end = Math.min(items.length, start + first)
  return {
    totalCount: items.length,
    pageInfo: { hasNextPage: end < items.length, endCursor: end > start ? `cursor:${end}` : null },
    nodes: items.slice(start, end).map(nodeOf),
  }
}
