// Trees of a git repository, from its objects alone: a revision and the index; nothing is checked out.

import { pathOfBytes } from '../change/path.ts'
import { type FileKind, largestFile, sortedByPath, type Tree, type TreeFile } from '../change/tree.ts'
import { UserError } from '../errors.ts'
import { git, gitLine } from './git.ts'
import { contentOf, measure, type Repository } from './git-objects.ts'

/** A path of a commit or of the index, with its mode and object. */
export type Entry = { readonly path: string; readonly raw: Buffer; readonly mode: string; readonly id: string }

/** A path that is being merged has up to three entries, none of them settled. */
export type IndexEntry = Entry & { readonly isSettled: boolean }

/** Which files will be asked for, so that one batch reads them all; any other is read when it is asked for. */
export type Wanted = (path: string) => boolean

/** The tree of a commit. */
export function commitTree(repository: Repository, commit: string, { revision, wanted }: { revision: string; wanted: Wanted }): Tree {
  const { directory, alone } = repository
  const entries = records(git(directory, ['ls-tree', '-r', '-z', '--full-tree', commit], { alone })).map(({ head, raw }) => {
    const [mode = '', , id = ''] = head.split(' ')
    return { path: pathOfBytes(raw), raw, mode, id }
  })
  return treeOf(repository, entries, { revision, wanted, commit })
}

/** Paths of a commit that may be executed. */
export function executablesIn({ directory, alone }: Repository, commit: string): ReadonlySet<string> {
  const listing = records(git(directory, ['ls-tree', '-r', '-z', '--full-tree', commit], { alone }))
  return new Set(listing.filter(({ head }) => head.startsWith('100755 ')).map(({ raw }) => pathOfBytes(raw)))
}

/** What the next commit would hold; throws a UserError while a merge is under way. */
export function stagedTree(repository: Repository, wanted: Wanted): Tree {
  const entries = indexEntries(repository.directory)
  const open = entries.find(({ isSettled }) => !isSettled)
  if (open !== undefined)
    throw new UserError(`${open.path} is not merged yet`, 'Resolve the conflict and "git add" the file, or review --head worktree.')
  return treeOf(repository, entries, { revision: 'staged', wanted, commit: headOf(repository) })
}

/** A tree without files, for what came before the first commit. */
export function emptyTree(revision: string): Tree {
  return { revision, files: [], read: () => undefined, identify: () => '' }
}

/** The entries of the index. */
export function indexEntries(directory: string): readonly IndexEntry[] {
  return records(git(directory, ['ls-files', '--stage', '-z', '--full-name', ':/'])).map(({ head, raw }) => {
    const [mode = '', id = '', stage] = head.split(' ')
    return { path: pathOfBytes(raw), raw, mode, id, isSettled: stage === '0' }
  })
}

/** A commit that holds most of what the index names. */
export function headOf({ directory }: Repository): string | undefined {
  return gitLine(directory, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
}

type About = { readonly revision: string; readonly wanted: Wanted; readonly commit: string | undefined }

export function treeOf(repository: Repository, entries: readonly Entry[], { revision, wanted, commit }: About): Tree {
  const blobs = entries.filter(({ mode }) => isBlob(mode))
  measure(
    repository,
    blobs.map(({ id }) => id),
    commit,
  )
  const ids = new Map(entries.map(({ path, id }) => [path, id]))
  const files = entries.map((entry): TreeFile => ({ path: entry.path, kind: kindOf(entry, repository) }))
  const readable = new Set(files.filter(({ kind }) => kind === 'file').map(({ path }) => path))
  const expect = (paths: Iterable<string>) => {
    for (const path of paths) if (readable.has(path)) repository.wanted.add(ids.get(path) ?? '')
  }
  expect([...readable].filter(wanted))
  return {
    revision,
    files: sortedByPath(files),
    expect,
    identify: (path) => ids.get(path) ?? '',
    read: (path) => (readable.has(path) ? contentOf(repository, ids.get(path) ?? '') : undefined),
  }
}

function isBlob(mode: string): boolean {
  return mode !== '160000' && mode !== '120000'
}

function kindOf({ mode, id }: Entry, { sizes }: Repository): FileKind {
  if (mode === '160000') return 'submodule'
  if (mode === '120000') return 'symlink'
  const size = sizes.get(id)
  if (size === undefined) return 'missing'
  return size > largestFile ? 'large' : 'file'
}

/** Records of `head<tab>path`, each ended by a NUL. */
function records(out: Buffer): readonly { readonly head: string; readonly raw: Buffer }[] {
  const found: { head: string; raw: Buffer }[] = []
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(0, at)
    const tab = out.indexOf(9, at)
    found.push({ head: out.toString('latin1', at, tab), raw: out.subarray(tab + 1, end) })
    at = end + 1
  }
  return found
}
