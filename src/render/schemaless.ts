// An engine that builds kustomizations without the schemas of definitions: megabytes that no rule asks about, and that kustomize would read, copy and write many times.

import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import { listOf } from '../resource/read.ts'
import { valueAt } from '../text/pointer.ts'
import { decode } from '../yaml/decode.ts'
import type { YamlDocument } from '../yaml/document.ts'
import { parseYaml } from '../yaml/parse.ts'
import { placeOf } from '../yaml/place.ts'
import type { Engine, EngineFile } from './engine.ts'
import { type Replacement, rewritten } from './rewrite.ts'

/**
 * The engine, given each definition of a custom resource without its schemas. In their place stands a hash, so that another schema is a difference still. What fails so says that it was spared
 * them: it may be built with them, where a patch changes a schema.
 */
export function schemaless(engine: Engine): Engine {
  const shortened = new Map<string, Uint8Array>()
  const withoutSchemas = (file: EngineFile): EngineFile => {
    if (!mayDefine(file.bytes)) return file
    const key = hash('sha256', file.bytes, 'hex')
    const bytes = shortened.get(key) ?? shorter(file.bytes)
    shortened.set(key, bytes)
    return bytes === file.bytes ? file : { ...file, bytes }
  }
  return async (request) => {
    if (request.kind !== 'kustomize' || request.definitions === 'whole') return engine(request)
    const files = request.files.map(withoutSchemas)
    if (files.every((file, at) => file === request.files[at])) return engine(request)
    const answer = await engine({ ...request, files })
    return answer.ok ? answer : { ...answer, spared: true }
  }
}

function mayDefine(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('CustomResourceDefinition')
}

/** The bytes themselves where no schema is in them, or where kustomize may find fault with one. */
function shorter(bytes: Uint8Array): Uint8Array {
  const decoded = decode(bytes)
  const documents = 'failure' in decoded ? [] : parseYaml(decoded.text)
  if ('failure' in decoded || documents.some(({ error, duplicates }) => error !== undefined || duplicates.length > 0)) return bytes
  const schemas = documents.filter(isDefinition).flatMap((document) => schemasOf(document, decoded.text))
  return schemas.length === 0 ? bytes : new TextEncoder().encode(rewritten(decoded.text, schemas))
}

function isDefinition({ value }: YamlDocument): boolean {
  return valueAt(value, '/kind') === 'CustomResourceDefinition' && valueAt(value, '/apiVersion') === 'apiextensions.k8s.io/v1'
}

function schemasOf(document: YamlDocument, text: string): readonly Replacement[] {
  return listOf(valueAt(document.value, '/spec/versions')).flatMap((_, at) => {
    const pointer = `/spec/versions/${at}/schema`
    const { found, span, value } = placeOf(document, pointer)
    const description = `left out here, sha256 ${hash('sha256', text.slice(value.start, value.end), 'hex').slice(0, 16)}`
    // What an alias means stands elsewhere.
    return found && value.start > span.start ? [{ document, pointer, entry: { openAPIV3Schema: { type: 'object', description } } }] : []
  })
}
