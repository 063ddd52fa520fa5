// What an edit written in TypeScript may look at, and what it gives.

import type { Finding } from '../finding/finding.ts'
import type { Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import type { Facts } from '../rule/item.ts'
import type { Change, Refusal } from '../yaml/change.ts'
import type { DefinitionsOf } from './definitions.ts'
import type { Lookup } from './wish.ts'

export type Context = {
  readonly finding: Finding
  /** Pointer of the place that the finding shows, from the object. */
  readonly here: string
  /** The part that the rule was asked about, and its pointer from the object. */
  readonly self: Mapping
  readonly item: string
  /** The pod spec around a container or volume, or the pod itself. */
  readonly pod: Mapping | undefined
  readonly podPointer: string
  readonly facts: Facts
  /** What the world outside answered. */
  readonly lookup: Lookup
  /** What else was found in the same part of the object. */
  readonly siblings: readonly Finding[]
  /** All objects that land together with this one. */
  readonly world: readonly Resource[]
  /** What is installed with the object beside them. */
  readonly definitionsOf: DefinitionsOf
  /** What the object was before the change; undefined where it was not there, or nothing changed. */
  readonly before: Resource | undefined
  /** The object's file came from elsewhere, and so will its next version. */
  readonly isForeign: boolean
}

/** Changes whose pointers start at the object, or the end of a sentence that says why there are none. */
export type NamedEdit = (context: Context) => readonly Change[] | Refusal
