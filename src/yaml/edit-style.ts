// How a document is written: its indentation, its lists, its quotes; new text is written like it.

import { lineBreakOf } from '../text/splice.ts'
import type { Json } from './change.ts'
import { columnOf, type Node, nodeOf } from './edit-node.ts'
import { resolveScalar } from './scalar.ts'

export type Style = {
  readonly lineBreak: '\n' | '\r\n'
  /** Columns from a key to the keys below it. */
  readonly step: number
  /** Columns from a key to the dashes of its list. */
  readonly dash: number
  /** Lists of single values stand in brackets, their texts in this mark; undefined where they stand below each other. */
  readonly brackets: '"' | "'" | '' | undefined
  /** Keys and texts are quoted, as JSON has them. */
  readonly isJson: boolean
}

/** The style of a document by what most of it does; two columns, and lists indented, where nothing tells. */
export function styleOf(root: Node): Style {
  const steps = new Map<number, number>()
  const dashes = new Map<number, number>()
  const lists = { brackets: [] as ('"' | "'" | '')[], below: 0 }
  const look = (node: Node): void => {
    for (const entry of node.entries) {
      const inner = nodeOf(node, entry)
      const first = inner?.entries[0]
      if (inner?.isList === true && first !== undefined && typeof first.value !== 'object') {
        if (inner.isFlow) lists.brackets.push(quoteOf(node.source[first.start]))
        else lists.below += 1
      }
      if (inner === undefined) continue
      if (!inner.isFlow && !node.isFlow && !node.isList && first !== undefined) {
        const columns = columnOf(node.source, first.keyStart) - columnOf(node.source, entry.keyStart)
        if (columns >= 0) count(inner.isList ? dashes : steps, columns)
      }
      look(inner)
    }
  }
  look(root)
  const [key] = root.entries
  return {
    lineBreak: lineBreakOf(root.source),
    step: most(steps) || 2,
    dash: most(dashes) ?? 2,
    brackets: lists.brackets.length > lists.below ? lists.brackets.at(-1) : undefined,
    isJson: root.isFlow && (key === undefined || root.source[key.keyStart] === '"'),
  }
}

function count(counts: Map<number, number>, number: number): void {
  counts.set(number, (counts.get(number) ?? 0) + 1)
}

function most(counts: ReadonlyMap<number, number>): number | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** A single value on one line. `quote` is the mark that its neighbours stand in. */
export function scalarText(value: null | boolean | number | string, isFlow: boolean, quote: '"' | "'" | '' = ''): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (quote === "'" && /^[\x20-\x7e]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`
  return quote === '"' || !isPlain(value, isFlow) ? JSON.stringify(value) : value
}

/** Whether a text means itself without quotes, whoever reads it: versions of three numbers and commits do, beside what begins with a letter. */
function isPlain(text: string, isFlow: boolean): boolean {
  const isPinned = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$|^(?=[\da-f]*[acdf])[\da-f]{40}$/.test(text)
  if ((!isPinned && !/^[A-Za-z_/][\x21-\x7e]*(?: [\x21-\x7e]+)*$/.test(text)) || /: |:$| #/.test(text)) return false
  if (isFlow && /[,[\]{}]/.test(text)) return false
  return resolveScalar(text) === text
}

/** A key as its neighbours are written. */
export function keyText(key: string, isFlow: boolean, isJson: boolean): string {
  return isJson ? JSON.stringify(key) : scalarText(key, isFlow)
}

/** A value in brackets on one line. */
export function flowText(
  value: Json,
  style: { readonly isJson: boolean; readonly quote?: '"' | "'" | ''; readonly isSpaced?: boolean },
): string {
  if (value === null || typeof value !== 'object') return style.isJson ? JSON.stringify(value) : scalarText(value, true, style.quote)
  const gap = style.isSpaced === true ? ' ' : ''
  if (Array.isArray(value)) return `[${value.map((item: Json) => flowText(item, style)).join(', ')}]`
  const pairs = Object.entries(value).map(([key, item]) => `${keyText(key, true, style.isJson)}: ${flowText(item, style)}`)
  return pairs.length === 0 ? '{}' : `{${gap}${pairs.join(', ')}${gap}}`
}

/** An entry of a mapping in block style at `column`; its first line begins with the key. */
export function entryText(key: string, value: Json, column: number, style: Style): string {
  return `${keyText(key, false, false)}:${behindKey(value, column, style)}`
}

/** What stands behind the colon of a key at `column`. */
export function behindKey(value: Json, column: number, style: Style): string {
  if (value === null) return ' null'
  if (isText(value)) return ` ${literalText(value, column + style.step, style)}`
  if (isEmpty(value) || typeof value !== 'object') return ` ${flowText(value, { isJson: false })}`
  if (Array.isArray(value) && style.brackets !== undefined && value.every((item: Json) => item === null || typeof item !== 'object'))
    return ` ${flowText(value, { isJson: false, quote: style.brackets })}`
  const below = style.lineBreak + ' '.repeat(column + (Array.isArray(value) ? style.dash : style.step))
  if (Array.isArray(value)) return value.map((item: Json) => `${below}${itemText(item, column + style.dash, style)}`).join('')
  return Object.entries(value)
    .map(([key, item]) => `${below}${entryText(key, item, column + style.step, style)}`)
    .join('')
}

/** Whether a value is a text of several lines that can stand as it is behind `|`. */
export function isText(value: unknown): value is string {
  if (typeof value !== 'string' || !value.includes('\n') || /^\s|\n\n$/.test(value)) return false
  return /^[\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]*$/.test(value)
}

/** A text of several lines behind `|`, its lines at `column`. */
export function literalText(text: string, column: number, { lineBreak }: Style): string {
  const lines = text.replace(/\n$/, '').split('\n')
  return `|${text.endsWith('\n') ? '' : '-'}${lines.map((line) => lineBreak + (line === '' ? '' : ' '.repeat(column) + line)).join('')}`
}

/** An item of a list in block style whose dash stands at `column`. */
export function itemText(value: Json, column: number, style: Style): string {
  if (value === null || typeof value !== 'object' || isEmpty(value) || Array.isArray(value))
    return `- ${value === null ? 'null' : flowText(value, { isJson: false })}`
  const below = style.lineBreak + ' '.repeat(column + 2)
  return `- ${Object.entries(value)
    .map(([key, item]) => entryText(key, item, column + 2, style))
    .join(below)}`
}

/** The quotation mark that stands at a value. */
export function quoteOf(char: string | undefined): '"' | "'" | '' {
  return char === '"' || char === "'" ? char : ''
}

/** Whether a list or mapping holds nothing. */
export function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
