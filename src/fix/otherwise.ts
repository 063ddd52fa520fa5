// A key that a template writes only where a condition holds: what it is elsewhere goes into an `else` of that condition.

import { isDeepStrictEqual } from 'node:util'
import { lineEdits } from '../change/lines.ts'
import { above, segmentsOf, valueAt } from '../text/pointer.ts'
import { lineStarts, positionAt } from '../text/position.ts'
import { lineBreakOf } from '../text/splice.ts'
import { type Change, changed, isRefusal, plain, type Refusal, refuse } from '../yaml/change.ts'
import type { YamlDocument } from '../yaml/document.ts'
import { parseYaml } from '../yaml/parse.ts'
import { placeOf } from '../yaml/place.ts'
import { positionsOf } from '../yaml/positions.ts'
import { keywordOf } from './action.ts'
import { type Block, blocksAround } from './condition.ts'
import { editText } from './edit-text.ts'
import { type Masked, marksIn, unmasked } from './mask.ts'
import { readable } from './readable.ts'

/** A key in a document of a template, by its pointer. */
export type TemplateKey = { readonly document: number; readonly pointer: string }

/** The template with an `else` in which the key has what changes, counted from its value, make of nothing; the same text where it is there already. */
export function withElse(template: string, key: TemplateKey, changes: readonly Change[]): string | Refusal {
  const mask = readable(template)
  const yaml = parseYaml(mask.text)[key.document]
  if (yaml === undefined) return refuse('the document is not there')
  const around = blocksAround(lineOf(mask.text, placeOf(yaml, key.pointer).span.start), mask)
  const outside = blocksAround(lineOf(mask.text, placeOf(yaml, above(key.pointer)).value.start), mask)
  const block = around.at(-1)
  if (block === undefined || around.length !== outside.length + 1 || !/^(?:if|with)$/.test(keywordOf(block.action) ?? ''))
    return refuse('the template writes it only where several conditions hold')
  const asked = pathsIn(block.action)
  const said = `the template writes it only where ${asked.join(' and ') || 'a condition'} says so`
  if (block.elses.length > 0) return isThere(yaml, key, changes) ? template : refuse(`${said}, and something else where not`)
  if (timesWritten(yaml, key.pointer) > 1) return refuse(`${said}, and again in another place`)
  if (ofCluster.test(block.action)) return refuse(`${said}, which is about the cluster`)
  if (isSwitch(asked, block, key.pointer)) return refuse(`${said}, which is the switch for it`)
  const added = addedLines(mask, block, { key, changes })
  return isRefusal(added) ? added : unmasked(withLines(mask.text, block, added), mask)
}

/** What a condition asks of the cluster or of its nodes: some of them refuse what others want. */
const ofCluster = /Capabilities|openshift|platform|windows|linux|\bos\b/i

function lineOf(text: string, offset: number): number {
  return positionAt(lineStarts(text), offset).line - 1
}

function isThere({ value }: YamlDocument, { pointer }: TemplateKey, changes: readonly Change[]): boolean {
  let wanted: unknown
  for (const change of changes) {
    const next = changed(wanted, change)
    if (isRefusal(next)) return false
    wanted = next.value
  }
  return isDeepStrictEqual(plain(valueAt(value, pointer)), plain(wanted))
}

/** A second block with the key would write it twice where both conditions hold, or neither does. */
function timesWritten({ value }: YamlDocument, pointer: string): number {
  const name = segmentsOf(pointer).at(-1)
  return positionsOf(valueAt(value, above(pointer)))?.keys.filter((key) => key === name).length ?? 0
}

/** The values that an action asks for; texts in it are nobody's business. */
function pathsIn(action: string): readonly string[] {
  return [...action.replace(/"[^"]*"|`[^`]*`/g, '').matchAll(/[\w$]*(?:\.\w+)+/g)].map(([path]) => path)
}

/** Whether a condition is there to leave the key out (`securityContext.enabled`): one that asks for the very values that the block copies is not. */
function isSwitch(asked: readonly string[], { action, inside }: Block, pointer: string): boolean {
  const name = segmentsOf(pointer).at(-1)?.toLowerCase() ?? ''
  const copied = new Set(inside.flatMap(pathsIn))
  return keywordOf(action) === 'if' && asked.some((path) => path.toLowerCase().includes(name) && !copied.has(path))
}

/** The lines that the key would be if the block were not there: written as its neighbours are. */
function addedLines(
  mask: Masked,
  { start, end }: Block,
  { key: { document, pointer }, changes }: { readonly key: TemplateKey; readonly changes: readonly Change[] },
): string | Refusal {
  const text = mask.text
    .split('\n')
    .toSpliced(start, end - start + 1)
    .join('\n')
  const yaml = parseYaml(text)[document]
  const { span } = yaml ?? {}
  if (yaml?.error !== undefined || span === undefined || valueAt(yaml?.value, pointer) !== undefined)
    return refuse('the template cannot be read without the block that writes it')
  const before = text.slice(span.start, span.end)
  const after = editText(
    before,
    changes.map((change) => ({ ...change, pointer: pointer + change.pointer })),
    (old, made) => marksIn(old) === marksIn(made),
  )
  if (isRefusal(after)) return after
  const [edit, ...others] = lineEdits(before, after)
  return edit === undefined || edit.lines > 0 || others.length > 0 ? refuse('no new lines come to it') : edit.text
}

function withLines(text: string, { action, end }: Block, added: string): string {
  const lines = text.split('\n')
  const indent = /^\s*/.exec(lines[end] ?? '')?.[0] ?? ''
  const word = `${indent}${action.startsWith('{{-') ? '{{-' : '{{'} else }}`
  return lines.toSpliced(end, 0, word + lineBreakOf(text).replace('\n', ''), ...added.replace(/\n$/, '').split('\n')).join('\n')
}
