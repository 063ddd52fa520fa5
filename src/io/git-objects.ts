// Blobs of a repository, read in one batch.

import { git, gitLine, tryGit } from './git.ts'

/** Larger blobs are listed and not read: no manifest is that large. */
export const largestBlob = 32 * 1_024 * 1_024

/** The contents of blobs by their object id, read with one `git cat-file --batch`; ids that are known already are not read again. */
export function readBlobs(directory: string, ids: Iterable<string>, known: Map<string, Uint8Array>): void {
  const wanted = [...new Set(ids)].filter((id) => !known.has(id))
  if (wanted.length === 0) return
  const { out } = tryGit(directory, ['cat-file', '--batch'], `${wanted.join('\n')}\n`)
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(10, at)
    if (end < 0) return
    const [id = '', type, size] = out.toString('latin1', at, end).split(' ')
    at = end + 1
    if (type === 'missing' || size === undefined) continue
    known.set(id, out.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
}

/** In a partial clone the ids of a commit's objects that are not there: asking for them would fetch them. */
export function missingObjects(directory: string, commit: string): ReadonlySet<string> {
  const partial = gitLine(directory, ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$']) !== undefined
  if (!partial) return new Set()
  const out = git(directory, ['rev-list', '--objects', '--no-object-names', '--missing=print', '--no-walk', commit])
  return new Set(
    out
      .toString('latin1')
      .split('\n')
      .filter((line) => line.startsWith('?'))
      .map((line) => line.slice(1)),
  )
}
