// A patch that stands in place in a list of patches: of a kustomization, of Flux or of Argo CD. What is there for the object is extended, else a new entry is made.

import { isMapping, listOf } from '../resource/read.ts'
import { below, pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { type Change, isRefusal, type Json, type Refusal } from '../yaml/change.ts'
import { parseYaml } from '../yaml/parse.ts'
import { yamlText } from '../yaml/write.ts'
import type { EditText, Merge } from './merge.ts'

type Named = { readonly namespace: string; readonly name: string }

/** The object that a patch is for, as its own file names it, and as it is applied: kustomize knows it by both. */
export type Patched = Named & { readonly apiVersion: string; readonly kind: string; readonly applied?: Named }

/** What a patch says: a part that is put on top of the object, or operations of JSON Patch (RFC 6902). */
export type PatchContent =
  | { readonly kind: 'merge'; readonly value: Json }
  | { readonly kind: 'operations'; readonly list: readonly Json[] }

/** `pointer` leads to the list of patches, which is made where there is none. */
export type PatchEntry = { readonly op: 'patch'; readonly pointer: string; readonly object: Patched; readonly content: PatchContent }

export function entryChanges({ pointer, object, content }: PatchEntry, now: unknown, editText: EditText): readonly Change[] | Refusal {
  const entries = listOf(valueAt(now, pointer))
  const index = entries.findIndex((entry) => isFor(entry, object, content))
  if (index < 0) return [added(now, segmentsOf(pointer), newEntry(object, content))]
  const at = below(below(pointer, index), 'patch')
  const edited = editText(String(valueAt(now, at)), contentChanges(content))
  return isRefusal(edited) ? edited : [{ op: 'set', pointer: at, value: edited }]
}

/** The changes of a patch's own text. */
export function contentChanges(content: PatchContent): readonly (Change | Merge)[] {
  if (content.kind === 'merge') return [{ op: 'merge', pointer: '', value: content.value }]
  return content.list.map((value) => ({ op: 'append', pointer: '', value }))
}

/** The whole text of a patch. */
export function patchText({ apiVersion, kind, namespace, name }: Patched, content: PatchContent): string {
  if (content.kind === 'operations') return yamlText(content.list)
  const metadata: Json = namespace === '' ? { name } : { name, namespace }
  const { metadata: more, ...rest } = isMapping(content.value) ? (content.value as { readonly [key: string]: Json }) : {}
  return yamlText({ apiVersion, kind, metadata: isMapping(more) ? { ...metadata, ...(more as typeof metadata) } : metadata, ...rest })
}

/** Whether a text is a patch of that kind for the object, by what it says itself or by the entry's target. */
export function speaksOf(text: string, target: unknown, object: Patched, { kind }: PatchContent): boolean {
  const [document, ...others] = parseYaml(text)
  if (document === undefined || others.length > 0 || document.error !== undefined) return false
  if (kind === 'operations') return Array.isArray(document.value) && isNamed(target, object)
  if (!isMapping(document.value) || !isNamed({ kind: document.value['kind'], ...metadataOf(document.value) }, object)) return false
  return target === undefined || isNamed(target, object)
}

function metadataOf(value: unknown): object {
  const metadata = valueAt(value, '/metadata')
  return isMapping(metadata) ? metadata : {}
}

function isFor(entry: unknown, object: Patched, content: PatchContent): boolean {
  return isMapping(entry) && typeof entry['patch'] === 'string' && speaksOf(entry['patch'], entry['target'], object, content)
}

/** The object alone: what chooses by labels, or by a pattern, is meant for others too. */
function isNamed(target: unknown, object: Patched): boolean {
  if (!isMapping(target) || target['kind'] !== object.kind) return false
  if (target['labelSelector'] !== undefined || target['annotationSelector'] !== undefined) return false
  return [object, object.applied].some(
    (one) => target['name'] === one?.name && (target['namespace'] === undefined || target['namespace'] === one?.namespace),
  )
}

function newEntry(object: Patched, content: PatchContent): Json {
  const patch = patchText(object, content)
  if (content.kind === 'merge') return { patch }
  const { apiVersion, kind, namespace, name } = object
  // Not by its version, which another release may raise.
  const [, group] = apiVersion.split('/').reverse()
  return { target: { ...(group === undefined ? {} : { group }), kind, name, ...(namespace === '' ? {} : { namespace }) }, patch }
}

/** An item added to the list at the end of a way; lists and mappings on the way are made. */
function added(now: unknown, way: readonly string[], item: Json): Change {
  const there = way.findIndex((_, at) => valueAt(now, pointerTo(way.slice(0, at + 1))) == null)
  if (there < 0) return { op: 'append', pointer: pointerTo(way), value: item }
  const inner = way.slice(there + 1).reduceRight<Json>((value, segment) => (isNumber(segment) ? [value] : { [segment]: value }), [item])
  const at = pointerTo(way.slice(0, there + 1))
  return isNumber(way[there] ?? '')
    ? { op: 'append', pointer: pointerTo(way.slice(0, there)), value: inner }
    : { op: 'set', pointer: at, value: inner }
}

function isNumber(segment: string): boolean {
  return /^\d+$/.test(segment)
}
