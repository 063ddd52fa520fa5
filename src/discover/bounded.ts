// How much of what a change names is followed: every step that multiplies (roots by files, overlays by bases) stops here, and what is left is named.

import type { Found } from './scene.ts'
import type { Unresolved } from './target.ts'

/** Files that all roots of one kind may read together, each counted as often as it is read: beyond this a repository is no repository that people review. */
export const mostReads = 1_000_000

export type Bounded<Item> = {
  readonly found: readonly Found[]
  /** The items that were not looked at. */
  readonly left: readonly Item[]
}

/** What each item names, as long as all of it together reads no more files than `most`. */
export function boundedBy<Item>(items: readonly Item[], make: (item: Item) => Found, most = mostReads): Bounded<Item> {
  const found: Found[] = []
  let reads = 0
  for (const [index, item] of items.entries()) {
    if (reads > most) return { found, left: items.slice(index) }
    const made = make(item)
    reads += made.manifests.length + made.targets.reduce((sum, { inputs }) => sum + inputs.length, 0)
    found.push(made)
  }
  return { found, left: [] }
}

/** The word about roots that were not looked at. */
export function leftOut(root: Unresolved['root'], what: string): Unresolved {
  return {
    root,
    code: 'limit',
    message: `${what} left out: what all of them read together is more than can be looked at`,
    hint: 'Look at a part of the repository: set paths.include in the configuration.',
  }
}
