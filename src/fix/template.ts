// A Go template read as YAML: what stands in braces is put away, the YAML around it edited, and all of it put back.

import { lineStarts } from '../text/position.ts'
import { endOfLine, startOfLine } from '../text/splice.ts'
import type { Accept } from '../yaml/edit.ts'

/** Each action is one character of Unicode's private use area; those alone on their lines stand in comments. */
export type Masked = {
  readonly text: string
  readonly actions: readonly string[]
  /** The line of `text` that a line of the template became, from 1. */
  readonly lineOf: (line: number) => number
}

const firstMark = 0xe000
const mostActions = 0xf800 - firstMark
/** Written before an action to make a comment of it, with or without a space of its own. */
const comments = { plain: '#\uf8ff', spaced: ' #\uf8fe' }
const actionPattern = /\{\{[\s\S]*?\}\}/g

/** The template as YAML; the text as it is where it holds too many actions, or such characters. */
export function masked(template: string): Masked {
  const found = [...template.matchAll(actionPattern)]
  if (found.length > mostActions || /[\ue000-\uf8ff]/.test(template)) return { text: template, actions: [], lineOf: (line) => line }
  const starts = lineStarts(template)
  const swallowed: number[] = []
  let text = ''
  let at = 0
  for (const [number, { index, 0: action }] of found.entries()) {
    const end = index + action.length
    text += template.slice(at, index) + commentMark(template, index, end) + String.fromCharCode(firstMark + number)
    at = end
    for (const start of starts) if (start > index && start <= end) swallowed.push(start)
  }
  text += template.slice(at)
  const lineOf = (line: number) => line - swallowed.filter((start) => start <= (starts[line - 1] ?? 0)).length
  return { text, actions: found.map(([action]) => action), lineOf }
}

/** What makes a comment of an action that writes no value beside its key: the lines that it decides about, or writes, are others. */
function commentMark(template: string, start: number, end: number): string {
  const before = template.slice(startOfLine(template, start), start)
  const after = template.slice(end, endOfLine(template, end)).replace(actionPattern, '')
  if (after.trim() !== '') return ''
  if (before.trim() === '') return comments.plain
  const writesBlock = /:[ \t]*$/.test(before) && /\bn?indent\b/.test(template.slice(start, end))
  if (!writesBlock) return ''
  return /\s$/.test(before) ? comments.plain : comments.spaced
}

/** The template that an edited text stands for. */
export function unmasked(text: string, { actions }: Masked): string {
  if (actions.length === 0) return text
  return text
    .replaceAll(comments.plain, '')
    .replaceAll(comments.spaced, '')
    .replace(/[\ue000-\uf800]/g, (mark) => actions[mark.charCodeAt(0) - firstMark] ?? mark)
}

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

function marksIn(text: string): string {
  return text.replace(/[^\ue000-\uf800]/g, '')
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
  const written = [...marksIn(line)].map((mark) => actions[mark.charCodeAt(0) - firstMark] ?? '').filter((action) => !isControl(action))
  if (written.length === 0) return -1
  return Math.max(indentOf(line), ...written.map((action) => Number(/\bn?indent\s+(\d+)/.exec(action)?.[1] ?? 0)))
}

/** The open blocks at the start of a line, by the numbers of the actions that opened them. */
function conditionsAt(lines: readonly string[], line: number, actions: readonly string[]): string {
  const open: number[] = []
  for (const mark of marksIn(lines.slice(0, Math.max(0, line)).join('\n'))) {
    const number = mark.charCodeAt(0) - firstMark
    const [, word] = keyword.exec(actions[number] ?? '') ?? []
    if (word === 'else' || word === 'end') open.pop()
    if (word !== undefined && word !== 'end') open.push(number)
  }
  return open.join()
}

const keyword = /^\{\{-?\s*(if|else|end|range|with|define|block)\b/

function isControl(action: string): boolean {
  return keyword.test(action) || /^\{\{-?\s*(?:\/\*|\$\w*\s*:?=|template\b|break\b|continue\b)/.test(action)
}

function isContent(line: string): boolean {
  return /^\s*[^\s#]/.test(line)
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0
}
