// Places in a text: line and column for people, offsets for machines, and the way between them.

/** Line and column, both counted from 1; the column counts UTF-16 code units. */
export type Position = { readonly line: number; readonly column: number }

/** From `start` to `end`, the end excluded. */
export type Range = { readonly start: Position; readonly end: Position }

/** Offsets into a text in UTF-16 code units, the end excluded. */
export type Span = { readonly start: number; readonly end: number }

/** The offset at which each line of `text` begins; a line ends with `\n` (a `\r` before it belongs to the line). */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The position of `offset` in a text whose lines begin at `starts`; offsets beyond the last line stay on it. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** A span as a range of positions. */
export function rangeOf(starts: readonly number[], span: Span): Range {
  return { start: positionAt(starts, span.start), end: positionAt(starts, span.end) }
}
