// YAML that people write for Plimsoll itself, rules and configuration: checked against a schema, with errors that name line and column.

import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { UserError } from '../errors.ts'

/** Compiles a JSON schema (draft 2020-12). */
export function compileSchema(schema: object): ValidateFunction {
  return new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema)
}

/** The value of a YAML text; throws a UserError at the first place where it is no YAML or breaks the schema. `name` is the file's name for people. */
export function readAuthored(text: string, name: string, valid: ValidateFunction): unknown {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  const [broken] = document.errors
  if (broken !== undefined) {
    throw new UserError(`${place(broken.pos[0])}: ${firstLine(broken.message)}`, 'Mend the YAML there; nothing of the file was used.')
  }
  const value: unknown = plainValue(document, name) ?? {}
  if (valid(value)) return value
  const error = worst(valid.errors ?? [])
  if (error === undefined) throw new Error(`the schema refused ${name} without saying why`)
  const { message, hint } = explain(error)
  throw new UserError(`${place(offsetOf(document, error))}: ${message}`, hint)
}

/** Aliases that lead nowhere, or multiply without end, are found only now. */
function plainValue(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown
    throw new UserError(`${name}: ${firstLine(thrown.message)}`, 'Write out what the alias stands for.', { cause: thrown })
  }
}

/** The error that says most: an unknown key or a wrong word before what follows from it. */
function worst(errors: readonly ErrorObject[]): ErrorObject | undefined {
  return errors.find(({ keyword }) => keyword === 'additionalProperties' || keyword === 'enum') ?? errors[0]
}

/** What the types of JSON schema are called in YAML. */
const typeNames: Readonly<Record<string, string>> = { object: 'mapping', array: 'list', string: 'text', boolean: 'true or false' }

const typeHints: Readonly<Record<string, string>> = {
  object: 'Write keys and values below it, or in braces: { key: value }.',
  array: 'Write a list: [first, second].',
  string: 'Put it in quotes: a number such as 1.30 loses its zero without them.',
  boolean: 'Write true or false.',
}

function explain(error: ErrorObject): { readonly message: string; readonly hint: string } {
  const where = error.instancePath === '' ? 'the file' : `"${segments(error.instancePath).join('.')}"`
  const parameters: Readonly<Record<string, unknown>> = error.params
  switch (error.keyword) {
    case 'additionalProperties': {
      const allowed = Object.keys((error.parentSchema?.['properties'] ?? {}) as object)
      return {
        message: `key "${parameters['additionalProperty']}" is not known in ${where}`,
        hint: `Allowed there: ${allowed.join(', ')}.`,
      }
    }
    case 'enum': {
      const allowed = parameters['allowedValues']
      return {
        message: `${where} is ${JSON.stringify(error.data)}, which is not one of the allowed values`,
        hint: `Allowed: ${Array.isArray(allowed) ? allowed.join(', ') : String(allowed)}.`,
      }
    }
    case 'required':
      return { message: `${where} lacks "${parameters['missingProperty']}"`, hint: `Add "${parameters['missingProperty']}".` }
    case 'dependentRequired':
      return {
        message: `${where} has "${parameters['property']}" without "${parameters['missingProperty']}"`,
        hint: `Add "${parameters['missingProperty']}".`,
      }
    case 'type':
      return {
        message: `${where} is ${JSON.stringify(error.data)?.slice(0, 80)}, which is no ${typeNames[String(parameters['type'])] ?? String(parameters['type'])}`,
        hint: typeHints[String(parameters['type'])] ?? 'Correct the value, or remove the line to use the default.',
      }
    default:
      return { message: `${where} ${error.message ?? 'is wrong'}`, hint: 'Correct the value, or remove the line to use the default.' }
  }
}

function offsetOf(document: Document, error: ErrorObject): number {
  const path = segments(error.instancePath)
  const unknown: unknown = error.params['additionalProperty']
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path, true)
  if (typeof unknown === 'string' && isMap(parent)) {
    const key = parent.items.map((pair) => pair.key).find((node) => isScalar(node) && node.value === unknown)
    if (isNode(key)) return key.range?.[0] ?? 0
  }
  return isNode(parent) ? (parent.range?.[0] ?? 0) : 0
}

function segments(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What is wrong, without the place and the excerpt that the library adds: the place is said before it. */
function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? text).replace(/ at line \d+, column \d+:$/, '')
}
