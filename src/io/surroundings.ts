// What lies around a folder that is scanned: bases, charts and objects of the repository that it names.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { baseName, formOf, isKustomizationName } from '../discover/filename.ts'
import { folderTree } from './folder-tree.ts'
import { openTree, prefixOf } from './open-tree.ts'

/** What `scan` was told to look at: the tree, and the folder of it that is meant; empty where that is all of it. */
export type Scanned = { readonly tree: Tree; readonly below: string }

/**
 * The paths that were named. One folder is seen within the current one, where that is part of a git repository and the folder leads out of itself; else it is seen alone, which is
 * quicker.
 */
export function openScanned(named: { readonly directory: string; readonly paths: readonly string[] }): Scanned {
  const { directory, paths } = named
  const tree = openTree(named)
  const [path, ...others] = paths
  if (path === undefined || path === '-' || others.length > 0) return { tree, below: '' }
  const below = prefixOf(directory, path)
  const isInside = below !== '' && below !== '..' && !below.startsWith('../') && !below.startsWith('/')
  if (!isInside || !isInRepository(directory) || !tree.files.some((file) => leadsOut(tree, file))) return { tree, below: '' }
  return { tree: { ...folderTree(directory, '', path), identify: (name) => name }, below }
}

/** Whether a file may name what lies outside of its folder: a base, a chart, what an object of Argo CD or Flux speaks of. */
function leadsOut(tree: Tree, { path, kind }: Tree['files'][number]): boolean {
  if (kind !== 'file' || formOf(path) !== 'yaml') return false
  const bytes = tree.read(path)
  if (bytes === undefined) return false
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isKustomizationName(path) || ['Chart.yaml', 'requirements.yaml'].includes(baseName(path))) return text.includes('../')
  return text.includes('argoproj.io/') || text.includes('.toolkit.fluxcd.io/')
}

function isInRepository(directory: string): boolean {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true
    if (dirname(folder) === folder) return false
  }
}
