// What lies between two trees, where git cannot be asked: folders, the working folder, a clone that lacks objects.

import type { Diff, FileDiff, Hunk } from './diff.ts'
import { diffLines } from './lines.ts'
import { findRenames } from './renames.ts'
import type { Tree, TreeFile } from './tree.ts'

/** Files added, deleted, modified and renamed, with their hunks; sorted by path. Links and submodules count as files without lines. */
export function diffTrees(base: Tree, head: Tree): Diff {
  const before = placesIn(base)
  const after = placesIn(head)
  const added = [...after.values()].filter(({ path }) => !before.has(path))
  const deleted = [...before.values()].filter(({ path }) => !after.has(path))
  const renames = findRenames(sideOf(base, deleted), sideOf(head, added))
  const moved = new Set(renames.values())
  const files: FileDiff[] = []
  for (const place of after.values()) {
    const { path } = place
    const same = before.get(path)
    if (same?.kind === place.kind && base.identify(path) === head.identify(path)) continue
    const previousPath = renames.get(path)
    const hunks = hunksBetween(same ?? before.get(previousPath ?? path), place)
    if (previousPath !== undefined) files.push({ status: 'renamed', path, previousPath, hunks })
    else files.push({ status: same === undefined ? 'added' : 'modified', path, hunks })
  }
  for (const place of deleted) {
    if (!moved.has(place.path)) files.push({ status: 'deleted', path: place.path, hunks: hunksBetween(place, undefined) })
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }
}

/** A path in a tree, with what it holds there. */
export type Place = TreeFile & { readonly tree: Tree }

/** The hunks between two files; undefined where there is none on that side. None for a binary file and where content is not at hand. */
function hunksBetween(base: Place | undefined, head: Place | undefined): readonly Hunk[] {
  const before = textOf(base)
  const after = textOf(head)
  return before === undefined || after === undefined ? [] : diffLines(before, after)
}

/** The places of a tree by path. */
function placesIn(tree: Tree): ReadonlyMap<string, Place> {
  return new Map(tree.files.map((file) => [file.path, { ...file, tree }]))
}

/** Byte for byte, so that lines are equal only where their bytes are; what is no file has no lines. */
function textOf(place: Place | undefined): string | undefined {
  if (place === undefined || isPointer(place)) return ''
  const bytes = place.tree.read(place.path)
  return bytes === undefined || isBinary(bytes) ? undefined : new TextDecoder('latin1').decode(bytes)
}

function sideOf(tree: Tree, places: readonly Place[]) {
  return { tree, paths: places.filter((place) => !isPointer(place)).map(({ path }) => path) }
}

/** A link or a submodule, which leads elsewhere and has no content of its own. */
function isPointer({ kind }: TreeFile): boolean {
  return kind === 'symlink' || kind === 'submodule'
}

/** As git decides it. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8_000).includes(0)
}
