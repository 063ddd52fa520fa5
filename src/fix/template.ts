// Which edits of a template are good: every action stays where it is and keeps something to decide about, and new lines stand under the same conditions as what they belong to.

import type { Objection } from '../yaml/edit.ts'
import { isControl, keywordOf } from './action.ts'
import { blocksOf } from './condition.ts'
import { actionAt, type Masked, marksIn, numberOf } from './mask.ts'

/** What stands against edits that do not leave every action where it is, or put new lines under other conditions than what they belong to. */
export function objectionIn(template: Masked): Objection {
  return (before, after) => {
    if (marksIn(before) !== marksIn(after)) return 'an action writes what would change'
    const [old, lines] = [before.split('\n'), after.split('\n')]
    let first = 0
    while (first < old.length && old[first] === lines[first]) first += 1
    let last = 0
    while (last < old.length - first && last < lines.length - first && old.at(-1 - last) === lines.at(-1 - last)) last += 1
    const added = lines.slice(first, lines.length - last)
    if (added.some((line) => line.includes('{{'))) return 'a value would be read as an action'
    const gone = old.slice(first, old.length - last)
    const next = lines.slice(lines.length - last).find((line) => isContent(line) || writtenAt(line, template.actions) >= 0) ?? ''
    if (added.length < gone.length && writtenAt(next, template.actions) > indentOf(gone[0] ?? ''))
      return 'what an action writes would belong to something else'
    if (added.length < gone.length && emptiedIn(before, after, template)) return 'a condition would be left with nothing to decide about'
    const isWell = added.length <= gone.length || standsWell(lines, { first, end: lines.length - last }, template)
    return isWell ? undefined : 'no line for it is written under the same conditions'
  }
}

/** Whether what stood under a condition, or else, is all gone. */
function emptiedIn(before: string, after: string, { actions }: Masked): boolean {
  const empty = new Set(emptyBranches(before, actions))
  return emptyBranches(after, actions).some((branch) => !empty.has(branch))
}

/** The branches that write nothing: which action begins their block, and which of its branches they are. */
function emptyBranches(text: string, actions: readonly string[]): readonly string[] {
  const lines = text.split('\n')
  return blocksOf({ text, actions }).flatMap(({ number, start, elses, end }) =>
    [start, ...elses].flatMap((from, at) => {
      const inside = lines.slice(from + 1, elses[at] ?? end)
      return from === end || inside.some((line) => isContent(line) || writtenAt(line, actions) >= 0) ? [] : [`${number} ${at}`]
    }),
  )
}

/** Whether new lines are reached whenever the line that holds them is, and stand in no block that an action writes. */
function standsWell(
  lines: readonly string[],
  { first, end }: { readonly first: number; readonly end: number },
  { actions }: Masked,
): boolean {
  const indent = indentOf(lines[first] ?? '')
  const above = lines.slice(0, first)
  const holder = above.findLastIndex((line) => isContent(line) && indentOf(line) < indent)
  const anchor = holder < 0 ? lines.findIndex((line, at) => isContent(line) && (at < first || at >= end)) : holder
  if (conditionsAt(lines, anchor, actions) !== conditionsAt(lines, first, actions)) return false
  // Conditions around a block that an action writes are a part of it.
  const says = (line: string) => isContent(line) || writtenAt(line, actions) >= 0
  const neighbours = [above.findLast(says), lines.slice(end).find(says)]
  const floor = holder < 0 ? -1 : indentOf(lines[holder] ?? '')
  return !neighbours.some((line = '') => writtenAt(line, actions) > floor) && !/#[\uf8fe\uf8ff]/.test(lines[holder] ?? '')
}

/** The column at which the actions of a line write a block, wherever they stand themselves; -1 where they write nothing, or the line is more than actions. */
function writtenAt(line: string, actions: readonly string[]): number {
  if (!/^\s*#\uf8ff/.test(line)) return -1
  const written = [...marksIn(line)].map((mark) => actionAt(mark, actions)).filter((action) => !isControl(action))
  if (written.length === 0) return -1
  return Math.max(indentOf(line), ...written.map((action) => Number(/\bn?indent\s+(\d+)/.exec(action)?.[1] ?? 0)))
}

/** The open blocks at the start of a line, by the numbers of the actions that opened them. */
function conditionsAt(lines: readonly string[], line: number, actions: readonly string[]): string {
  const open: number[] = []
  for (const mark of marksIn(lines.slice(0, Math.max(0, line)).join('\n'))) {
    const word = keywordOf(actionAt(mark, actions))
    if (word === 'else' || word === 'end') open.pop()
    if (word !== undefined && word !== 'end') open.push(numberOf(mark))
  }
  return open.join()
}

function isContent(line: string): boolean {
  return /^\s*[^\s#]/.test(line)
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0
}
