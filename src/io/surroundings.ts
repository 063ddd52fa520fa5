// What lies around a folder that is scanned: bases, charts and objects of the repository that it names.

import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isBelow } from '../change/subtree.ts'
import type { Tree } from '../change/tree.ts'
import { baseName, formOf, isKustomizationName } from '../discover/filename.ts'
import { folderTree } from './folder-tree.ts'
import { openTree, pathFrom, prefixOf, uncompared } from './open-tree.ts'

/** What `scan` or `fix` was told to look at. */
export type Scanned = {
  readonly tree: Tree
  /** The folder of the tree that is meant; empty where that is all of it. */
  readonly below: string
  /** The folder on disk that paths of the tree are written from. */
  readonly root: string
  /** How the tree calls a file or folder that a person names. */
  readonly pathOf: (name: string) => string
}

/**
 * The paths that were named, the current folder where there are none. One folder that leads out of itself is seen within the git repository that it is part of, with paths from the
 * repository's root; all else is seen alone, which is quicker.
 */
export function openScanned({ directory, paths }: { readonly directory: string; readonly paths: readonly string[] }): Scanned {
  const tree = openTree({ directory, paths })
  const alone: Scanned = { tree, below: '', root: directory, pathOf: (name) => prefixOf(directory, name) }
  const [path = '.', ...others] = paths
  if (path === '-' || others.length > 0) return alone
  // Within the repository links are not followed, so a named link is seen where it leads.
  const here = realpathSync(directory)
  const place = realpathSync(resolve(here, path))
  const root = repositoryAround(place)
  if (root === undefined || root === place) return alone
  const prefix = prefixOf(directory, path)
  if (!tree.files.some((file) => leadsOut(tree, file, prefix))) return alone
  const [below, whole] = [pathFrom(root, place), folderTree(root, '', path)]
  if (!whole.files.some((file) => isBelow(file.path, below))) return alone
  return { tree: uncompared(whole), below, root, pathOf: (name) => pathFrom(root, resolve(here, name)) }
}

/** A file or folder that is there, as the tree calls it; any other word as it is: the name of a target. */
export function calledInTree(word: string, { directory, pathOf }: Pick<Scanned, 'pathOf'> & { readonly directory: string }): string {
  return existsSync(resolve(directory, word)) ? pathOf(word) : word
}

/** Whether a file may name what lies outside of `folder`: a base, a chart, what an object of Argo CD or Flux speaks of. */
function leadsOut(tree: Tree, { path, kind }: Tree['files'][number], folder: string): boolean {
  if (kind !== 'file' || formOf(path) !== 'yaml') return false
  const bytes = tree.read(path)
  if (bytes === undefined) return false
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isNaming = isKustomizationName(path) || ['Chart.yaml', 'requirements.yaml'].includes(baseName(path))
  if (!isNaming) return text.includes('argoproj.io/') || text.includes('.toolkit.fluxcd.io/')
  const depth = path.slice(folder === '' ? 0 : folder.length + 1).split('/').length - 1
  return text.includes('..') && [...text.toString('utf8').matchAll(upwards)].some(([steps]) => steps.split('..').length - 1 > depth)
}

/** Steps up at the beginning of a path, or all of it. */
const upwards = /\.\.(?:\/\.\.)*(?=\/|["'\s,\]}]|$)/g

/** The root of the git repository that a file or folder lies in. */
function repositoryAround(place: string): string | undefined {
  for (let folder = place; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}
