// What lies around a folder that is scanned: bases, charts and objects of the repository that it names.

import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, posix, resolve } from 'node:path'
import { isBelow } from '../change/subtree.ts'
import type { Tree } from '../change/tree.ts'
import { baseName, formOf, isKustomizationName } from '../discover/filename.ts'
import { folderTree } from './folder-tree.ts'
import { isInside, openTree, pathFrom, prefixOf, uncompared } from './open-tree.ts'
import { type Named, policyFolderOf, repositoryAround } from './policy-folder.ts'

/** What `scan` or `fix` was told to look at. */
export type Scanned = {
  readonly tree: Tree
  /** The folder of the tree that is meant; empty where that is all of it. */
  readonly below: string
  /** The folder on disk that paths of the tree are written from. */
  readonly root: string
  /** How the tree calls a file or folder of the disk. */
  readonly pathOf: (place: string) => string
  /** The folder on disk whose configuration counts. */
  readonly policyFolder: string
}

/**
 * The paths that were named, the current folder where there are none. Paths are written from the current folder, or from that of the policy where this lies around it. One folder that leads out of
 * itself is seen within the git repository that it is part of, with paths from the repository's root; all else is seen alone, which is quicker.
 */
export function openScanned(named: Named): Scanned {
  const policyFolder = policyFolderOf(named)
  const { directory, paths } = namedFrom(policyFolder, named)
  const tree = openTree({ directory, paths })
  const [path = '.', ...others] = paths
  const pathAlone = (place: string) => (isAbsolute(path) ? resolve(directory, place) : pathFrom(directory, resolve(directory, place)))
  const alone: Scanned = { tree, below: '', root: directory, pathOf: pathAlone, policyFolder }
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
  return { tree: uncompared(whole), below, root, pathOf: (name) => pathFrom(root, resolve(here, name)), policyFolder }
}
/** A file or folder that is there, as the tree calls it; any other word as it is: the name of a target. */
export function calledInTree(word: string, { directory, pathOf }: Pick<Scanned, 'pathOf'> & { readonly directory: string }): string {
  const place = resolve(directory, word)
  return existsSync(place) ? pathOf(place) : word
}

/** The same from the folder of the policy, where that lies around the current one. */
function namedFrom(policyFolder: string, named: Named): Named {
  const { directory, paths } = named
  if (policyFolder === directory || !isInside(directory, policyFolder)) return named
  const inside = pathFrom(policyFolder, directory)
  const written = paths.map((path) => (path === '-' || isAbsolute(path) ? path : posix.join(inside, path)))
  return { directory: policyFolder, paths: written.length === 0 ? [inside] : written }
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
