// A plain folder, a single file or standard input as a tree.

import { hash } from 'node:crypto'
import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FileKind, Tree, TreeFile } from '../change/tree.ts'
import { UserError } from '../errors.ts'
import { largestBlob } from './git-objects.ts'

/** Never part of what a team applies. */
const leftOut: ReadonlySet<string> = new Set(['.git', 'node_modules'])
const mostFiles = 500_000

/** The tree of a folder or file; `prefix` is put before the paths, so that what is printed opens in an editor. Links are listed and not followed. */
export function folderTree(folder: string, prefix = '', revision = folder): Tree {
  const files: TreeFile[] = []
  const root = resolve(folder)
  const status = statusOf(root, folder)
  if (status.isDirectory()) walk(root, '', files)
  else files.push({ path: '', kind: 'file' })
  const named = (path: string) => (prefix === '' ? path : path === '' ? prefix : `${prefix}/${path}`)
  const places = new Map(files.map(({ path, kind }) => [named(path), { place: path === '' ? root : join(root, path), kind }]))
  const contents = new Map<string, Uint8Array>()
  const read = (path: string) => {
    const found = places.get(path)
    if (found?.kind !== 'file') return undefined
    const bytes = contents.get(path) ?? readFileSync(found.place)
    contents.set(path, bytes)
    return bytes
  }
  return {
    revision,
    files: files.map(({ path, kind }) => ({ path: named(path), kind })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    read,
    identify: (path) => hash('sha1', read(path) ?? new Uint8Array(), 'hex'),
  }
}

/** Standard input as a tree of one file. */
export function inputTree(): Tree {
  const bytes = readFileSync(0)
  const path = 'stdin.yaml'
  return {
    revision: 'standard input',
    files: [{ path, kind: 'file' }],
    read: (asked) => (asked === path ? bytes : undefined),
    identify: () => path,
  }
}

/** Several trees as one; of a path that two hold the first counts. */
export function joinTrees(trees: readonly Tree[], revision: string): Tree {
  const owners = new Map<string, Tree>()
  const files: TreeFile[] = []
  for (const tree of trees) {
    for (const file of tree.files) {
      if (owners.has(file.path)) continue
      owners.set(file.path, tree)
      files.push(file)
    }
  }
  return {
    revision,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: (path) => owners.get(path)?.read(path),
    identify: (path) => owners.get(path)?.identify(path) ?? '',
  }
}

function walk(folder: string, prefix: string, files: TreeFile[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (entry.isDirectory()) {
      if (!leftOut.has(entry.name)) walk(join(folder, entry.name), path, files)
      continue
    }
    const kind = kindOf(entry, join(folder, entry.name))
    if (kind !== undefined) files.push({ path, kind })
    if (files.length > mostFiles)
      throw new UserError(`${folder} holds more than ${mostFiles} files`, 'Name the folders that hold manifests.')
  }
}

function kindOf(entry: Dirent, place: string): FileKind | undefined {
  if (entry.isSymbolicLink()) return 'symlink'
  if (!entry.isFile()) return undefined
  return lstatSync(place).size > largestBlob ? 'missing' : 'file'
}

function statusOf(root: string, folder: string) {
  try {
    return lstatSync(root)
  } catch (thrown) {
    throw new UserError(`there is no file or folder ${folder}`, 'Name one that exists, or "-" for standard input.', { cause: thrown })
  }
}
