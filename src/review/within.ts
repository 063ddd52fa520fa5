// Text within a limit: what is worth least is left out first, and counted.

/** A part of a page: `wrap` puts its items together, `left` of them counted at the end. */
export type Section = {
  /** Higher is kept longer. */
  readonly worth: number
  readonly items: readonly string[]
  readonly wrap: (items: readonly string[], left: number) => string
}

/**
 * The sections in their order, joined by empty lines, in at most `limit` characters. Whole items are left out, never parts of one, so that no table or fence is cut open. A section of
 * which nothing fits is told by its count alone; the first ones are counted on to fit without any item.
 */
export function within(sections: readonly Section[], limit: number): string {
  const kept = sections.map(() => 0)
  const render = () =>
    sections
      .map(({ items, wrap }, at) => (items.length === 0 ? '' : wrap(items.slice(0, kept[at]), items.length - (kept[at] ?? 0))))
      .filter((text) => text !== '')
      .join('\n\n')
  let used = render().length
  const byWorth = sections.map((section, at) => ({ section, at })).sort((a, b) => b.section.worth - a.section.worth)
  for (const { section, at } of byWorth) {
    for (const item of section.items) {
      if (used + item.length + 2 > limit) break
      used += item.length + 2
      kept[at] = (kept[at] ?? 0) + 1
    }
  }
  return render()
}
