// A Go template read as YAML: what stands in braces is put away, the YAML around it edited, and all of it put back.

import { lineStarts } from '../text/position.ts'
import { endOfLine, startOfLine } from '../text/splice.ts'
import { definitionsIn, isControl } from './action.ts'

/** Each action is one character of Unicode's private use area; those alone on their lines stand in comments. What the template defines for others are documents of their own. */
export type Masked = {
  readonly text: string
  readonly actions: readonly string[]
  /** The line of `text` that a line of the template became, from 1. */
  readonly lineOf: (line: number) => number
}

const firstMark = 0xe000
const mostActions = 0xf800 - firstMark
/** Written before an action to make a comment of it, with or without a space of its own, or the line between two documents. */
const comments = { plain: '#\uf8ff', spaced: ' #\uf8fe', separator: '--- #\uf8fd' }
/** Ends what is written before a line of actions inside a text of several lines, so that the text goes on. */
const padEnd = '\uf8fc'
const actionPattern = /\{\{[\s\S]*?\}\}/g

/** The template as YAML; the text as it is where it holds too many actions, or such characters. */
export function masked(template: string): Masked {
  const found = [...template.matchAll(actionPattern)]
  if (found.length > mostActions || /[\ue000-\uf8ff]/.test(template)) return { text: template, actions: [], lineOf: (line) => line }
  const actions = found.map(([action]) => action)
  const definitions = definitionsIn(actions)
  const starts = lineStarts(template)
  const swallowed: number[] = []
  let text = ''
  let at = 0
  for (const [number, { index, 0: action }] of found.entries()) {
    const end = index + action.length
    text +=
      template.slice(at, index) +
      commentMark(template, { start: index, end, isBorder: definitions.has(number) }) +
      String.fromCharCode(firstMark + number)
    at = end
    for (const start of starts) if (start > index && start <= end) swallowed.push(start)
  }
  text += template.slice(at)
  const lineOf = (line: number) => line - swallowed.filter((start) => start <= (starts[line - 1] ?? 0)).length
  return { text: withWholeTexts(text), actions, lineOf }
}

/** What makes a comment of an action that writes no value beside its key: the lines that it decides about, or writes, are others. */
function commentMark(
  template: string,
  { start, end, isBorder }: { readonly start: number; readonly end: number; readonly isBorder: boolean },
): string {
  const before = template.slice(startOfLine(template, start), start)
  const after = template.slice(end, endOfLine(template, end)).replace(actionPattern, '')
  if (after.trim() !== '') return ''
  if (before === '' && isBorder) return comments.separator
  if (before.trim() === '') return comments.plain
  const writesBlock = /:[ \t]*$/.test(before) && /\bn?indent\b/.test(template.slice(start, end))
  if (!writesBlock) return ''
  return /\s$/.test(before) ? comments.plain : comments.spaced
}

const textHeader = /(?:^|[\s:-])[|>][-+\d]*\s*$/

/** Lines of actions that stand further left than the text of several lines around them would end it, so something is written before them. */
function withWholeTexts(text: string): string {
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    if (!textHeader.test(lines[at] ?? '')) continue
    const { last, column } = textBelow(lines, at)
    for (let line = at + 1; line < last; line += 1)
      if (isOfActions(lines[line]) && indentOf(lines[line] ?? '') < column) lines[line] = `${' '.repeat(column)}${padEnd}${lines[line]}`
    at = Math.max(at, last)
  }
  return lines.join('\n')
}

/** The last line of the text below its header, and the column that it stands at. */
function textBelow(lines: readonly string[], header: number): { readonly last: number; readonly column: number } {
  let last = header
  let column = 0
  for (let at = header + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || isOfActions(line)) continue
    if (last === header) column = indentOf(line)
    if (column <= indentOf(lines[header] ?? '') || indentOf(line) < column) break
    last = at
  }
  return { last, column }
}

function isOfActions(line = ''): boolean {
  return /^\s*#\uf8ff/.test(line)
}

function indentOf(line = ''): number {
  return /^ */.exec(line)?.[0].length ?? 0
}

/** The mask with one more of its lines, from 0, put away as an action is; undefined where it begins or ends a condition, or there is no room. */
export function withoutLine(mask: Masked, at: number): Masked | undefined {
  const lines = mask.text.split('\n')
  const line = lines[at]?.trimStart() ?? ''
  const isDecisive = [...marksIn(line)].some((mark) => isControl(actionAt(mark, mask.actions)))
  if (line === '' || line.startsWith('#') || isDecisive || mask.actions.length >= mostActions) return undefined
  const indent = ' '.repeat(indentOf(lines[at]))
  lines[at] = `${indent}${comments.plain}${String.fromCharCode(firstMark + mask.actions.length)}`
  return { ...mask, text: lines.join('\n'), actions: [...mask.actions, unmasked(line, mask)] }
}

/** The template that an edited text stands for. */
export function unmasked(text: string, { actions }: Masked): string {
  if (actions.length === 0) return text
  return text
    .replaceAll(comments.plain, '')
    .replaceAll(comments.spaced, '')
    .replaceAll(comments.separator, '')
    .replace(new RegExp(` *${padEnd}`, 'g'), '')
    .replace(/[\ue000-\uf800]/g, (mark) => actions[mark.charCodeAt(0) - firstMark] ?? mark)
}

/** The actions of a masked text, and nothing else of it. */
export function marksIn(text: string): string {
  return text.replace(/[^\ue000-\uf800]/g, '')
}

/** The action that a mark stands for. */
export function actionAt(mark: string, actions: readonly string[]): string {
  return actions[numberOf(mark)] ?? ''
}

/** Which action of its template a mark stands for. */
export function numberOf(mark: string): number {
  return mark.charCodeAt(0) - firstMark
}
