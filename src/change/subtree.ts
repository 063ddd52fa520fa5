// A part of a change: what lies below one folder, with its paths as they are.

import type { Change } from './change.ts'
import type { Diff } from './diff.ts'
import type { Tree } from './tree.ts'

/** The change with only what lies below `folder` (no slash at its end; empty for all). The policy tree stays whole. */
export function changeBelow(change: Change, folder: string): Change {
  if (folder === '') return change
  return { ...change, base: treeBelow(change.base, folder), head: treeBelow(change.head, folder), diff: diffBelow(change.diff, folder) }
}

/** The tree with only what lies below `folder`. */
export function treeBelow(tree: Tree, folder: string): Tree {
  if (folder === '') return tree
  const files = tree.files.filter(({ path }) => isBelow(path, folder))
  return {
    revision: tree.revision,
    files,
    read: (path) => (isBelow(path, folder) ? tree.read(path) : undefined),
    identify: (path) => (isBelow(path, folder) ? tree.identify(path) : ''),
  }
}

/** A file that moves in from elsewhere is a new one here, one that moves out is gone. */
function diffBelow(diff: Diff, folder: string): Diff {
  return {
    files: diff.files.flatMap((file) => {
      const { previousPath, ...rest } = file
      if (isBelow(file.path, folder)) return previousPath === undefined || isBelow(previousPath, folder) ? [file] : [rest]
      return previousPath !== undefined && isBelow(previousPath, folder)
        ? [{ status: 'deleted' as const, path: previousPath, hunks: [] }]
        : []
    }),
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
