// Whether a text equals that of the native tool but for lines that differ between two native runs.

import { diffArrays } from 'diff'

export type Verdict = { readonly kind: 'equal' | 'as native runs differ' } | { readonly kind: 'differs'; readonly lines: readonly string[] }

/** `again` gives further native outputs; they are asked for only where the first one differs. */
export function compare(ours: string, native: string, again: () => readonly string[]): Verdict {
  if (ours === native) return { kind: 'equal' }
  const [lines, found] = [native.split('\n'), ours.split('\n')]
  const volatile = new Set(again().flatMap((text) => changes(lines, text.split('\n')).flatMap(({ at }) => at)))
  const left = changes(lines, found).filter(({ at }) => !at.every((line) => volatile.has(line)))
  if (left.length === 0) return { kind: 'as native runs differ' }
  return {
    kind: 'differs',
    lines: left.slice(0, 5).map(({ removed, added }) => `- ${removed.join('⏎').slice(0, 160)}\n      + ${added.join('⏎').slice(0, 160)}`),
  }
}

type Change = { readonly at: readonly number[]; readonly removed: readonly string[]; readonly added: readonly string[] }

/** Which lines of `from` are other ones in `to`; what is only added counts for the line that it follows. */
function changes(from: readonly string[], to: readonly string[]): readonly Change[] {
  const all: Change[] = []
  let line = 0
  let open: { at: number[]; removed: string[]; added: string[] } | undefined
  for (const { added, removed, value } of diffArrays([...from], [...to])) {
    if (!added && !removed) {
      open = undefined
      line += value.length
      continue
    }
    if (open === undefined) {
      open = { at: [], removed: [], added: [] }
      all.push(open)
    }
    if (removed) {
      open.at.push(...value.map((_, offset) => line + offset))
      open.removed.push(...value)
      line += value.length
    } else {
      if (open.at.length === 0) open.at.push(Math.max(0, line - 1))
      open.added.push(...value)
    }
  }
  return all
}
