// What is safe of Go's actions: fields, variables, texts, numbers, and pipelines of a few pure functions.

import { isMapping } from '../../resource/read.ts'
import { follow } from '../../text/pointer.ts'

type Value = unknown

/** What an action sees: `.` and, by their names with the dollar, variables; `$` is the whole of the data. */
export type Scope = { readonly dot: unknown; readonly variables: ReadonlyMap<string, unknown> }

/** Not understood here, as told from a value that is not there. */
const unknown = Symbol('more than is understood here')

export function isUnknown(value: unknown): boolean {
  return value === unknown
}

/** The text that an action (what stands between `{{` and `}}`) gives; undefined where it needs more than is understood here, or a value is not there. */
export function evaluate(action: string, data: unknown): string | undefined {
  return textOf(action, { dot: data, variables: new Map([['$', data]]) })
}

/** The same within a block. */
export function textOf(action: string, scope: Scope): string | undefined {
  const value = pipelineValue(action, scope)
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

const token = /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|\(|\)|\||[^\s()|"`]+)/y

/** Longer ones are no names or paths. */
const longest = 1_000

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const [, found] = token.exec(text) ?? []
    if (found === undefined) return undefined
    tokens.push(found)
  }
  return tokens
}

/** The value of a pipeline: undefined where a field is not there; see `isUnknown` for what is not understood. */
export function pipelineValue(text: string, scope: Scope): unknown {
  const tokens = text.length > longest ? undefined : tokensOf(text.trim())
  if (tokens === undefined) return unknown
  const state = { tokens, at: 0 }
  const value = readPipeline(state, scope)
  return state.at === tokens.length ? value : unknown
}

type State = { readonly tokens: readonly string[]; at: number }

function readPipeline(state: State, scope: Scope): Value {
  let value = readCommand(state, scope, [])
  while (state.tokens[state.at] === '|') {
    state.at++
    value = readCommand(state, scope, [value])
  }
  return value
}

/** A function with its arguments, or one value; what comes through the pipe is the last argument. */
function readCommand(state: State, scope: Scope, piped: readonly Value[]): Value {
  const first = state.tokens[state.at] ?? ''
  const call = Object.hasOwn(functions, first) ? functions[first] : undefined
  if (call === undefined) return piped.length === 0 ? readOperand(state, scope) : unknown
  state.at++
  const operands: Value[] = []
  while (state.at < state.tokens.length && state.tokens[state.at] !== '|' && state.tokens[state.at] !== ')')
    operands.push(readOperand(state, scope))
  const values = [...operands, ...piped]
  return values.includes(unknown) ? unknown : call(values)
}

function readOperand(state: State, scope: Scope): Value {
  const word = state.tokens[state.at++] ?? ''
  if (word === '(') {
    const inner = readPipeline(state, scope)
    return state.tokens[state.at++] === ')' ? inner : unknown
  }
  if (word.startsWith('"')) return unquoted(word)
  if (word.startsWith('`')) return word.slice(1, -1)
  if (/^-?\d+$/.test(word)) return Number(word)
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === '.') return scope.dot
  const [, variable = '', fields = ''] = /^(\$\w*)?((?:\.\w[\w-]*)*)$/.exec(word) ?? []
  if (variable === '' && fields === '') return unknown
  if (variable !== '' && !scope.variables.has(variable)) return unknown
  const from = variable === '' ? scope.dot : scope.variables.get(variable)
  return fields === '' ? from : follow(from, fields.slice(1).split('.'))
}

function unquoted(word: string): Value {
  try {
    return JSON.parse(word)
  } catch {
    return unknown
  }
}

const text =
  (call: (...words: readonly string[]) => string) =>
  (values: readonly Value[]): Value =>
    values.every((value) => typeof value === 'string') ? call(...values) : unknown

/** Argo CD's own, and those of Sprig that occur in templates of names and paths. The text that is worked on comes last. */
const functions: Readonly<Record<string, ((values: readonly Value[]) => Value) | undefined>> = {
  index: ([of, ...keys]) => follow(of, keys.map(String)),
  lower: text((word = '') => word.toLowerCase()),
  upper: text((word = '') => word.toUpperCase()),
  trim: text((word = '') => word.trim()),
  quote: text((word = '') => JSON.stringify(word)),
  normalize: text((word = '') => normalized(word)),
  trimPrefix: text((prefix = '', word = '') => (word.startsWith(prefix) ? word.slice(prefix.length) : word)),
  trimSuffix: text((suffix = '', word = '') => (suffix !== '' && word.endsWith(suffix) ? word.slice(0, -suffix.length) : word)),
  replace: text((from = '', to = '', word = '') => (from === '' ? word : word.replaceAll(from, () => to))),
  toString: ([value]: readonly Value[]) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  default: ([other, value]) => (isTrue(value) ? value : other),
  eq: ([value, ...others]) => others.some((other) => other === value),
  ne: ([value, other]) => value !== other,
  not: ([value]) => !isTrue(value),
  and: (values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
  or: (values) => values.find(isTrue) ?? values.at(-1),
  empty: ([value]) => !isTrue(value),
  hasKey: ([of, key]) => isMapping(of) && Object.hasOwn(of, String(key)),
  hasPrefix: ([prefix, word]) => String(word).startsWith(String(prefix)),
  hasSuffix: ([suffix, word]) => String(word).endsWith(String(suffix)),
  contains: ([part, word]) => String(word).includes(String(part)),
  ternary: ([yes, no, which]) => (which === true ? yes : no),
  join: ([between, list]) => (Array.isArray(list) ? list.join(String(between)) : unknown),
  splitList: ([at, word]) => String(word).split(String(at)),
  // JSON is YAML, on one line wherever it stands.
  toYaml: ([value]) => JSON.stringify(value ?? null),
  toJson: ([value]) => JSON.stringify(value ?? null),
  indent: ([width, word]) => indented(width, word),
  nindent: ([width, word]) => `\n${indented(width, word)}`,
  printf: (values) => printed(values),
}

function indented(width: Value, word: Value): string {
  return String(word).replace(/^/gm, ' '.repeat(Math.min(Number(width) || 0, 100)))
}

/** As Go sees it: nothing, zero and what is empty are false. */
export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false
  return typeof value === 'object' ? Object.keys(value).length > 0 : true
}

/** As Argo CD makes a name of any text: at most 253 letters, digits, dots and dashes in lower case. */
function normalized(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '')
}

function printed([format, ...values]: readonly Value[]): Value {
  if (typeof format !== 'string' || /%[^sdv%]/.test(format)) return unknown
  let at = 0
  const filled = format.replace(/%([sdv%])/g, (_, verb: string) => (verb === '%' ? '%' : String(values[at++])))
  return at === values.length && values.every((value) => value !== undefined) ? filled : unknown
}
