// What is safe of Go's templates: fields, texts, numbers, and pipelines of a few pure functions. No loops, no conditions, no calls that take time.

import { follow } from '../../text/pointer.ts'

type Value = unknown

/** The text that an action (what stands between `{{` and `}}`) gives; undefined where it needs more than is understood here, or a value is not there. */
export function evaluate(action: string, data: unknown): string | undefined {
  const value = pipeline(action, data)
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

function pipeline(text: string, data: unknown): Value {
  const tokens = text.length > longest ? undefined : tokensOf(text.trim())
  if (tokens === undefined) return undefined
  const state = { tokens, at: 0 }
  const value = readPipeline(state, data)
  return state.at === tokens.length ? value : undefined
}

type State = { readonly tokens: readonly string[]; at: number }

function readPipeline(state: State, data: unknown): Value {
  let value = readCommand(state, data, [])
  while (state.tokens[state.at] === '|') {
    state.at++
    value = readCommand(state, data, [value])
  }
  return value
}

/** A function with its arguments, or one value; what comes through the pipe is the last argument. */
function readCommand(state: State, data: unknown, piped: readonly Value[]): Value {
  const first = state.tokens[state.at] ?? ''
  const call = functions[first]
  if (call === undefined) return piped.length === 0 ? readOperand(state, data) : undefined
  state.at++
  const operands: Value[] = []
  while (state.at < state.tokens.length && state.tokens[state.at] !== '|' && state.tokens[state.at] !== ')')
    operands.push(readOperand(state, data))
  return call([...operands, ...piped])
}

function readOperand(state: State, data: unknown): Value {
  const word = state.tokens[state.at++] ?? ''
  if (word === '(') {
    const inner = readPipeline(state, data)
    return state.tokens[state.at++] === ')' ? inner : undefined
  }
  if (word.startsWith('"')) return unquoted(word)
  if (word.startsWith('`')) return word.slice(1, -1)
  if (/^-?\d+$/.test(word)) return Number(word)
  if (word === '.') return data
  return /^(?:\.\w[\w-]*)+$/.test(word) ? follow(data, word.slice(1).split('.')) : undefined
}

function unquoted(word: string): Value {
  try {
    return JSON.parse(word)
  } catch {
    return undefined
  }
}

const text =
  (call: (...words: readonly string[]) => string) =>
  (values: readonly Value[]): Value =>
    values.every((value) => typeof value === 'string') ? call(...values) : undefined

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
  default: ([other, value]) => (value === undefined || value === '' ? other : value),
  printf: (values) => printed(values),
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
  if (typeof format !== 'string' || /%[^sdv%]/.test(format)) return undefined
  let at = 0
  const filled = format.replace(/%([sdv%])/g, (_, verb: string) => (verb === '%' ? '%' : String(values[at++])))
  return at === values.length && values.every((value) => value !== undefined) ? filled : undefined
}
