// What a tree holds: which files are judged, which are not and why, and where the objects land together.

import type { Resource } from '../resource/resource.ts'

/** Where targets land together; loose manifests: `''` is the repository as a whole, else the folder at which copies of one object part, or a name from the configuration. */
export type Environment = string

/** Why something is not judged. `attention`: it looks like Kubernetes, so its absence is said aloud and counts where the change causes it. */
export type SkipReason =
  | 'not-kubernetes'
  | 'values-file'
  | 'chart'
  | 'chart-template'
  | 'kustomization'
  | 'kustomize-patch'
  | 'kustomize-input'
  | 'ci-file'
  | 'custom-resource-sample'
  | 'custom-resource-definition'
  | 'template-placeholder'
  | 'encrypted'
  | 'ignored'
  | 'excluded'
  | 'symlink'
  | 'submodule'
  | 'missing-object'
  | 'too-large'
  | 'binary'
  | 'empty'

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
  readonly message: string
  readonly hint: string
}

/** A file of loose manifests, read. Other kinds of target stand beside it once they can be rendered. */
export type Target = {
  readonly kind: 'manifest'
  /** The file's path: unique among the targets of a graph. */
  readonly id: string
  /** Every file that the target reads. */
  readonly inputs: readonly string[]
  readonly resources: readonly Resource[]
  /** Listed under a kustomization's `resources`: judged as written, without what the kustomization changes. */
  readonly unrendered: boolean
}

export type Graph = {
  readonly targets: readonly Target[]
  readonly skips: readonly Skip[]
  readonly problems: readonly Problem[]
  /** Files of the tree that were considered at all (YAML and JSON by name). */
  readonly files: number
}
