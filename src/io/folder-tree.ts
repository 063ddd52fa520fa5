// A plain folder or a single file as a tree.

import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathOfBytes } from '../change/path.ts'
import { largestFile, sortedByPath, type Tree, type TreeFile } from '../change/tree.ts'
import { UserError } from '../errors.ts'
import { blobId, idOnDisk, lookAt, readPlain } from './disk.ts'

/** Never part of what a team applies, so no part of the tree. */
const leftOut: ReadonlySet<string> = new Set(['.git', 'node_modules'])
const mostFiles = 500_000

/**
 * The tree of a folder or file; `prefix` is put before the paths, so that what is printed opens in an editor. Links are listed and not followed, but for the named place itself. A
 * folder that cannot be opened is listed as a file that cannot be read. Throws a UserError where nothing is there, or far too much.
 */
export function folderTree(folder: string, prefix = '', revision = folder): Tree {
  const root = resolve(folder)
  const status = statusOf(root, revision)
  if (!status.isDirectory()) return fileTree(root, { prefix, revision, status })
  const found = walk(Buffer.from(root), revision)
  const named = new Map(found.map((file) => [prefix === '' ? file.path : `${prefix}/${file.path}`, file]))
  const contents = new Map<string, Uint8Array | undefined>()
  const ids = new Map<string, string>()
  const read = (path: string) => {
    const file = named.get(path)
    if (file?.kind !== 'file') return undefined
    if (!contents.has(path)) contents.set(path, readPlain(file.place))
    return contents.get(path)
  }
  const identify = (path: string) => {
    const file = named.get(path)
    const bytes = file === undefined ? undefined : read(path)
    const id = ids.get(path) ?? (bytes !== undefined ? blobId(bytes) : file === undefined ? '' : idOnDisk(file.place, file.kind))
    ids.set(path, id)
    return id
  }
  return { revision, files: sortedByPath([...named].map(([path, { kind }]) => ({ path, kind }))), read, identify }
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
    files: sortedByPath(files),
    read: (path) => owners.get(path)?.read(path),
    identify: (path) => owners.get(path)?.identify(path) ?? '',
  }
}

type Found = TreeFile & { readonly place: Buffer }
const slash = Buffer.from('/')

function walk(root: Buffer, shown: string): readonly Found[] {
  const found: Found[] = []
  const open: { readonly place: Buffer; readonly name: Buffer }[] = [{ place: root, name: Buffer.alloc(0) }]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = entriesOf(folder.place)
    if (entries === undefined) found.push({ path: pathOfBytes(folder.name), kind: 'file', place: folder.place })
    for (const entry of entries ?? []) {
      const place = Buffer.concat([folder.place, slash, entry.name])
      const name = folder.name.length === 0 ? entry.name : Buffer.concat([folder.name, slash, entry.name])
      const kind = entry.isDirectory() ? 'folder' : lookAt(place)
      if (kind === 'folder') {
        if (!leftOut.has(entry.name.toString('latin1'))) open.push({ place, name })
      } else if (kind !== undefined && kind !== 'other') found.push({ path: pathOfBytes(name), kind, place })
    }
    if (found.length > mostFiles)
      throw new UserError(`${shown} holds more than ${mostFiles} files`, 'Name the folders that hold manifests.')
  }
  return found
}

function entriesOf(place: Buffer): readonly Dirent<Buffer>[] | undefined {
  try {
    return readdirSync(place, { withFileTypes: true, encoding: 'buffer' })
  } catch {
    return undefined
  }
}

type About = { readonly prefix: string; readonly revision: string; readonly status: Stats }

/** A file that was named; a pipe too, as a shell makes it for `<(command)`. */
function fileTree(root: string, { prefix, revision, status }: About): Tree {
  const path = prefix === '' ? revision : prefix
  if (status.isFile() && status.size > largestFile)
    return { revision, files: [{ path, kind: 'large', isNamed: true }], read: () => undefined, identify: () => path }
  const bytes = readNamed(root, path)
  return {
    revision,
    files: [{ path, kind: 'file', isNamed: true }],
    read: (asked) => (asked === path ? bytes : undefined),
    identify: (asked) => (asked === path ? blobId(bytes) : ''),
  }
}

function readNamed(root: string, shown: string): Uint8Array {
  try {
    return readFileSync(root)
  } catch (thrown) {
    throw new UserError(`${shown} cannot be read: ${reasonOf(thrown)}`, 'Name a file that you may open, or "-" for standard input.', {
      cause: thrown,
    })
  }
}

function statusOf(root: string, folder: string): Stats {
  try {
    return statSync(root)
  } catch (thrown) {
    throw new UserError(`there is no file or folder ${folder}`, 'Name one that exists, or "-" for standard input.', { cause: thrown })
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
}
