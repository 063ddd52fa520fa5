// The patches of kustomizations, as far as they tell by themselves: which object each means, and what it sets there.

import { posix } from 'node:path'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import { isMapping, listOf, type Mapping } from '../resource/read.ts'
import type { ResourceId } from '../resource/resource.ts'
import { segmentsOf } from '../text/pointer.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { EngineFile, KustomizeRequest } from './engine.ts'

/** An object as far as a patch of it tells: its kind, its name (none where a target chooses by a pattern or by other means), and what is set. */
export type Patched = { readonly apiVersion: string; readonly kind: string; readonly name: string | undefined; readonly sets: Mapping }

/** Entries of a kustomization that patch, in the order in which kustomize takes them. */
export function patchEntries(kustomization: Mapping): readonly unknown[] {
  return [
    ...listOf(kustomization['patchesStrategicMerge']).map(merging),
    ...listOf(kustomization['patches']),
    ...listOf(kustomization['patchesJson6902']),
  ]
}

/** An entry of `patchesStrategicMerge` as one of `patches`. */
export function merging(entry: unknown): Mapping {
  if (typeof entry !== 'string') return { patch: JSON.stringify(entry) }
  return entry.includes('\n') ? { patch: entry } : { path: entry }
}

/** What the documents of an entry patch, its paths read by `textOf`. */
export function patchedBy(entry: unknown, textOf: (path: string) => string | undefined): readonly Patched[] {
  if (!isMapping(entry)) return []
  const target = isMapping(entry['target']) ? entry['target'] : {}
  return patchValues(entry, textOf).flatMap((value) => {
    const own = isMapping(value) ? value : {}
    const sets = Array.isArray(value) ? setBy(value) : own
    const kind = target['kind'] ?? own['kind']
    if (typeof kind !== 'string') return []
    const version = [target['group'], target['version'] ?? 'v1'].filter((part) => typeof part === 'string' && part !== '').join('/')
    const apiVersion = typeof own['apiVersion'] === 'string' ? own['apiVersion'] : version
    return [{ apiVersion, kind, name: nameIn(target, own), sets }]
  })
}

/** Whether an object that came out may be the one: kustomize may have put something before or behind a name. */
export function isMeant({ kind, name }: ResourceId, patched: Patched): boolean {
  return kind === patched.kind && (patched.name === undefined || name.includes(patched.name))
}

function nameIn(target: Mapping, { metadata }: Mapping): string | undefined {
  const name = Object.keys(target).length > 0 ? target['name'] : isMapping(metadata) ? metadata['name'] : undefined
  return typeof name === 'string' && /^[\w.-]+$/.test(name) ? name : undefined
}

/** The documents that an entry of a kustomization says, in place or in its file. */
export function patchValues({ path, patch }: Mapping, textOf: (path: string) => string | undefined): readonly unknown[] {
  const text = typeof patch === 'string' ? patch : typeof path === 'string' ? textOf(path) : undefined
  return text === undefined ? [] : parseYaml(text).map(({ value }) => value)
}

/** What the operations of a JSON Patch set, in an object that has nothing else. */
function setBy(operations: readonly unknown[]): Mapping {
  return operations.reduce<Mapping>((object, operation) => {
    if (!isMapping(operation) || typeof operation['path'] !== 'string' || !/^(?:add|replace)$/.test(String(operation['op']))) return object
    const set = withValue(object, segmentsOf(operation['path']), operation['value'])
    return isMapping(set) ? set : object
  }, {})
}

/** Longer lists are nobody's: the number comes from the patch. */
const longestList = 100

function withValue(node: unknown, segments: readonly string[], value: unknown): unknown {
  const [key, ...rest] = segments
  if (key === undefined) return value
  if (key !== '-' && !/^\d+$/.test(key))
    return { ...(isMapping(node) ? node : {}), [key]: withValue(isMapping(node) ? node[key] : undefined, rest, value) }
  const list = [...listOf(node)]
  const at = key === '-' ? list.length : Math.min(Number(key), longestList)
  while (list.length <= at) list.push(rest.length === 0 ? {} : { name: `number ${list.length + 1}` })
  list[at] = withValue(list[at], rest, value)
  return list
}

/** The same request, in which a patch need not find its object: with a target it changes what is there, without one it must find it. */
export function lenient(request: KustomizeRequest): KustomizeRequest {
  const texts = new Map(request.files.map(({ path, bytes }) => [path, bytes]))
  const textOf = (path: string) => {
    const bytes = texts.get(path)
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
  }
  return { ...request, files: request.files.map((file) => (isKustomizationName(file.path) ? withTargets(file, textOf) : file)) }
}

function withTargets(file: EngineFile, textOf: (path: string) => string | undefined): EngineFile {
  const [document] = parseYaml(new TextDecoder().decode(file.bytes))
  if (document === undefined || !isMapping(document.value)) return file
  const entries = patchEntries(document.value)
  if (entries.length === 0) return file
  const patches = entries.flatMap((entry) => withTarget(entry, (path) => textOf(posix.join(folderOf(file.path), path))))
  const { patchesStrategicMerge: _merged, patchesJson6902: _operations, ...rest } = document.value
  return { ...file, bytes: new TextEncoder().encode(JSON.stringify({ ...rest, patches })) }
}

/** One entry for each document of a patch without a target, with the target that its object is. */
function withTarget(entry: unknown, textOf: (path: string) => string | undefined): readonly unknown[] {
  if (!isMapping(entry) || isMapping(entry['target'])) return [entry]
  const { path: _, ...options } = entry
  return patchValues(entry, textOf).map((value) => {
    const { kind, metadata } = isMapping(value) ? value : {}
    const name = isMapping(metadata) ? String(metadata['name']).replaceAll('.', '\\.') : ''
    return { ...options, patch: JSON.stringify(value), target: { kind, name } }
  })
}
