// Texts with Go's actions in them: values, `if`, `range` and `with`, variables and comments. Bounded, and refused where more is asked.

import { isMapping } from '../../resource/read.ts'
import { isTrue, isUnknown, pipelineValue, type Scope, textOf } from './go-template.ts'

/** The text, or the action that cannot be followed. */
export type GoText = { readonly text: string } | { readonly refused: string }

/** What nobody writes in a template of names and paths. */
const mostSteps = 10_000
const longest = 1024 * 1024

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'action'; readonly action: string }
type Run = { readonly parts: readonly Part[]; at: number; steps: number; length: number; refused?: string }

/** `template` filled with `data`. */
export function goText(template: string, data: unknown): GoText {
  const run: Run = { parts: partsOf(template), at: 0, steps: 0, length: 0 }
  const text = block(run, { dot: data, variables: new Map([['$', data]]) }, true)
  if (run.refused === undefined && run.at < run.parts.length) refuse(run, 'end')
  return run.refused === undefined ? { text } : { refused: `{{${run.refused.slice(0, 80)}}}` }
}

/** Texts and actions in turn; a dash takes the white space beside an action away. */
function partsOf(template: string): readonly Part[] {
  const parts: Part[] = []
  const pattern = /\{\{(-\s)?((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*)\}\}/y
  let text = ''
  let trims = false
  for (let at = 0; at < template.length; ) {
    pattern.lastIndex = at
    const found = template.startsWith('{{', at) ? pattern.exec(template) : null
    // An action without an end is for nobody to follow.
    if (found === null && template.startsWith('{{', at)) return [...parts, { kind: 'action', action: template.slice(at + 2, at + 82) }]
    if (found === null) {
      const next = template.indexOf('{{', at + 1)
      const end = next < 0 ? template.length : next
      const plain = template.slice(at, end)
      text += trims ? plain.trimStart() : plain
      trims = trims && plain.trim() === ''
      at = end
      continue
    }
    const [whole, dash, inner = ''] = found
    parts.push({ kind: 'text', text: dash === undefined ? text : text.trimEnd() })
    trims = /\s-$/.test(inner)
    const action = (trims ? inner.slice(0, -1) : inner).trim()
    if (!action.startsWith('/*')) parts.push({ kind: 'action', action })
    text = ''
    at += whole.length
  }
  return [...parts, { kind: 'text', text }]
}

/** The parts up to the `end` or `else` that closes them; `isWanted` is false for those that are only skipped. */
function block(run: Run, scope: Scope, isWanted: boolean): string {
  let inner = scope
  let text = ''
  const add = (more: string) => {
    run.length += more.length
    if (run.length > longest) refuse(run, 'more text than a template gives')
    else text += more
  }
  while (run.at < run.parts.length && run.refused === undefined) {
    const part = run.parts[run.at]
    if (part === undefined || (part.kind === 'action' && /^(?:end|else\b.*)$/s.test(part.action))) break
    run.at++
    run.steps++
    if (run.steps > mostSteps) refuse(run, 'more steps than a template takes')
    else if (part.kind === 'text') add(isWanted ? part.text : '')
    else if (/^(?:if|range|with)\s/.test(part.action)) add(control(run, part.action, { scope: inner, isWanted }))
    else if (isWanted) {
      const [, name, value] = /^(\$\w+)\s*:?=\s*(.*)$/s.exec(part.action) ?? []
      if (name === undefined || value === undefined) add(shown(run, part.action, inner))
      else inner = withVariable(inner, name, asked(run, value, inner))
    }
  }
  return text
}

function shown(run: Run, action: string, scope: Scope): string {
  const text = textOf(action, scope)
  if (text === undefined) refuse(run, action)
  return text ?? ''
}

type Around = { readonly scope: Scope; readonly isWanted: boolean }

function control(run: Run, action: string, { scope, isWanted }: Around): string {
  const [, word = '', name, second, expression = ''] = /^(if|range|with)\s+(?:(\$\w+)\s*(?:,\s*(\$\w+)\s*)?:=\s*)?(.*)$/s.exec(action) ?? []
  const value = isWanted ? asked(run, expression, scope) : undefined
  const isTaken = isWanted && isTrue(value)
  const start = run.at
  const bodies = word === 'range' ? entriesOf(value) : [[undefined, value] as const]
  let text = ''
  for (const [key, item] of isTaken ? bodies : []) {
    run.at = start
    const dotted = word === 'if' ? scope : { ...scope, dot: item }
    const named = name === undefined ? dotted : withVariable(dotted, name, second === undefined ? item : key)
    text += block(run, second === undefined ? named : withVariable(named, second, item), true)
  }
  if (!isTaken) block(run, scope, false)
  return text + rest(run, { scope, isWanted: isWanted && !isTaken })
}

/** What follows `else`, up to the end of the whole. */
function rest(run: Run, around: Around): string {
  const part = run.parts[run.at]
  const action = part?.kind === 'action' ? part.action : ''
  if (run.refused !== undefined) return ''
  if (part === undefined) refuse(run, 'no end')
  run.at++
  if (action === 'end') return ''
  const further = action.replace(/^else\s*/, '')
  if (further !== '') return control(run, further, around)
  const text = block(run, around.scope, around.isWanted)
  return text + rest(run, { ...around, isWanted: false })
}

function asked(run: Run, expression: string, scope: Scope): unknown {
  const value = pipelineValue(expression, scope)
  if (isUnknown(value)) refuse(run, expression)
  return value
}

function refuse(run: Run, what: string): void {
  run.refused ??= what
}

function withVariable({ dot, variables }: Scope, name: string, value: unknown): Scope {
  return { dot, variables: new Map([...variables, [name, value]]) }
}

function entriesOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()]
  return isMapping(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : []
}
