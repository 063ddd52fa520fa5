// GitHub's published description of its REST API as a judge: of every request, and of every field that the double answers with.

import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: object }
type Schema = { readonly properties?: Readonly<Record<string, object>> }
type Operation = { readonly parameters: readonly Parameter[]; readonly body: Schema; readonly responses: Readonly<Record<string, Schema>> }

const { operations } = JSON.parse(readFileSync(new URL('./contracts/rest.json', import.meta.url), 'utf8')) as {
  readonly operations: Readonly<Record<string, Operation>>
}

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false })
formats.default(ajv)
// Owner and name of a repository: nothing of ours.
ajv.addFormat('repo.nwo', true)
const compiled = new Map<object, ValidateFunction>()

export type Match = { readonly name: string; readonly operation: Operation; readonly parameters: Readonly<Record<string, string>> }

const routes = Object.entries(operations).map(([name, operation]) => {
  const [method = '', path = ''] = name.split(' ')
  // GitHub lets `ref` and `basehead` hold slashes.
  const pattern = path.replace(
    /\{(\w+)\}/g,
    (_, parameter: string) => `(?<${parameter}>${['ref', 'basehead'].includes(parameter) ? '.+' : '[^/]+'})`,
  )
  return { name, operation, method: method.toUpperCase(), pattern: new RegExp(`^${pattern}$`) }
})

/** The operation that a request means; undefined for one that GitHub describes nowhere, or that nobody here needs. */
export function matchOf(method: string, path: string): Match | undefined {
  for (const route of routes) {
    const found = route.method === method ? route.pattern.exec(path) : null
    if (found !== null)
      return {
        name: route.name,
        operation: route.operation,
        parameters: Object.fromEntries(Object.entries(found.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)])),
      }
  }
  return undefined
}

/** What a request breaks: parameters of the query, the body's schema, and properties that GitHub does not describe. */
export function faultsOf({ operation, parameters }: Match, query: URLSearchParams, body: unknown): readonly string[] {
  const faults: string[] = []
  const known = new Set(operation.parameters.map(({ name }) => name))
  for (const name of query.keys()) if (!known.has(name)) faults.push(`query ${name} is not described`)
  for (const { name, schema, in: place } of operation.parameters) {
    const text = place === 'path' ? parameters[name] : query.get(name)
    if (text !== null && text !== undefined) faults.push(...broken(schema, isNumber(schema) ? Number(text) : text, name))
  }
  if (Object.keys(operation.body).length === 0) return faults
  faults.push(...broken(operation.body, body, 'body'))
  for (const key of Object.keys((body ?? {}) as object))
    if (operation.body.properties?.[key] === undefined) faults.push(`body.${key} is not described`)
  const comments = (body as { readonly comments?: readonly object[] } | undefined)?.comments ?? []
  const item = (operation.body.properties?.['comments'] as { readonly items?: Schema } | undefined)?.items
  for (const comment of comments)
    for (const key of Object.keys(comment)) if (item?.properties?.[key] === undefined) faults.push(`body.comments.${key} is not described`)
  return faults
}

/** What an answer breaks: whatever is given must be described, at every depth; what the double does not model is left out, so `required` is not asked for. */
export function answerFaults({ operation }: Match, status: number, answer: unknown): readonly string[] {
  const schema = operation.responses[String(status)]
  if (schema === undefined) return status < 300 ? [`status ${status} is not described`] : []
  if (answer === undefined) return Object.keys(schema).length === 0 ? [] : ['an answer is described, none is given']
  const asked = given.get(schema) ?? (asGiven(schema) as object)
  given.set(schema, asked)
  return broken(asked, answer, 'answer')
}

const given = new Map<object, object>()

/** A schema for what is there: nothing required, nothing undescribed. */
function asGiven(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asGiven)
  if (schema === null || typeof schema !== 'object') return schema
  const parts = Object.entries(schema as object).filter(([key, value]) => key !== 'required' || !Array.isArray(value))
  const own = Object.fromEntries(parts.map(([key, value]) => [key, asGiven(value)]))
  const closed =
    own['type'] === 'object' && own['properties'] !== undefined && own['additionalProperties'] === undefined
      ? { ...own, additionalProperties: false }
      : own
  return nullable(closed)
}

/** `nullable` beside no type, or beside an enumeration without null, is said as JSON Schema says it. */
function nullable({ nullable: isNullable, ...schema }: Readonly<Record<string, unknown>>): object {
  return isNullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

function isNumber(schema: object): boolean {
  return 'type' in schema && (schema.type === 'integer' || schema.type === 'number')
}

function broken(schema: object, value: unknown, where: string): readonly string[] {
  const valid = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, valid)
  return valid(value) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath} ${message}`)
}
