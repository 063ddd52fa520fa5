// Blobs of a repository: one question for their sizes, one batch for their contents, whatever the number of trees.

import { largestFile } from '../change/tree.ts'
import { git, gitLine, tryGit } from './git.ts'

/** What is known of a repository's blobs in one run; base, head and policy share it, so that nothing is read twice. */
export type Repository = {
  readonly directory: string
  /** By object id; undefined for one that is not in this clone. */
  readonly sizes: Map<string, number | undefined>
  readonly contents: Map<string, Uint8Array>
  /** To be read with the next batch. */
  readonly wanted: Set<string>
  /** Whether objects may be left on the server; asking for one would fetch it. */
  readonly isPartial: boolean
  /** A repository that was fetched, and is not the user's. */
  readonly alone: boolean
}

export function openRepository(directory: string): Repository {
  const promisor = gitLine(directory, ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$'])
  return { ...fresh(directory), isPartial: promisor !== undefined, alone: false }
}

/** A whole repository that this program made for itself. */
export function openFetched(directory: string): Repository {
  return { ...fresh(directory), isPartial: false, alone: true }
}

function fresh(directory: string): Omit<Repository, 'isPartial' | 'alone'> {
  return { directory, sizes: new Map(), contents: new Map(), wanted: new Set() }
}

/** Learns the sizes of blobs. `commit` is one that holds them all but for new ones. Nothing is fetched. */
export function measure(repository: Repository, ids: Iterable<string>, commit: string | undefined): void {
  const { directory, sizes, alone } = repository
  let asked = [...new Set(ids)].filter((id) => !sizes.has(id))
  if (repository.isPartial && asked.length > 0) {
    const present = presentObjects(repository, asked, commit)
    for (const id of asked) if (!present.has(id)) sizes.set(id, undefined)
    asked = asked.filter((id) => present.has(id))
  }
  if (asked.length === 0) return
  const out = git(directory, ['cat-file', '--buffer', '--batch-check=%(objectname) %(objectsize)'], {
    alone,
    input: `${asked.join('\n')}\n`,
  })
  for (const line of out.toString('latin1').split('\n')) {
    const [id = '', size] = line.split(' ')
    if (id !== '') sizes.set(id, size === undefined || size === 'missing' ? undefined : Number(size))
  }
}

/** The content of a blob that was measured; the first call reads all that are wanted. Undefined where it is not at hand or too large. */
export function contentOf(repository: Repository, id: string): Uint8Array | undefined {
  const { sizes, contents, wanted } = repository
  const size = sizes.get(id)
  if (size === undefined || size > largestFile) return undefined
  if (!contents.has(id)) readBatch(repository, new Set([id, ...wanted]))
  return contents.get(id)
}

/** One batch holds no more than this; the rest is read when it is asked for. */
const largestBatch = 1024 * 1_024 * 1_024

function readBatch({ directory, sizes, contents, wanted, alone }: Repository, ids: Iterable<string>): void {
  let left = largestBatch
  const asked = [...ids].filter((id) => {
    const size = sizes.get(id)
    if (size === undefined || size > largestFile || contents.has(id)) return false
    left -= size
    return left >= 0
  })
  wanted.clear()
  const { out } = tryGit(directory, ['cat-file', '--buffer', '--batch'], { alone, input: `${asked.join('\n')}\n` })
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(10, at)
    if (end < 0) return
    const [id = '', , size] = out.toString('latin1', at, end).split(' ')
    at = end + 1
    if (size === undefined) continue
    contents.set(id, out.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
}

/** Which of the ids a partial clone holds: those of the commit that are there, and where that does not settle it, every object there is. */
function presentObjects({ directory }: Repository, ids: readonly string[], commit: string | undefined): ReadonlySet<string> {
  const words = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--no-walk']
  const listed = commit === undefined ? [] : linesOf(git(directory, [...words, commit]))
  const present = new Set(listed)
  if (ids.every((id) => present.has(id) || present.has(`?${id}`))) return present
  return new Set(linesOf(git(directory, ['cat-file', '--batch-all-objects', '--unordered', '--buffer', '--batch-check=%(objectname)'])))
}

function linesOf(out: Buffer): readonly string[] {
  return out.toString('latin1').split('\n')
}
