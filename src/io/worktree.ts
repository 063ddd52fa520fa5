// The working folder as a tree: the index, and over it what was changed, deleted or made since, read as it lies there.

import { pathOfBytes } from '../change/path.ts'
import { type FileKind, sortedByPath, type Tree, type TreeFile } from '../change/tree.ts'
import { type Algorithm, idOnDisk, lookAt, readPlain } from './disk.ts'
import { git, tryGit } from './git.ts'
import type { Repository } from './git-objects.ts'
import { headOf, indexEntries, treeOf, type Wanted } from './git-tree.ts'

/**
 * Tracked files and new ones that are not ignored. A file that git knows to be untouched is taken from the index: so line ends that git converts, encrypted and large-file contents are
 * no change. Links are not followed, nor is anything below a linked folder.
 */
export function worktreeTree(repository: Repository, top: string, wanted: Wanted): Tree {
  const entries = indexEntries(top)
  const touched = touchedIn(top)
  const links = linkedFolders(top, [...entries.map(({ raw }) => raw), ...touched.values()])
  const kept = entries.filter(({ raw, isSettled }) => isSettled && !touched.has(keyOf(raw)) && !isBelow(raw, links))
  const tracked = treeOf(repository, kept, { revision: 'worktree', wanted, commit: headOf(repository) })
  const submodules = new Set(entries.filter(({ mode }) => mode === '160000').map(({ raw }) => keyOf(raw)))
  const disk = new Map<string, OnDisk>()
  for (const raw of [...touched.values(), ...[...links].map((link) => Buffer.from(link, 'latin1'))]) {
    const found = isBelow(raw, links) ? undefined : onDisk(top, raw, submodules)
    if (found !== undefined) disk.set(pathOfBytes(found.raw), found)
  }
  return overlaid(tracked, disk, () => (oidFormat(top) === 'sha256' ? 'sha256' : 'sha1'))
}

const slash = 0x2f

type OnDisk = { readonly raw: Buffer; readonly place: Buffer; readonly kind: FileKind }

function overlaid(tracked: Tree, disk: ReadonlyMap<string, OnDisk>, algorithm: () => Algorithm): Tree {
  const contents = new Map<string, Uint8Array | undefined>()
  const ids = new Map<string, string>()
  const read = (path: string, { place, kind }: OnDisk) => {
    if (kind === 'file' && !contents.has(path)) contents.set(path, readPlain(place))
    return contents.get(path)
  }
  const identify = (path: string, { place, kind }: OnDisk) => {
    const id = ids.get(path) ?? idOnDisk(place, kind, algorithm())
    ids.set(path, id)
    return id
  }
  const files: TreeFile[] = [...disk].map(([path, { kind }]) => ({ path, kind }))
  const over = <Value>(path: string, one: (path: string, own: OnDisk) => Value, other: (path: string) => Value) => {
    const own = disk.get(path)
    return own === undefined ? other(path) : one(path, own)
  }
  return {
    revision: tracked.revision,
    files: sortedByPath([...tracked.files.filter(({ path }) => !disk.has(path)), ...files]),
    expect: tracked.expect,
    read: (path) => over(path, read, tracked.read),
    identify: (path) => over(path, identify, tracked.identify),
  }
}

/** What differs from the index or is being merged: changed, deleted and new files. A repository inside this one ends with a slash. */
function touchedIn(top: string): ReadonlyMap<string, Buffer> {
  const filters = filtersOff(top)
  const tracked = filters === undefined ? ['--cached'] : ['--modified', '--deleted']
  const out = git(top, [...(filters ?? []), 'ls-files', '-z', ...tracked, '--others', '--exclude-standard'])
  const names = new Map<string, Buffer>()
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(0, at)
    const raw = out.subarray(at, end)
    names.set(keyOf(raw), raw)
    at = end + 1
  }
  return names
}

/** Git runs a configured filter to tell whether a file was changed, unless it is configured away; undefined where a name does not allow that. */
function filtersOff(top: string): readonly string[] | undefined {
  const { out } = tryGit(top, ['config', '-z', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|process|smudge|required)$'])
  const names = new Set(
    out
      .toString('utf8')
      .split('\0')
      .filter((key) => key !== '')
      .map((key) => key.slice('filter.'.length, key.lastIndexOf('.'))),
  )
  if ([...names].some((name) => /[=\n]|�/.test(name))) return undefined
  return [...names].flatMap((name) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((word) => ['-c', `filter.${name}.${word}`]),
  )
}

/** Folders on the way to a tracked or new file that are links, which would lead out of the tree. */
function linkedFolders(top: string, names: readonly Buffer[]): ReadonlySet<string> {
  const links = new Set<string>()
  const seen = new Set<string>([''])
  const look = (folder: string) => {
    if (seen.has(folder)) return
    seen.add(folder)
    look(folderOf(folder))
    if (!isBelow(Buffer.from(folder, 'latin1'), links) && lookAt(placeOf(top, Buffer.from(folder, 'latin1'))) === 'symlink')
      links.add(folder)
  }
  for (const raw of names) look(folderOf(keyOf(raw)))
  return links
}

function isBelow(raw: Buffer, links: ReadonlySet<string>): boolean {
  if (links.size === 0) return false
  for (let folder = folderOf(keyOf(raw)); folder !== ''; folder = folderOf(folder)) if (links.has(folder)) return true
  return false
}

function onDisk(top: string, name: Buffer, submodules: ReadonlySet<string>): OnDisk | undefined {
  const isNested = name.at(-1) === slash
  const raw = isNested ? name.subarray(0, -1) : name
  const place = placeOf(top, raw)
  const kind = lookAt(place)
  // A pipe or socket is no content, and a folder in the place of a file is listed by what it holds.
  if (kind === undefined || kind === 'other') return undefined
  if (kind !== 'folder') return { raw, place, kind }
  return isNested || submodules.has(keyOf(raw)) ? { raw, place, kind: 'submodule' } : undefined
}

function oidFormat(top: string): string {
  return git(top, ['rev-parse', '--show-object-format']).toString('latin1').trim()
}

function placeOf(top: string, raw: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${top}/`), raw])
}

function keyOf(raw: Buffer): string {
  return raw.toString('latin1')
}

function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')))
}
