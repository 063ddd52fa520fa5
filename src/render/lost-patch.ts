// The patch that a build failed at: its object is not there any more, or not as the patch says it has to be.

import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Tree } from '../change/tree.ts'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import type { KustomizationTarget } from '../discover/target.ts'
import { locateIn } from '../resource/locate.ts'
import { isMapping, listOf } from '../resource/read.ts'
import { valueAt } from '../text/pointer.ts'
import { plain } from '../yaml/change.ts'
import { parseYaml } from '../yaml/parse.ts'
import { textAt } from './files.ts'
import { type Entry, entriesIn, kustomizationAt, patchFields } from './kustomization-entry.ts'
import { merging, type Patched, patchedBy, patchValues } from './patch.ts'

export type LostPatch = { readonly file: string; readonly line: number; readonly message: string }

/** The entry that a message of kustomize is about, and the message with the object's name in it; undefined where neither a file of the target nor its root has such an entry. */
export function lostPatch(message: string, target: KustomizationTarget, tree: Tree): LostPatch | undefined {
  const own = target.covers
    .filter(isKustomizationName)
    .flatMap((path) => kustomizationAt(path, tree) ?? [])
    .flatMap((kustomization) => entriesIn(kustomization, patchFields))
  const added = target.overlay.filter(({ field, at }) => field === 'patches' && at.document.rendering === undefined)
  const written = [...own, ...added].map((entry) => writtenIn(entry, tree))
  const [, kind, name] = /strategic merge patch "(\w+)\.[^"/]*\/([\w.-]+)\.\[/.exec(message) ?? []
  if (kind !== undefined) {
    const merged = written.find(({ patched }) => patched.some((one) => one.kind === kind && one.name === name))
    return merged === undefined ? undefined : { ...placeOf(merged), message }
  }
  const [, path] = /(?:testing value |path: '?)(\/[^\s':]*)/.exec(message) ?? []
  const [first, ...others] = path === undefined ? [] : written.filter(({ operations }) => operations.some((one) => one.path === path))
  if (first === undefined) return undefined
  const lost = others.length === 0 ? first : ([first, ...others].find((one) => !holds(one, target, tree)) ?? first)
  const [of] = lost.patched
  return { ...placeOf(lost), message: of?.name === undefined ? message : `a patch does not fit ${of.kind} ${of.name} any more: ${message}` }
}

type Operation = { readonly op: unknown; readonly path: unknown; readonly value: unknown }
type Written = { readonly entry: Entry; readonly patched: readonly Patched[]; readonly operations: readonly Operation[] }

function writtenIn(entry: Entry, tree: Tree): Written {
  const textOf = (path: string) => textAt(tree, posix.join(folderOf(entry.at.document.path), path))
  const value = entry.field === 'patchesStrategicMerge' ? merging(entry.value) : entry.value
  const operations = (isMapping(value) ? patchValues(value, textOf) : [])
    .flatMap(listOf)
    .filter(isMapping)
    .map(({ op, path, value: wanted }): Operation => ({ op, path, value: wanted }))
  return { entry, patched: patchedBy(value, textOf), operations }
}

function placeOf({ entry: { at } }: Written): { readonly file: string; readonly line: number } {
  return { file: at.document.path, line: locateIn(at.document, at.pointer).range.start.line }
}

/** Whether the object, as a file has it, is what the operations test it to be. */
function holds({ patched: [of], operations }: Written, { covers }: KustomizationTarget, tree: Tree): boolean {
  const tests = operations.filter(({ op }) => op === 'test')
  const objects = covers
    .filter((path) => !isKustomizationName(path) && textAt(tree, path)?.includes(of?.name ?? '') === true)
    .flatMap((path) => parseYaml(textAt(tree, path) ?? ''))
    .filter(({ value }) => valueAt(value, '/kind') === of?.kind && valueAt(value, '/metadata/name') === of?.name)
  return objects.some(({ value }) => tests.every((test) => isDeepStrictEqual(plain(valueAt(value, String(test.path))), plain(test.value))))
}
