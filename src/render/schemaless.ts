// An engine that builds kustomizations without the schemas of definitions: megabytes that no rule asks about, and that kustomize would read, copy and write many times.

import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import { listOf } from '../resource/read.ts'
import { below, valueAt } from '../text/pointer.ts'
import { decode } from '../yaml/decode.ts'
import type { YamlDocument } from '../yaml/document.ts'
import { parseYaml } from '../yaml/parse.ts'
import { placeOf } from '../yaml/place.ts'
import type { Engine, EngineFile } from './engine.ts'
import { type Replacement, rewritten } from './rewrite.ts'

/**
 * The engine, given each definition of a custom resource without its schemas. In their place stands a hash, so that another schema is a difference still. Of a schema that a JSON patch changes the way
 * to the changed place is left. What fails so says that it was spared them: it may be built with them, where another patch changes a schema.
 */
export function schemaless(engine: Engine): Engine {
  const shortened = new Map<string, Uint8Array>()
  const withoutSchemas = (file: EngineFile, patched: readonly string[]): EngineFile => {
    if (!has(file.bytes, 'CustomResourceDefinition')) return file
    const key = [hash('sha256', file.bytes, 'hex'), ...patched].join('\n')
    const bytes = shortened.get(key) ?? shorter(file.bytes, patched)
    shortened.set(key, bytes)
    return bytes === file.bytes ? file : { ...file, bytes }
  }
  return async (request) => {
    if (request.kind !== 'kustomize' || request.definitions === 'whole') return engine(request)
    const patched = [...new Set(request.files.flatMap(patchedIn))].sort()
    const files = request.files.map((file) => withoutSchemas(file, patched))
    if (files.every((file, at) => file === request.files[at])) return engine(request)
    const answer = await engine({ ...request, files })
    return answer.ok ? answer : { ...answer, spared: true }
  }
}

function has(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(word)
}

/** The places in schemas that JSON patches of a file name. */
function patchedIn({ bytes }: EngineFile): readonly string[] {
  if (!has(bytes, '/schema/')) return []
  return new TextDecoder().decode(bytes).match(/\/spec\/versions\/\d{1,3}\/schema\/[^\s"']{1,1000}/g) ?? []
}

/** The bytes themselves where no schema is in them, or where kustomize may find fault with one. */
function shorter(bytes: Uint8Array, patched: readonly string[]): Uint8Array {
  const decoded = decode(bytes)
  const documents = 'failure' in decoded ? [] : parseYaml(decoded.text)
  if ('failure' in decoded || documents.some(({ error, duplicates }) => error !== undefined || duplicates.length > 0)) return bytes
  const left = documents.filter(isDefinition).flatMap((document) => leftOut(document, decoded.text, patched))
  return left.length === 0 ? bytes : new TextEncoder().encode(rewritten(decoded.text, left))
}

function isDefinition({ value }: YamlDocument): boolean {
  return valueAt(value, '/kind') === 'CustomResourceDefinition' && valueAt(value, '/apiVersion') === 'apiextensions.k8s.io/v1'
}

function leftOut(document: YamlDocument, text: string, patched: readonly string[]): readonly Replacement[] {
  return listOf(valueAt(document.value, '/spec/versions')).flatMap((_, at) =>
    besides(document, `/spec/versions/${at}/schema`, patched).flatMap((pointer) => {
      const { found, span, value } = placeOf(document, pointer)
      // What an alias means stands elsewhere.
      if (!found || value.start <= span.start) return []
      const description = `left out here, sha256 ${hash('sha256', text.slice(value.start, value.end), 'hex').slice(0, 16)}`
      const stub = { type: 'object', description }
      return [{ document, pointer, entry: pointer.endsWith('/schema') ? { openAPIV3Schema: stub } : stub }]
    }),
  )
}

/** The place, or what stands in it beside the ways to the patched ones. */
function besides(document: YamlDocument, pointer: string, patched: readonly string[]): readonly string[] {
  if (patched.includes(pointer)) return []
  const inside = patched.filter((one) => one.startsWith(`${pointer}/`))
  if (inside.length === 0) return [pointer]
  const value = valueAt(document.value, pointer)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, child]) =>
    child === null || typeof child !== 'object' ? [] : besides(document, below(pointer, key), inside),
  )
}
