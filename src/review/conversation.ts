// What is already said in a pull request by us, as plain data.

import type { Marker } from './marker.ts'

/** A thread that one of our comments began. */
export type Thread = {
  /** GraphQL id of the thread's first comment, and its number in the REST API. */
  readonly node: string
  readonly comment: number
  readonly body: string
  readonly marker: Marker
  /** Folded away, by us or by a person. */
  readonly isMinimized: boolean
  /** A person said it is settled. */
  readonly isResolved: boolean
  /** Whether somebody answered; such a thread is never deleted. */
  readonly hasReplies: boolean
}

/** Our summary comment. */
export type Summary = { readonly comment: number; readonly body: string; readonly head: string }

export type Conversation = {
  /** Of this key, oldest first. */
  readonly threads: readonly Thread[]
  /** Of this key, oldest first; more than one only where two runs met. */
  readonly summaries: readonly Summary[]
  /** Reviews of this key that request changes and still stand. */
  readonly requests: readonly number[]
}

export const silence: Conversation = { threads: [], summaries: [], requests: [] }
