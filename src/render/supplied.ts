// What supplying a target gives: the target and its tree with what was fetched, and what was not had.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import type { Missing, Place, RenderTarget } from '../discover/target.ts'
import type { Origin } from '../resource/document.ts'
import { withoutLogin } from './allowance.ts'
import type { Pin, SourceFailure } from './source.ts'

/** Something that was fetched, and the path (a file or a folder) at which it was put into the tree. */
export type Fetched = {
  readonly path: string
  readonly from: Origin
  readonly pin: Pin
  /** The file that asks for it. */
  readonly owner: string
}

/** A dependency that was not had; it matters only where it is switched on. `chart` is the folder of the chart that names it. */
export type Refused = { readonly chart: string; readonly name: string; readonly failure: SourceFailure }

export type Supplied<Target extends RenderTarget = RenderTarget> = {
  /** Reads what was fetched too, and misses what was not had. */
  readonly target: Target
  readonly tree: Tree
  /** The target as the repository has it, where another one than was asked for stands behind it. */
  readonly as?: RenderTarget
  readonly fetched: readonly Fetched[]
  readonly refused: readonly Refused[]
}

/** Where a folder of a git repository came from. */
export function gitOrigin(address: string, commit: string): Origin {
  const source = withoutLogin(address)
  return { name: posix.basename(source.replace(/\/+$/, ''), '.git'), version: commit.slice(0, 12), source }
}

/** A failure as something that a target misses. */
export function missingOf({ message, hint }: SourceFailure, at?: Place): Missing {
  return { message, hint, ...(at === undefined ? {} : { at }) }
}
