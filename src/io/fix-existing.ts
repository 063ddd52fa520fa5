// Reads what there is of fix pull requests: our branches, and the pull requests that they had and have.

import type { Branch, Existing, OwnPull } from '../review/fix-pulls/existing.ts'
import { branchPrefix } from '../review/fix-pulls/group.ts'
import { fixMarkerIn } from '../review/fix-pulls/marker.ts'
import type { Connection } from './github.ts'

/** `branch`: the default one. */
export type FixPlace = { readonly owner: string; readonly repo: string; readonly key: string; readonly branch: string }

/** `repository`: its id. */
export type Read = Existing & { readonly repository: string }

/** Of `branches` and of all others that begin as ours do; pull requests of `key` alone. */
export async function readExisting(place: FixPlace, branches: readonly string[], github: Connection): Promise<Read> {
  const { owner, repo, branch, key } = place
  const found: Branch[] = []
  let after: string | null = null
  for (;;) {
    const answer: RefsAnswer = await github.graphql(refsQuery, { owner, repo, branch: `refs/heads/${branch}`, words: branchPrefix, after })
    const { repository, viewer } = answer
    if (repository === null) throw new Error(`${owner}/${repo} is not visible to the token`)
    // The words may stand anywhere in a name.
    found.push(...repository.refs.nodes.flatMap((node) => (node?.name.startsWith(branchPrefix) === true ? [branchOf(node)] : [])))
    after = repository.refs.pageInfo.endCursor
    if (repository.refs.pageInfo.hasNextPage) continue
    const names = [...new Set([...branches, ...found.map(({ name }) => name)])]
    const nodes: PullNode[] = []
    for (let at = 0; at < names.length; at += mostNames) nodes.push(...(await pullsOf(names.slice(at, at + mostNames), place, github)))
    return {
      repository: repository.id,
      tip: repository.ref?.target.oid ?? '',
      branches: found,
      isWorkflow: viewer.login === 'github-actions[bot]',
      pulls: nodes.flatMap((node) => ownPull(node, key)),
      taken: new Set(nodes.filter(isTaken).map(({ headRefName }) => headRefName)),
    }
  }
}

/** Branches whose pull requests one query asks for; and how many of them, the newest first. */
const mostNames = 40
const mostPulls = 10

const refsQuery = `query ($owner: String!, $repo: String!, $branch: String!, $words: String!, $after: String) {
  viewer { login }
  repository(owner: $owner, name: $repo) {
    id
    ref(qualifiedName: $branch) { target { oid } }
    refs(refPrefix: "refs/heads/", query: $words, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { name target { oid ... on Commit { messageHeadline parents(first: 1) { totalCount } signature { wasSignedByGitHub } } } }
    }
  }
}`

type RefNode = {
  readonly name: string
  readonly target: {
    readonly oid: string
    readonly messageHeadline?: string
    readonly parents?: { readonly totalCount: number }
    readonly signature?: { readonly wasSignedByGitHub: boolean } | null
  }
}
type RefsAnswer = {
  readonly viewer: { readonly login: string }
  readonly repository: {
    readonly id: string
    readonly ref: { readonly target: { readonly oid: string } } | null
    readonly refs: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
      readonly nodes: readonly (RefNode | null)[]
    }
  } | null
}
type PullNode = {
  readonly number: number
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED'
  readonly title: string
  readonly body: string
  readonly headRefName: string
  readonly headRefOid: string
  readonly baseRefName: string
  readonly isCrossRepository: boolean
  readonly viewerDidAuthor: boolean
  readonly mergeable: 'CONFLICTING' | 'MERGEABLE' | 'UNKNOWN'
  readonly files: { readonly nodes: readonly ({ readonly path: string } | null)[] } | null
}

function branchOf({ name, target }: RefNode): Branch {
  return {
    name,
    head: target.oid,
    headline: target.messageHeadline ?? '',
    isSigned: target.parents?.totalCount === 1 && target.signature?.wasSignedByGitHub === true,
  }
}

async function pullsOf(names: readonly string[], { owner, repo }: FixPlace, github: Connection): Promise<readonly PullNode[]> {
  const parameters = names.map((_, at) => `, $b${at}: String!`).join('')
  const parts = names.map(
    (_, at) => `b${at}: pullRequests(headRefName: $b${at}, first: ${mostPulls}, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number state title body headRefName headRefOid baseRefName isCrossRepository viewerDidAuthor mergeable files(first: 100) { nodes { path } } }
    }`,
  )
  const query = `query ($owner: String!, $repo: String!${parameters}) { repository(owner: $owner, name: $repo) { ${parts.join('\n')} } }`
  const variables = Object.fromEntries(names.map((name, at) => [`b${at}`, name]))
  const answer: { readonly repository: Readonly<Record<string, { readonly nodes: readonly (PullNode | null)[] }>> } = await github.graphql(
    query,
    { owner, repo, ...variables },
  )
  // A branch of the same name in a fork has nothing to do with ours.
  return names.flatMap((_, at) =>
    (answer.repository[`b${at}`]?.nodes ?? []).flatMap((node) => (node?.isCrossRepository === false ? [node] : [])),
  )
}

/** Anybody can write our marker; only what we opened ourselves is believed. */
function ownPull(node: PullNode, key: string): readonly OwnPull[] {
  const marker = node.viewerDidAuthor ? fixMarkerIn(node.body) : undefined
  if (marker?.key !== key) return []
  const { number, title, body } = node
  const states = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const
  return [
    {
      number,
      branch: node.headRefName,
      base: node.baseRefName,
      state: states[node.state],
      title,
      body,
      head: node.headRefOid,
      marker,
      isConflicting: node.mergeable === 'CONFLICTING',
      paths: (node.files?.nodes ?? []).flatMap((file) => (file === null ? [] : [file.path])),
    },
  ]
}

/** A pull request that is not ours, or whose description a person wrote anew. */
function isTaken({ state, viewerDidAuthor, body }: PullNode): boolean {
  if (state === 'MERGED') return false
  const marker = viewerDidAuthor ? fixMarkerIn(body) : undefined
  return state === 'OPEN' ? marker === undefined : viewerDidAuthor && marker === undefined
}
