// Where a document holds what must not be shown. It errs towards masking: a hidden harmless value costs nothing.

import type { Document } from '../resource/document.ts'
import { locate } from '../resource/locate.ts'
import { isMapping, resourcesIn } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { credentialsIn, urlPasswordsIn } from '../rule/check/secret-format.ts'
import { assignmentsIn } from '../rule/check/secret-line.ts'
import { isHarmless, looksSecret, namesSecret } from '../rule/check/secret-value.ts'
import { below } from '../text/pointer.ts'
import type { Span } from '../text/position.ts'

const known = new WeakMap<Document, readonly Span[]>()

/**
 * The parts of `document` that reports mask, in order and without overlap, as offsets in the file: all of Secrets, values that their name or form gives away,
 * credentials of a known form in any text, comments included. A document that could not be read is masked by its lines.
 */
export function secretsOf(document: Document): readonly Span[] {
  const before = known.get(document)
  if (before !== undefined) return before
  const spans = sensitiveSpans(document, resourcesIn(document))
  known.set(document, spans)
  return spans
}

function sensitiveSpans(document: Document, resources: readonly Resource[]): readonly Span[] {
  const { start, end } = document.yaml.span
  const text = document.text.slice(start, end)
  const masked = resources.flatMap(inResource)
  const holdsSecret = resources.length === 0 ? looksLikeSecret(text) : resources.some(isSecret)
  const inText = [
    ...byForm(text),
    ...byName(text),
    ...(holdsSecret ? everyLine(text, resources.length > 0) : []),
    ...repeated(
      text,
      masked.map(({ text }) => text),
    ),
  ]
  return merged([...masked, ...inText.map((span) => ({ start: span.start + start, end: span.end + start }))])
}

const hint = /pass|pwd|secret|token|key|cred/i

/** A message that quotes a value, with what in it is secret by its form or name replaced by `mask`. Most messages hold nothing of the kind and cost one look. */
export function maskedText(text: string, mask: string): string {
  const spans = merged([...byForm(text), ...(hint.test(text) ? byName(text) : [])])
  let shown = ''
  let at = 0
  for (const { start, end } of spans) {
    shown += text.slice(at, start) + mask
    at = end
  }
  return shown + text.slice(at)
}

/** The same value elsewhere in the document: behind an anchor, under a duplicate key, in a comment. */
function repeated(text: string, values: readonly string[]): readonly Span[] {
  const found: Span[] = []
  for (const value of new Set(values)) {
    if (value.length < 6 || value.includes('\n')) continue
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
      found.push({ start: at, end: at + value.length })
  }
  return found
}

function isSecret({ id }: Resource): boolean {
  return id.kind === 'Secret' && id.group === ''
}

function byForm(text: string): readonly Span[] {
  return [...credentialsIn(text), ...urlPasswordsIn(text)]
}

/** `"password": "x"` anywhere in a line, escaped in JSON inside a string too; `--password=x` and `--password x` among arguments, as one of them or as two. */
const pair = /\\?"([A-Za-z_][\w.-]{0,80})\\?"[ \t]{0,4}:[ \t]{0,4}\\?"([^"\\\n]{1,2000})/g
const option =
  /--?([A-Za-z][\w-]{1,80})(?:[= ]|["']?[ \t]{0,9},\s{0,80}|["']?[ \t]{0,9}\r?\n[ \t]{0,80}-[ \t]{1,9})["']?([^-\s"',\]][^\s"',\]]{0,500})/g

/** `# the old password: x`: in a comment the name may stand anywhere. */
const comment = /(?:^|[ \t])#[^\n]{0,2000}/gm
const inComment = /([A-Za-z][\w.-]{0,80})[ \t]{0,4}[:=][ \t]{0,4}["']?([^\s"',]{4,500})/g

function byName(text: string): readonly Span[] {
  // A list or mapping on the line of its key is read as a value, where its own names tell.
  const lines = assignmentsIn(text).filter(({ name, value }) => isSecretName(name) && !isHarmless(value) && !/^[[{]/.test(value))
  const comments = [...text.matchAll(comment)].flatMap(({ 0: words, index }) =>
    namedBy(inComment, words).map(({ start, end }) => ({ start: start + index, end: end + index })),
  )
  return [...lines, ...namedBy(pair, text), ...namedBy(option, text), ...comments]
}

/** The values, last in each match, whose names say that they are secret. */
function namedBy(pattern: RegExp, text: string): readonly Span[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, name = '', value = ''] = match
    if (!isSecretName(name) || isHarmless(value)) return []
    const end = match.index + whole.length
    return [{ start: end - value.length, end }]
  })
}

function isSecretName(name: string): boolean {
  return namesSecret(name) !== undefined
}

type Masked = Span & { readonly text: string }
type Mask = (pointer: string, value: unknown) => void

function inResource(resource: Resource): readonly Masked[] {
  const found: Masked[] = []
  const mask: Mask = (pointer, content) => {
    const { found: there, value } = locate(resource, pointer)
    if (there) found.push({ ...value, text: isScalar(content) ? String(content) : '' })
  }
  if (isSecret(resource)) {
    for (const field of ['data', 'stringData']) maskAll(resource.value[field], `/${field}`, mask)
    // What kubectl applied last repeats the data of the Secret.
    const metadata = resource.value['metadata']
    if (isMapping(metadata)) maskAll(metadata['annotations'], '/metadata/annotations', mask)
  }
  walk(resource.value, '', mask)
  return found
}

/** Every value of a mapping; what is no mapping is masked whole. */
function maskAll(value: unknown, pointer: string, mask: Mask): void {
  if (!isMapping(value)) {
    if (value !== undefined && value !== null) mask(pointer, value)
    return
  }
  for (const [key, child] of Object.entries(value)) mask(below(pointer, key), child)
}

function walk(value: unknown, pointer: string, mask: Mask): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, below(pointer, index), mask)
    return
  }
  if (!isMapping(value)) return
  const { name, value: content } = value
  if (typeof name === 'string' && isScalar(content) && isSensitive(name, String(content))) mask(`${pointer}/value`, content)
  for (const [key, child] of Object.entries(value)) {
    const at = below(pointer, key)
    if (isScalar(child) && isSensitive(key, String(child))) mask(at, child)
    else walk(child, at, mask)
  }
}

/** One line that its name gives away is masked whole; a file of several lines is masked where its own lines tell, see `byName`. */
function isSensitive(name: string, value: string): boolean {
  if (isSecretName(name) && !isHarmless(value)) return true
  return !value.trimEnd().includes('\n') && looksSecret(name, value) !== undefined
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function looksLikeSecret(text: string): boolean {
  return /^\s*["']?kind["']?\s*:\s*["']?Secret\b/m.test(text)
}

const plainKeys = /^(?:apiVersion|kind|metadata|name|namespace|type|labels|annotations|data|stringData|immutable)$/

/** In a Secret: what comments assign; in one that is no YAML: every value, and every line that is only a value. */
function everyLine(text: string, commentsOnly: boolean): readonly Span[] {
  const isComment = (at: number) => /^[ \t]*#/.test(text.slice(text.lastIndexOf('\n', at) + 1, at))
  const values = assignmentsIn(text).filter(({ name, start }) => !plainKeys.test(name) && (!commentsOnly || isComment(start)))
  if (commentsOnly) return values
  const bare = [...text.matchAll(/^[ \t]+([^\s:]{8,})[ \t]*$/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
  return [...values, ...bare]
}

function merged(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start || b.end - a.end)
  const result: Span[] = []
  for (const span of sorted) {
    const last = result.at(-1)
    if (last !== undefined && span.start < last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else result.push({ start: span.start, end: span.end })
  }
  return result
}
