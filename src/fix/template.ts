// Which edits of a template are good: every action stays where it is, and new lines stand under the same conditions as what they belong to.

import type { Accept } from '../yaml/edit.ts'
import { isControl, keywordOf } from './action.ts'
import { actionAt, type Masked, marksIn, numberOf } from './mask.ts'

/** Edits that leave every action where it is, and put new lines under the same conditions as what they belong to. */
export function acceptedIn(template: Masked): Accept {
  return (before, after) => {
    if (marksIn(before) !== marksIn(after)) return false
    const [old, lines] = [before.split('\n'), after.split('\n')]
    let first = 0
    while (first < old.length && old[first] === lines[first]) first += 1
    let last = 0
    while (last < old.length - first && last < lines.length - first && old.at(-1 - last) === lines.at(-1 - last)) last += 1
    const added = lines.slice(first, lines.length - last)
    if (added.some((line) => line.includes('{{'))) return false
    const gone = old.slice(first, old.length - last)
    const next = lines.slice(lines.length - last).find((line) => isContent(line) || writtenAt(line, template.actions) >= 0) ?? ''
    if (added.length < gone.length && writtenAt(next, template.actions) > indentOf(gone[0] ?? '')) return false
    return added.length <= gone.length || standsWell(lines, { first, end: lines.length - last }, template)
  }
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
