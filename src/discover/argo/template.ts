// The template of an ApplicationSet, filled: the plain form (`{{path.basename}}`), and what is safe of Go's (`{{ .path.basename | lower }}`).

import { isMapping, type Mapping } from '../../resource/read.ts'
import { follow } from '../../text/pointer.ts'
import { type GoText, goText } from './go-block.ts'

/** Parameters of one Application: flat names in the plain form, nested values in Go's. */
export type Parameters = Mapping

export type Filled = { readonly value: Mapping } | { readonly why: string }

/** The template with every placeholder in its texts replaced; `why` names the first one that cannot be. */
export function fillTemplate(template: Mapping, parameters: Parameters, isGo: boolean): Filled {
  const failure: { why?: string } = {}
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return value.includes('{{') ? fillText(value) : value
    if (Array.isArray(value)) return value.map(fill)
    if (!isMapping(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key.includes('{{') ? fillText(key) : key, fill(child)]))
  }
  const fillText = (text: string): string => {
    const filled = filledText(text, parameters, isGo)
    if ('text' in filled) return filled.text
    failure.why ??= filled.why
    return text
  }
  const value = fill(template)
  if (failure.why !== undefined) return { why: failure.why }
  return isMapping(value) ? { value } : { why: 'its template is no mapping' }
}

/** One text with its placeholders replaced, or why it cannot be. */
export function filledText(text: string, parameters: Parameters, isGo: boolean): { readonly text: string } | { readonly why: string } {
  const filled = isGo ? goText(text, parameters) : plainText(text, parameters)
  return 'text' in filled ? filled : { why: `its template holds ${filled.refused}, which cannot be filled here` }
}

function plainText(text: string, parameters: Parameters): GoText {
  const failure: { refused?: string } = {}
  const filled = text.replace(/\{\{([^{}]*)\}\}/g, (written: string, inner: string) => {
    const value = plain(inner.trim(), parameters)
    if (value === undefined) failure.refused ??= written.slice(0, 80)
    return value ?? written
  })
  return failure.refused === undefined ? { text: filled } : { refused: failure.refused }
}

/** The plain form knows names only; `path[1]` and `path.segments[1]` are names too. */
function plain(name: string, parameters: Parameters): string | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : follow(parameters, name.split('.'))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
