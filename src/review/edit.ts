// What becomes of a comment of ours: it goes on, comes back, or is settled.

import type { Report } from '../report/report.ts'
import { bodyOf, closedBody, type Pages } from './body.ts'
import type { Thread } from './conversation.ts'
import type { Group } from './group.ts'
import { saysSame } from './suggestion.ts'

/** A change of a comment of ours; `fold` says how it is to be afterwards, where that is another way than it is. */
export type Edit = {
  readonly node: string
  readonly comment: number
  readonly body: string
  readonly rewrite: boolean
  readonly fold?: boolean
}

export type Editor = {
  readonly pages: Pages
  readonly report: Report
  readonly head: string
  readonly canFold: boolean
  /** What a comment says of its fix. */
  readonly offerOf: (group: Group) => readonly string[]
}

/** `group`: what the thread goes on speaking of; undefined where nothing of it is left. A thread that a person settled is left alone while its fault stands. */
export function editOf(thread: Thread, group: Group | undefined, editor: Editor): readonly Edit[] {
  const { marker, isMinimized } = thread
  const isClosed = marker.state === 'closed'
  if (group === undefined) {
    const fold = !isMinimized && editor.canFold
    if (isClosed && !fold) return []
    const body = isClosed ? thread.body : closedBody(thread, reasonOf(thread, editor), editor.pages)
    return [edit(thread, body, fold ? true : undefined)]
  }
  if (thread.isResolved && !isClosed) return []
  const body = bodyOf(group, editor.pages, editor.offerOf(group))
  const unfold = isClosed && isMinimized && editor.canFold
  return saysSame(body, thread.body) && !unfold ? [] : [edit(thread, body, unfold ? false : undefined)]
}

function edit({ node, comment, body: said }: Thread, body: string, fold: boolean | undefined): Edit {
  return { node, comment, body, rewrite: body !== said, ...(fold === undefined ? {} : { fold }) }
}

function reasonOf({ marker }: Thread, { report: { findings }, head }: Editor): string {
  const own = findings.filter(({ fingerprint }) => marker.prints.some((print) => print.startsWith(fingerprint)))
  const accepted = own.find(({ suppression }) => suppression !== null)
  if (accepted?.suppression != null) return `Accepted (${accepted.suppression.reason})`
  // GitHub makes a link of the commit.
  return own.some(({ state }) => state === 'unchanged') ? 'No longer part of this change' : `Fixed as of ${head.slice(0, 12)}`
}
