// Values in brackets, written as what stands beside them: one line for each entry where the others have theirs.

import { startOfLine } from '../text/splice.ts'
import type { Json } from './change.ts'
import { columnOf, type Entry, type Node } from './edit-node.ts'
import { flowText, type Style } from './edit-style.ts'

/** The value of an entry of `node`, which is in brackets; JSON whose entries stand on lines of their own goes on so. */
export function valueInFlow(
  value: Json,
  node: Node,
  { keyStart }: Entry,
  { isJson, quote, lineBreak }: Pick<Style, 'isJson' | 'lineBreak'> & { readonly quote: '"' | "'" | '' },
): string {
  const { source, start, entries } = node
  const first = entries[0]?.keyStart ?? start
  const between = source.slice(start + 1, first)
  if (!between.includes('\n')) return flowText(value, { isJson, quote, isSpaced: between.startsWith(' ') })
  if (!isJson) return flowText(value, { isJson, quote })
  const step = Math.max(1, columnOf(source, first) - indentOf(source, start))
  return JSON.stringify(value, undefined, step).replaceAll('\n', lineBreak + ' '.repeat(columnOf(source, keyStart)))
}

function indentOf(source: string, offset: number): number {
  const line = startOfLine(source, offset)
  return /^[ \t]*/.exec(source.slice(line, offset))?.[0].length ?? 0
}
