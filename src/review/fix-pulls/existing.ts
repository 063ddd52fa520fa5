// What of fix pull requests is on GitHub already, as plain data.

import { type FixMarker, joinedPrints, type Prints } from './marker.ts'

/** A branch of ours by its name; whether it is ours by what it holds is seen from its head. */
export type Branch = {
  readonly name: string
  readonly head: string
  readonly headline: string
  /** Its newest commit follows one other, and was made and signed by GitHub: on its pages or through its API. */
  readonly isSigned: boolean
}

/** A pull request that we opened, with a description that is still ours. */
export type OwnPull = {
  readonly number: number
  readonly branch: string
  readonly base: string
  readonly state: 'open' | 'closed' | 'merged'
  readonly title: string
  readonly body: string
  readonly head: string
  readonly marker: FixMarker
  readonly isConflicting: boolean
  /** Paths that it changes; empty for one that is not open. */
  readonly paths: readonly string[]
}

export type Existing = {
  /** The tip of the default branch. */
  readonly tip: string
  readonly branches: readonly Branch[]
  /** Of one key, the newest first. */
  readonly pulls: readonly OwnPull[]
  /** Branches with an open pull request, or one closed unmerged, that is not ours or whose description a person rewrote. */
  readonly taken: ReadonlySet<string>
  /** Whether the token is that of a workflow, whose pull requests start no checks by themselves. */
  readonly isWorkflow: boolean
}

/** Whether nobody but us pushed to the branch of a pull request, and nobody pointed it elsewhere. */
export function isUntouched({ head, marker, base }: OwnPull, branch: string): boolean {
  return marker.heads.includes(head) && base === branch
}

/** What people closed without merging: not offered again unless it got worse. */
export function declinedIn({ pulls }: Existing): Prints {
  return joinedPrints(pulls.filter(({ state, marker }) => state === 'closed' && marker.state === 'open').map(({ marker }) => marker.prints))
}

export function openPullOf({ pulls }: Existing, branch: string): OwnPull | undefined {
  return pulls.find((pull) => pull.branch === branch && pull.state === 'open')
}
