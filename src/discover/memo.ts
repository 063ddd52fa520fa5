// What one run remembers: files that were read once, by their content, for base, head and every edited tree.

import type { Content } from './content.ts'

export type Memo = {
  readonly contents: Map<string, Content>
  /** Scripts that fetch nothing, which are most. */
  readonly withoutFetches: Set<string>
}

/** A memo that knows nothing yet; one per run. */
export function newMemo(): Memo {
  return { contents: new Map(), withoutFetches: new Set() }
}
