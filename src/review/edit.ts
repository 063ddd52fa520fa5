// What becomes of a comment of ours: it goes on, comes back, or is settled.

import type { Thread } from './conversation.ts'
import { saysSame } from './suggestion.ts'

/** A change of a comment of ours; `fold` says how it is to be afterwards, where that is another way than it is. */
export type Edit = {
  readonly node: string
  readonly comment: number
  readonly body: string
  readonly rewrite: boolean
  readonly fold?: boolean
}

/** What a comment is to say: `closed` once nothing is left of what it speaks of. */
export type Words = { readonly state: 'open' | 'closed'; readonly body: string }

/** The change that `words` ask for, where there is any. A thread that a person settled is left alone while its fault stands. */
export function editOf(thread: Thread, words: Words, canFold: boolean): readonly Edit[] {
  const { marker, isMinimized } = thread
  const isClosed = marker.state === 'closed'
  if (words.state === 'closed') {
    const fold = !isMinimized && canFold
    return isClosed && !fold ? [] : [edit(thread, isClosed ? thread.body : words.body, fold ? true : undefined)]
  }
  if (thread.isResolved && !isClosed) return []
  const unfold = isClosed && isMinimized && canFold
  return saysSame(words.body, thread.body) && !unfold ? [] : [edit(thread, words.body, unfold ? false : undefined)]
}

function edit({ node, comment, body: said }: Thread, body: string, fold: boolean | undefined): Edit {
  return { node, comment, body, rewrite: body !== said, ...(fold === undefined ? {} : { fold }) }
}
