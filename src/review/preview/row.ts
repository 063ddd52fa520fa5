// The hunks of a file as rows, in the order in which a diff shows them.

import type { FileDiff, Hunk } from '../../change/diff.ts'

/** `base` and `head`: line numbers; a row of context has both. */
export type Row =
  | { readonly kind: 'hunk'; readonly text: string }
  | { readonly kind: 'context' | 'added' | 'removed'; readonly base?: number; readonly head?: number; readonly text: string }

/** `lines`: the texts of both sides from line 1 on. */
export function rowsOf({ hunks }: FileDiff, lines: { readonly base: readonly string[]; readonly head: readonly string[] }): readonly Row[] {
  return hunks.flatMap((hunk) => [{ kind: 'hunk', text: headerOf(hunk) }, ...rowsIn(hunk, lines)] satisfies readonly Row[])
}

function headerOf({ base, head }: Hunk): string {
  return `@@ -${base.start},${base.lines} +${head.start},${head.lines} @@`
}

function rowsIn(hunk: Hunk, lines: Parameters<typeof rowsOf>[1]): readonly Row[] {
  const [added, removed] = [new Set(hunk.added), new Set(hunk.removed)]
  const ends = { base: hunk.base.start + hunk.base.lines, head: hunk.head.start + hunk.head.lines }
  const rows: Row[] = []
  let { base, head } = { base: hunk.base.start, head: hunk.head.start }
  while (base < ends.base || head < ends.head) {
    if (base < ends.base && removed.has(base)) {
      rows.push({ kind: 'removed', base, text: lines.base[base - 1] ?? '' })
      base += 1
    } else if (head < ends.head && added.has(head)) {
      rows.push({ kind: 'added', head, text: lines.head[head - 1] ?? '' })
      head += 1
    } else {
      rows.push({ kind: 'context', base, head, text: lines.head[head - 1] ?? lines.base[base - 1] ?? '' })
      base += 1
      head += 1
    }
  }
  return rows
}
