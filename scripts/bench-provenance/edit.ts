// Makes a change at the place that the program names: in a YAML file by its site, in a template by its line.

import { editText } from '../../src/fix/edit-text.ts'
import { pointerTo, segmentsOf, valueAt } from '../../src/text/pointer.ts'
import type { Trace } from '../../src/trace/spot.ts'
import type { Change, Json } from '../../src/yaml/change.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import type { Drawn } from './seen.ts'

/** The new texts of the files that the changes touch, or why they cannot be made where the program says. */
export function editedFile(one: Drawn, changes: readonly Change[]): ReadonlyMap<string, string> | string {
  const texts = new Map<string, string>()
  for (const change of changes) {
    const trace = one.tracer(one.finding.resource, change.pointer, one.finding.rule.id)
    // A block is edited near the line that names it.
    if (trace.location.path !== one.trace.location.path || Math.abs(trace.location.line - one.trace.location.line) > 8)
      return `the value stands at ${trace.location.path}:${trace.location.line}`
    const path = trace.location.path
    const text = texts.get(path) ?? textOf(one, path)
    const edited =
      trace.site === undefined ? inTemplate(text, trace, change, one.finding.resource.value) : inDocument(text, trace.site, change, one)
    if (edited === undefined) return `no edit could be made at ${path}:${trace.location.line}`
    texts.set(path, edited)
  }
  return texts
}

function textOf({ seen }: Drawn, path: string): string {
  return new TextDecoder().decode(seen.tree.read(path))
}

function inDocument(text: string, site: NonNullable<Trace['site']>, change: Change, { finding }: Drawn): string | undefined {
  const span = parseYaml(text)[site.document]?.span
  if (span === undefined) return undefined
  const routed = { ...change, pointer: site.pointer }
  const part = partOf(routed, site.value)
  const meant = finding.rule.id === 'image-tag-latest' ? part : routed
  const step = site.within === undefined ? meant : ({ op: 'within', pointer: site.within, change: meant } as const)
  const edited = editText(text.slice(span.start, span.end), [step])
  return typeof edited === 'string' ? text.slice(0, span.start) + edited + text.slice(span.end) : undefined
}

/** Of an image that is put together only the part that the place holds is changed. */
function partOf(change: Change, value: unknown): Change {
  if (change.op !== 'set' || typeof value !== 'string' || value.includes('/') || value.includes(':')) return change
  return { ...change, value: 'plimsoll-bench' }
}

/** A literal on the line is replaced; what is missing is written below the line. */
function inTemplate(text: string, { location }: Trace, change: Change, object: unknown): string | undefined {
  const lines = text.split('\n')
  const line = lines[location.line - 1]
  if (line === undefined || (location.precision === 'exact' && line.includes('.Values'))) return undefined
  const at = location.line - 1
  if (location.precision === 'exact') {
    // A line of a file that is taken whole.
    if (!/\.(?:ya?ml|json|tpl)$/.test(location.path)) return [...lines.slice(0, at), `${line}x`, ...lines.slice(at + 1)].join('\n')
    const field = /^(\s*(?:- )?["']?[\w./-]+["']?:\s*|\s*- )\S.*$/.exec(line)?.[1]
    const literal = /^(\s*- ["']?[\w.-]+=)(.*)$/.exec(line)
    if (literal !== null) lines[at] = line.replace(/(["']?)\s*$/, 'x$1')
    else if (change.op === 'remove') lines.splice(at, 1)
    else if (field !== undefined && change.op === 'set') lines[at] = field + JSON.stringify(change.value)
    else return undefined
    return lines.join('\n')
  }
  if (change.op !== 'set') return undefined
  const indent = line.length - line.trimStart().length + (/^\s*- /.test(line) ? 2 : /:\s*$/.test(line) ? 2 : 0)
  const rest = missingKeys(change.pointer, object)
  lines.splice(at + 1, 0, ...written(rest, change.value, indent))
  return lines.join('\n')
}

function missingKeys(pointer: string, object: unknown): readonly string[] {
  const segments = segmentsOf(pointer)
  return segments.filter((_, at) => valueAt(object, pointerTo(segments.slice(0, at + 1))) === undefined)
}

function written(keys: readonly string[], value: Json, indent: number): readonly string[] {
  return keys.map((key, at) => `${' '.repeat(indent + 2 * at)}${key}:${at === keys.length - 1 ? ` ${JSON.stringify(value)}` : ''}`)
}
