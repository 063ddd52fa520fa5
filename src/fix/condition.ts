// The blocks of a template between a condition and its end.

import { above } from '../text/pointer.ts'
import { lineStarts, positionAt } from '../text/position.ts'
import { placeOf } from '../yaml/place.ts'
import { keywordOf } from './action.ts'
import { actionAt, type Masked, marksIn, numberOf } from './mask.ts'
import type { Template } from './readable.ts'

/** A key in a document of a template, by its pointer. */
export type TemplateKey = { readonly document: number; readonly pointer: string }

/** A block by its actions; lines of the masked text, from 0. */
export type Block = {
  readonly action: string
  /** Which action of the template begins it. */
  readonly number: number
  readonly start: number
  /** The lines of its `else`s. */
  readonly elses: readonly number[]
  readonly end: number
  /** The actions inside. */
  readonly inside: readonly string[]
}

/** The condition that stands around a key, and not around what holds the key; undefined where that are several, or a loop. */
export function conditionOf({ document, pointer }: TemplateKey, template: Template): Block | undefined {
  const yaml = template.documents[document]
  if (yaml === undefined) return undefined
  const starts = lineStarts(template.text)
  const lineOf = (offset: number) => positionAt(starts, offset).line - 1
  const blocks = blocksOf(template)
  const around = (line: number) => blocks.filter(({ start, end }) => start < line && line < end)
  const inner = around(lineOf(placeOf(yaml, pointer).span.start))
  const outer = around(lineOf(placeOf(yaml, above(pointer)).value.start))
  const [only, ...others] = inner.filter((block) => !outer.includes(block))
  return only !== undefined && others.length === 0 && /^(?:if|with)$/.test(keywordOf(only.action) ?? '') ? only : undefined
}

/** The values that an action asks for; texts in it are nobody's business. */
export function valuesIn(action: string): readonly string[] {
  return [...action.replace(/"[^"]*"|`[^`]*`/g, '').matchAll(/[\w$]*(?:\.\w+)+/g)].map(([path]) => path.replace(/^\$/, ''))
}

/** The keys of the values that a block copies whole, and asks for: `with .Values.limits` … `toYaml .`; undefined where it does something else. */
export function copiedBy({ action, inside }: Block): readonly string[] | undefined {
  const [, word, keys] = /^\{\{-?\s*(if|with)\s+\$?\.Values((?:\.\w+)+)\s*-?\}\}$/.exec(action) ?? []
  if (keys === undefined) return undefined
  const isCopy = (other: string) =>
    other.includes('toYaml') && (valuesIn(other).includes(`.Values${keys}`) || (word === 'with' && /\s\.[\s)|}-]/.test(other)))
  return inside.some(isCopy) ? keys.split('.').slice(1) : undefined
}

/** All blocks of a text with their conditions and loops, those inside before those around them. */
export function blocksOf({ text, actions }: Pick<Masked, 'text' | 'actions'>): readonly Block[] {
  const blocks: Block[] = []
  const open: { readonly number: number; readonly start: number; readonly elses: number[] }[] = []
  for (const [line, content] of text.split('\n').entries()) {
    for (const mark of marksIn(content)) {
      const number = numberOf(mark)
      const word = keywordOf(actionAt(mark, actions))
      if (word === 'else') open.at(-1)?.elses.push(line)
      else if (word === 'end') {
        const { number: first, start, elses } = open.pop() ?? { number, start: line, elses: [] }
        blocks.push({ action: actions[first] ?? '', number: first, start, elses, end: line, inside: actions.slice(first + 1, number) })
      } else if (word !== undefined) open.push({ number, start: line, elses: [] })
    }
  }
  return blocks
}
