// The template of an ApplicationSet, filled: the plain form (`{{path.basename}}`), and what is safe of Go's (`{{ .path.basename | lower }}`).

import { isMapping, type Mapping } from '../../resource/read.ts'
import { follow } from '../../text/pointer.ts'
import { evaluate } from './go-template.ts'

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
  const fillText = (text: string): string =>
    text.replace(/\{\{(-?)([^{}]*(?:\{[^{}]*\}[^{}]*)*)(-?)\}\}/g, (written: string, _trim: string, inner: string) => {
      const filled = isGo ? evaluate(inner.trim(), parameters) : plain(inner.trim(), parameters)
      if (filled === undefined) failure.why ??= `its template holds ${written.slice(0, 80)}, which cannot be filled here`
      return filled ?? written
    })
  const value = fill(template)
  if (failure.why !== undefined) return { why: failure.why }
  return isMapping(value) ? { value } : { why: 'its template is no mapping' }
}

/** The plain form knows names only; `path[1]` and `path.segments[1]` are names too. */
function plain(name: string, parameters: Parameters): string | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : follow(parameters, name.split('.'))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
