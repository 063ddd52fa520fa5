// The lines in which two texts differ, in hunks as git shows them.

import { structuredPatch } from 'diff'
import type { Hunk } from './diff.ts'

/** Git shows three lines around a change, and so does GitHub. */
const context = 3

/** Hunks from `base` to `head`; none where the texts are equal. */
export function diffLines(base: string, head: string): readonly Hunk[] {
  if (base === head) return []
  const { hunks } = structuredPatch('', '', base, head, undefined, undefined, { context })
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const added: number[] = []
    const removed: number[] = []
    let baseLine = oldStart
    let headLine = newStart
    for (const line of lines) {
      if (line.startsWith('+')) added.push(headLine++)
      else if (line.startsWith('-')) removed.push(baseLine++)
      else if (!line.startsWith('\\')) {
        baseLine += 1
        headLine += 1
      }
    }
    return { base: { start: oldStart, lines: oldLines }, head: { start: newStart, lines: newLines }, added, removed }
  })
}
