// Files that were fetched, put into a tree beside those that it has.

import { hash } from 'node:crypto'
import { sortedByPath, type Tree, type TreeFile } from '../change/tree.ts'
import type { FileMap } from './archive.ts'

/** The folder below which what has no place of its own is put. */
export const store = '.plimsoll/fetched'

/** A tree with further files; one at a path that the tree has takes its place. */
export function withFiles(tree: Tree, files: FileMap): Tree {
  if (files.size === 0) return tree
  let listed: readonly TreeFile[] | undefined
  return {
    revision: tree.revision,
    // A render asks for single paths: the list of a large tree is not made for each target.
    get files() {
      const added = [...files.keys()].map((path): TreeFile => ({ path, kind: 'file' }))
      listed ??= sortedByPath([...tree.files.filter(({ path }) => !files.has(path)), ...added])
      return listed
    },
    expect: tree.expect,
    read: (path) => files.get(path) ?? tree.read(path),
    identify: (path) => {
      const bytes = files.get(path)
      return bytes === undefined ? tree.identify(path) : `fetched ${hash('sha256', bytes, 'hex')}`
    },
  }
}
