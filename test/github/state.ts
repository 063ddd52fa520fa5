// What the double remembers.

export type Comment = { readonly id: number; readonly node: string; readonly author: string; body: string; isMinimized: boolean }
export type Thread = {
  readonly path: string
  /** Undefined for a comment on a file. */
  readonly side: 'LEFT' | 'RIGHT' | undefined
  /** Undefined once the line is no longer there. */
  line: number | undefined
  /** The first line of a comment on several; of one line there is none. */
  startLine: number | undefined
  commit: string
  isResolved: boolean
  readonly comments: Comment[]
}
export type Review = {
  readonly id: number
  readonly event: string
  state: 'COMMENTED' | 'CHANGES_REQUESTED' | 'DISMISSED'
  readonly body: string
  readonly author: string
  readonly commit: string
}
export type Pull = {
  readonly number: number
  readonly author: string
  baseBranch: string
  readonly headBranch: string
  /** Whether that branch is one of a fork, whose commit is `lastHead`. */
  readonly isFork: boolean
  state: 'OPEN' | 'CLOSED' | 'MERGED'
  /** Where the branch was when the pull request was closed. */
  lastHead?: string
  title: string
  body: string
  readonly threads: Thread[]
  readonly comments: Comment[]
  readonly reviews: Review[]
  /** Comments that were ever made through the API: each was a message to somebody, gone or not. */
  said: number
}
export type Check = {
  readonly name: string
  readonly head: string
  readonly conclusion: string
  readonly title: string
  readonly summary: string
  readonly annotations: number
}

/** What a token may do and whom it acts as. */
export type Token = { readonly login: string; readonly permissions: Readonly<Record<string, 'read' | 'write'>> }

export const actionsToken: Token = { login: 'github-actions[bot]', permissions: { contents: 'read', pull_requests: 'write' } }
