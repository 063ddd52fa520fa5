// What is known of objects that are not there: the base that a patch means was not had, and yet the patch says something.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import type { KustomizationTarget, Missing } from '../discover/target.ts'
import { isMapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { parseYaml } from '../yaml/parse.ts'
import { textAt } from './files.ts'
import { isMeant, type Patched, patchEntries, patchedBy } from './patch.ts'
import { readOutputs } from './rendered.ts'

export type Parts = { readonly parts: readonly Resource[]; readonly missing: readonly Missing[] }

const nothing: Parts = { parts: [], missing: [] }

/** The patches of a target that mean none of its objects, each as the part of an object that it is; where nothing is missing such a patch means nothing. */
export function patchedParts(target: KustomizationTarget, resources: readonly Resource[], tree: Tree): Parts {
  if (target.missing.length === 0) return nothing
  const alone = patchesOf(target, tree).filter(({ patched }) => !resources.some(({ id }) => isMeant(id, patched)))
  const outputs = alone.map(({ patched, path }) => ({
    content: JSON.stringify(objectOf(patched)),
    path,
    by: 'kustomization' as const,
    lines: [],
  }))
  const { resources: parts } = readOutputs(target, outputs)
  if (parts.length === 0) return nothing
  const names = [...new Set(alone.map(({ patched: { kind, name = 'of any name' } }) => `${kind} ${name}`))]
  const message = `of ${listed(names)} only what ${alone.length === 1 ? 'a patch sets' : 'patches set'} was judged`
  return { parts, missing: [{ message, hint: 'The objects themselves come with what is missing.' }] }
}

type Placed = { readonly patched: Patched; readonly path: string }

function patchesOf({ covers, overlay, folder }: KustomizationTarget, tree: Tree): readonly Placed[] {
  const written = covers.filter(isKustomizationName).flatMap((path) => {
    const value = parseYaml(textAt(tree, path) ?? '')[0]?.value
    return isMapping(value) ? patchEntries(value).map((entry) => ({ entry, path, from: folderOf(path) })) : []
  })
  const added = overlay.flatMap(({ field, value, at }) =>
    field === 'patches' ? [{ entry: value, path: at.document.path, from: folder }] : [],
  )
  return [...written, ...added].flatMap(({ entry, path, from }) => {
    const file = isMapping(entry) && typeof entry['path'] === 'string' ? posix.join(from, entry['path']) : path
    return patchedBy(entry, (inside) => textAt(tree, posix.join(from, inside))).map((patched) => ({ patched, path: file }))
  })
}

function objectOf({ apiVersion, kind, name = '*', sets }: Patched): object {
  const metadata = isMapping(sets['metadata']) ? sets['metadata'] : {}
  return { ...sets, apiVersion, kind, metadata: { ...metadata, name } }
}

function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more objects`
}
