// The blocks of a template between a condition and its end.

import { keywordOf } from './action.ts'
import { actionAt, type Masked, marksIn, numberOf } from './mask.ts'

/** A block by its actions; lines of the masked text, from 0. */
export type Block = {
  readonly action: string
  readonly start: number
  /** The lines of its `else`s. */
  readonly elses: readonly number[]
  readonly end: number
  /** The actions inside. */
  readonly inside: readonly string[]
}

/** The blocks that a line stands in, the outermost first. */
export function blocksAround(line: number, mask: Masked): readonly Block[] {
  return blocksOf(mask)
    .filter(({ start, end }) => start < line && line < end)
    .sort((a, b) => a.start - b.start)
}

function blocksOf({ text, actions }: Masked): readonly Block[] {
  const blocks: Block[] = []
  const open: { readonly number: number; readonly start: number; readonly elses: number[] }[] = []
  for (const [line, content] of text.split('\n').entries()) {
    for (const mark of marksIn(content)) {
      const number = numberOf(mark)
      const word = keywordOf(actionAt(mark, actions))
      if (word === 'else') open.at(-1)?.elses.push(line)
      else if (word === 'end') {
        const { number: first, start, elses } = open.pop() ?? { number, start: line, elses: [] }
        blocks.push({ action: actions[first] ?? '', start, elses, end: line, inside: actions.slice(first + 1, number) })
      } else if (word !== undefined) open.push({ number, start: line, elses: [] })
    }
  }
  return blocks
}
