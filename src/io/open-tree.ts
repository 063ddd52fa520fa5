// Opens what `scan` was told to look at.

import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderTree, joinTrees } from './folder-tree.ts'
import { inputTree } from './input.ts'

/** The tree of `scan`: files and folders (the current one where none is named), `-` for standard input. Paths read as they were written. */
export function openTree({ directory, paths }: { readonly directory: string; readonly paths: readonly string[] }): Tree {
  if (paths.length === 0) return uncompared(folderTree(directory, '', '.'))
  const trees = [...new Set(paths)].map((path) =>
    path === '-' ? inputTree() : folderTree(resolve(directory, path), prefixOf(directory, path), path),
  )
  return uncompared(trees.length === 1 && trees[0] !== undefined ? trees[0] : joinTrees(trees, paths.join(' ')))
}

/** A tree that is compared with no other: paths tell its files apart, so that nothing is hashed. */
export function uncompared(tree: Tree): Tree {
  return { ...tree, identify: (path) => path }
}

/** A path as it was written, without `./` and a slash at its end; nothing for the current folder. */
export function prefixOf(directory: string, path: string): string {
  return isAbsolute(path) ? resolve(path) : pathFrom(directory, resolve(directory, path))
}

/** A place on disk as a path of a tree whose paths are written from `root`. */
export function pathFrom(root: string, place: string): string {
  return relative(root, place).split(sep).join('/')
}

/** Whether a place on disk is a folder or lies in it. */
export function isInside(place: string, folder: string): boolean {
  const path = pathFrom(folder, place)
  return !isAbsolute(path) && path.split('/')[0] !== '..'
}
