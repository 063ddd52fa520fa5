// One Kubernetes object with its identity and the place of every value in it.

import type { Document } from './document.ts'

/** What names an object in a cluster; the version of its API is no part of it. */
export type ResourceId = {
  /** Empty for the core group. */
  readonly group: string
  readonly kind: string
  /** Empty where none is written. */
  readonly namespace: string
  /** `metadata.name`, or `metadata.generateName` with a `*` behind it. */
  readonly name: string
}

export type Resource = {
  readonly id: ResourceId
  /** As written: `apps/v1`. */
  readonly apiVersion: string
  readonly value: Readonly<Record<string, unknown>>
  readonly document: Document
  /** JSON Pointer of the object inside its document: empty, or `/items/3` for an item of a list. */
  readonly base: string
}

/** The identity as one string: a key for maps, and what a person reads (`apps/Deployment shop/api`). */
export function nameOf(id: ResourceId): string {
  const kind = id.group === '' ? id.kind : `${id.group}/${id.kind}`
  return id.namespace === '' ? `${kind} ${id.name}` : `${kind} ${id.namespace}/${id.name}`
}
