// What one run remembers: files that were read once, by their content, for base, head and every edited tree.

import type { Content } from './content.ts'

export type Memo = { readonly contents: Map<string, Content> }

/** A memo that knows nothing yet; one per run. */
export function newMemo(): Memo {
  return { contents: new Map() }
}
