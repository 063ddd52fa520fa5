// Trees of a git repository: a revision, the index, or the working folder; nothing is checked out.

import { hash } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathOfBytes } from '../change/patch.ts'
import type { FileKind, Tree, TreeFile } from '../change/tree.ts'
import { formOf } from '../discover/filename.ts'
import { git } from './git.ts'
import { largestBlob, missingObjects, readBlobs } from './git-objects.ts'

/** A repository, with the blobs that were read already: base and head share them. */
export type Repository = { readonly directory: string; readonly blobs: Map<string, Uint8Array> }

type Entry = { readonly path: string; readonly mode: string; readonly id: string; readonly size: number }

/** The tree of a commit. */
export function commitTree(repository: Repository, commit: string, revision: string): Tree {
  const entries = records(git(repository.directory, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit])).map(({ head, path }) => {
    const [mode = '', , id = '', size = ''] = head.split(/\s+/)
    return { path, mode, id, size: Number(size) || 0 }
  })
  return treeOf(repository, entries, { revision, missing: missingObjects(repository.directory, commit) })
}

/** What the next commit would hold. */
export function stagedTree(repository: Repository): Tree {
  const entries = records(git(repository.directory, ['ls-files', '-s', '-z', '--full-name', ':/'])).map(({ head, path }) => {
    const [mode = '', id = ''] = head.split(' ')
    return { path, mode, id, size: 0 }
  })
  return treeOf(repository, entries, { revision: 'staged', missing: new Set() })
}

/** The working folder: tracked files and new ones that are not ignored, read as they lie there; no filter runs. */
export function worktreeTree(top: string): Tree {
  const out = git(top, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  const algorithm = git(top, ['rev-parse', '--show-object-format']).toString().trim() === 'sha256' ? 'sha256' : 'sha1'
  const names = [...new Set(out.toString('latin1').split('\0'))].filter((name) => name !== '').sort()
  const files: TreeFile[] = []
  const disk = new Map<string, Buffer>()
  for (const name of names) {
    const raw = Buffer.from(name, 'latin1')
    const kind = kindOnDisk(top, raw)
    if (kind === undefined) continue
    const path = pathOfBytes(raw)
    files.push({ path, kind })
    if (kind === 'file') disk.set(path, Buffer.concat([Buffer.from(`${top}/`), raw]))
  }
  const contents = new Map<string, Uint8Array>()
  const read = (path: string) => {
    const place = disk.get(path)
    if (place === undefined) return undefined
    const bytes = contents.get(path) ?? readFileSync(place)
    contents.set(path, bytes)
    return bytes
  }
  // The id that git would give the file as it lies there, so that equal files of a commit and the folder are known as equal.
  const identify = (path: string) => {
    const bytes = read(path) ?? new Uint8Array()
    return hash(algorithm, Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]), 'hex')
  }
  return { revision: 'worktree', files: sorted(files), read, identify }
}

function treeOf(
  repository: Repository,
  entries: readonly Entry[],
  about: { readonly revision: string; readonly missing: ReadonlySet<string> },
): Tree {
  const kindOf = ({ mode, id, size }: Entry): FileKind => {
    if (mode === '160000') return 'submodule'
    if (mode === '120000') return 'symlink'
    return about.missing.has(id) || size > largestBlob ? 'missing' : 'file'
  }
  const files = entries.map((entry) => ({ path: entry.path, kind: kindOf(entry) }))
  const ids = new Map(entries.map((entry) => [entry.path, entry.id]))
  const readable = new Set(files.filter(({ kind }) => kind === 'file').map(({ path }) => path))
  readBlobs(
    repository.directory,
    entries.filter(({ path }) => readable.has(path) && isWanted(path)).map(({ id }) => id),
    repository.blobs,
  )
  return {
    revision: about.revision,
    files: sorted(files),
    identify: (path) => ids.get(path) ?? '',
    read: (path) => {
      const id = ids.get(path)
      if (id === undefined || !readable.has(path)) return undefined
      if (!repository.blobs.has(id)) readBlobs(repository.directory, [id], repository.blobs)
      return repository.blobs.get(id)
    },
  }
}

/** Files that are read at once, since something will ask for them. */
function isWanted(path: string): boolean {
  return formOf(path) !== 'other' || path === '.plimsollignore'
}

function kindOnDisk(top: string, raw: Buffer): FileKind | undefined {
  try {
    const status = lstatSync(Buffer.concat([Buffer.from(`${top}/`), raw]))
    if (status.isSymbolicLink()) return 'symlink'
    if (status.isDirectory()) return 'submodule'
    if (!status.isFile() || leadsThroughLink(top, raw)) return undefined
    return status.size > largestBlob ? 'missing' : 'file'
  } catch {
    // Tracked, but deleted in the working folder: it is not part of this tree.
    return undefined
  }
}

/** Whether a folder above the file is a link, which would lead out of the tree. */
function leadsThroughLink(top: string, raw: Buffer): boolean {
  const parts = raw.toString('latin1').split('/').slice(0, -1)
  return parts.some((_, at) => lstatSync(Buffer.from(join(top, parts.slice(0, at + 1).join('/')), 'latin1')).isSymbolicLink())
}

/** Records of `head<tab>path`, each ended by a NUL. */
function records(out: Buffer): readonly { readonly head: string; readonly path: string }[] {
  const found: { head: string; path: string }[] = []
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(0, at)
    const tab = out.indexOf(9, at)
    found.push({ head: out.toString('latin1', at, tab), path: pathOfBytes(out.subarray(tab + 1, end)) })
    at = end + 1
  }
  return found
}

function sorted(files: readonly TreeFile[]): readonly TreeFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
