// What a rule is asked about: one part of an object, with what is around it.

import type { Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'

/** What the policy knows and rules ask for. */
export type Facts = {
  /** `1.35` */
  readonly kubernetesVersion: string
  /** Trusted registries, with or without a path. */
  readonly registries: readonly string[]
  /** Addresses of the repository that is looked at; none where nobody knows. */
  readonly repositories: readonly string[]
}

export type Item = {
  readonly self: Mapping
  /** JSON Pointer of `self` inside the object. */
  readonly pointer: string
  readonly resource: Resource
  /** The pod spec around a container or volume, or the pod itself. */
  readonly pod: Mapping | undefined
  readonly podPointer: string
  readonly facts: Facts
}

/** What a check yields: the place below the item, what is wrong there, and how far it reaches. */
export type Checked = {
  readonly pointer: string
  /** Where to look, when that is another place: a JSON Pointer from the object. */
  readonly shown?: string
  readonly message: string
  readonly extent: readonly string[]
}

/** A rule's decision in TypeScript, for what an expression cannot say. */
export type Check = (item: Item) => readonly Checked[]
