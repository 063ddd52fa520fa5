// What a tree holds: which files are judged, which are not and why, and where the objects land together.

import type { Resource } from '../resource/resource.ts'
import type { SkipReason } from './reason.ts'
import type { Scene } from './scene.ts'
import type { ManifestTarget, ReferenceTarget, RenderTarget, Root, Unresolved } from './target.ts'
import type { Recognised } from './third-party/recognise.ts'

export type Skip = {
  readonly path: string
  /** The document in the file; absent when the whole file is meant. */
  readonly document?: number
  readonly reason: SkipReason
  /** Looks like Kubernetes source. */
  readonly attention: boolean
  /** For people: which placeholder, which ignore pattern and where it stands. */
  readonly detail?: string
}

/** Something that could not be looked at. Not looked at is never clean. */
export type Problem = {
  readonly code: string
  readonly path: string
  /** From 1; absent when the whole file is meant. */
  readonly line?: number
  readonly column?: number
  /** Id of the target that could not be looked at; the message begins with it. */
  readonly target?: string
  readonly message: string
  readonly hint: string
}

/** A problem, and the objects of base that nobody judges any more for it. */
export type Hiding = { readonly problem: Problem; readonly resources: readonly Resource[] }

/** The code of what is said of an entry that changes nothing: news is only that it did before. */
export const idleEntry = 'idle-entry'

export type Graph = {
  /** Files of manifests, judged as they are written. */
  readonly targets: readonly ManifestTarget[]
  /** Files that name what is fetched from elsewhere. */
  readonly references: readonly ReferenceTarget[]
  /** What has to be rendered. */
  readonly rendered: readonly RenderTarget[]
  /** Roots of which no target could be made. */
  readonly unresolved: readonly Unresolved[]
  /** Files that are applied as they stand, judged or not, and by whom. */
  readonly applied: ReadonlyMap<string, Root>
  /** What the objects say of each other: for targets that rendered objects name (`targetsIn`). */
  readonly scene: Scene
  /** What of all this came from elsewhere. */
  readonly thirdParty: Recognised
  readonly skips: readonly Skip[]
  readonly problems: readonly Problem[]
  /** Files of the tree that were considered at all (YAML and JSON by name). */
  readonly files: number
}

/** The graphs of both revisions of a change. */
export type Graphs = { readonly base: Graph; readonly head: Graph }
