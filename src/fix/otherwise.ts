// A key that a template writes only where a condition holds: what it is elsewhere goes into an `else` of that condition.

import { isDeepStrictEqual } from 'node:util'
import { lineEdits } from '../change/lines.ts'
import { above, segmentsOf, valueAt } from '../text/pointer.ts'
import { lineBreakOf } from '../text/splice.ts'
import { type Change, changed, isRefusal, plain, type Refusal, refuse } from '../yaml/change.ts'
import type { YamlDocument } from '../yaml/document.ts'
import { parseYaml } from '../yaml/parse.ts'
import { positionsOf } from '../yaml/positions.ts'
import { type Block, conditionOf, copiedBy, type TemplateKey, valuesIn } from './condition.ts'
import { editText } from './edit-text.ts'
import { type Masked, marksIn, unmasked } from './mask.ts'
import { readable } from './readable.ts'

/** The template with an `else` in which the key has what changes, counted from its value, make of nothing; the same text where it is there already. */
export function withElse(text: string, key: TemplateKey, changes: readonly Change[]): string | Refusal {
  const template = readable(text)
  const yaml = template.documents[key.document]
  if (yaml === undefined) return refuse('the document is not there')
  const block = conditionOf(key, template)
  if (block === undefined) return refuse('the template writes it only where several conditions hold')
  const said = `the template writes it only where ${valuesIn(block.action).join(' and ') || 'a condition'} says so`
  if (block.elses.length > 0) return isThere(yaml, key, changes) ? text : refuse(`${said}, and something else where not`)
  if (timesWritten(yaml, key.pointer) > 1) return refuse(`${said}, and again in another place`)
  if (ofCluster.test(block.action)) return refuse(`${said}, which is about the cluster`)
  if (isSwitch(block, key.pointer)) return refuse(`${said}, which is the switch for it`)
  const added = addedLines(template, block, { key, changes })
  return isRefusal(added) ? added : unmasked(withLines(template.text, block, added), template)
}

/** What a condition asks of the cluster or of its nodes: some of them refuse what others want. */
const ofCluster = /Capabilities|openshift|platform|windows|linux|\bos\b/i

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

/** Whether values are there to decide about the key (`securityContext.enabled`), or are copied into it. */
function isSwitch(block: Block, pointer: string): boolean {
  const name = segmentsOf(pointer).at(-1)?.toLowerCase() ?? ''
  return copiedBy(block) !== undefined || valuesIn(block.action).some((path) => path.toLowerCase().includes(name))
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
    (old, made) => (marksIn(old) === marksIn(made) ? undefined : 'an action writes what would change'),
  )
  if (isRefusal(after)) return after
  if (after.split('{{').length > before.split('{{').length) return refuse('a value would be read as an action')
  const [edit, ...others] = lineEdits(before, after)
  return edit === undefined || edit.lines > 0 || others.length > 0 ? refuse('no new lines come to it') : edit.text
}

function withLines(text: string, { action, end }: Block, added: string): string {
  const lines = text.split('\n')
  const indent = /^\s*/.exec(lines[end] ?? '')?.[0] ?? ''
  const word = `${indent}${action.startsWith('{{-') ? '{{-' : '{{'} else }}`
  return lines.toSpliced(end, 0, word + lineBreakOf(text).replace('\n', ''), ...added.replace(/\n$/, '').split('\n')).join('\n')
}
