// What the files of a tree say about each other: charts, and the kustomizations that name others.

import type { Tree } from '../change/tree.ts'
import { type Charts, chartsIn } from './chart.ts'
import type { Gap } from './classify.ts'
import { contentOf } from './content.ts'
import { folderOf, isKustomizationName } from './filename.ts'
import { isKustomization, namesIn, type Role } from './kustomization.ts'
import type { Memo } from './memo.ts'

/** How a file is used, and by which kustomization. */
export type Use = { readonly role: Role; readonly by: string }

export type Surroundings = {
  readonly charts: Charts
  /** By path; the use that shows most of the file wins: as an object before as a patch before as other input. */
  readonly uses: ReadonlyMap<string, Use>
  /** By path of the kustomization. */
  readonly gaps: ReadonlyMap<string, readonly Gap[]>
}

const weight: Readonly<Record<Role, number>> = { resource: 3, patch: 2, values: 1, input: 0 }

/** Reads the kustomizations that are `wanted` and notes what they name. */
export function surroundingsOf(tree: Tree, wanted: (path: string) => boolean, memo: Memo): Surroundings {
  const present = new Set(tree.files.map(({ path }) => path))
  const folders = foldersOf(present)
  const uses = new Map<string, Use>()
  const gaps = new Map<string, readonly Gap[]>()
  for (const { path: by } of tree.files.filter(({ path }) => isKustomizationName(path) && wanted(path))) {
    const names = namesAt(tree, by, memo)
    const lost: string[] = []
    for (const { role, path } of names.flatMap(({ references }) => references)) {
      if (present.has(path)) note(uses, path, { role, by })
      else if (!folders.has(path)) lost.push(path)
    }
    const remote = names.flatMap((name) => name.remote)
    const inline = names.reduce((sum, name) => sum + name.inline, 0)
    gaps.set(by, gapsOf({ remote, lost, inline }))
  }
  return { charts: chartsIn(present), uses, gaps }
}

/** What a kustomization adds that nobody looks at: objects from elsewhere, patches in place. A path that leads nowhere adds nothing. */
function gapsOf({
  remote,
  lost,
  inline,
}: {
  readonly remote: readonly string[]
  readonly lost: readonly string[]
  readonly inline: number
}): readonly Gap[] {
  const unseen = [...remote, ...lost]
  const more = unseen.length > 3 ? ` and ${unseen.length - 3} more` : ''
  const detail = unseen.length === 0 ? {} : { detail: `not looked at: ${unseen.slice(0, 3).join(', ')}${more}` }
  const own: Gap = { reason: 'kustomization', attention: remote.length > 0, ...detail }
  if (inline === 0) return [own]
  return [own, { reason: 'kustomize-patch', attention: true, detail: `${inline} ${inline === 1 ? 'patch' : 'patches'} in place` }]
}

function namesAt(tree: Tree, path: string, memo: Memo) {
  const content = contentOf(tree, path, memo)
  if (content?.kind !== 'documents') return []
  return content.documents.flatMap(({ yaml }) => (isKustomization(yaml.value, true) ? [namesIn(path, yaml.value)] : []))
}

function note(uses: Map<string, Use>, path: string, use: Use): void {
  const known = uses.get(path)
  if (known === undefined || weight[known.role] < weight[use.role]) uses.set(path, use)
}

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>([''])
  for (const path of paths) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder)
  }
  return folders
}
