// A change: two trees, what lies between them, and the tree that the policy is read from.

import type { Diff } from './diff.ts'
import type { Tree } from './tree.ts'

export type Change = {
  /** The merge base. */
  readonly base: Tree
  readonly head: Tree
  readonly diff: Diff
  /** The tip of the target branch, never the head: a pull request does not choose the policy it is judged by. */
  readonly policy: Tree
}
