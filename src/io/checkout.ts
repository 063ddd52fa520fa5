// The commits of an event as a repository on this machine: the one that was checked out, or a bare one of our own that holds what it lacks.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { git, gitLine, reasonIn, tryGit } from './git.ts'
import { openRepository, type Repository } from './git-objects.ts'

export type Remote = { readonly server: string; readonly owner: string; readonly repo: string; readonly token: string }
export type Places = { readonly workspace: string; readonly scratch: string }

/**
 * A repository that holds all of `commits` with their files. Nothing of the checked-out repository is changed: what it lacks (a shallow or partial clone, none at all) is fetched into
 * a bare one in `scratch` that borrows its objects. The token is handed to git for this one call and stored nowhere. Throws a UserError where GitHub does not give the commits.
 */
export function checkout(commits: readonly string[], remote: Remote, { workspace, scratch }: Places): Repository {
  const objects = objectsOf(workspace)
  if (objects !== undefined && commits.every((commit) => isWhole(workspace, commit))) return openRepository(workspace)
  const bare = mkdtempSync(join(scratch, 'plimsoll-'))
  git(bare, ['init', '--quiet', '--bare'])
  if (objects !== undefined) {
    mkdirSync(join(bare, 'objects/info'), { recursive: true })
    writeFileSync(join(bare, 'objects/info/alternates'), `${objects}\n`)
    // Where a clone's history ends has to be known wherever its objects are: git would miss the parents that are not there.
    const shallow = gitLine(workspace, ['rev-parse', '--path-format=absolute', '--git-path', 'shallow'])
    if (shallow !== undefined && existsSync(shallow)) copyFileSync(shallow, join(bare, 'shallow'))
  }
  const missing = commits.filter((commit) => !isWhole(bare, commit))
  if (missing.length > 0) fetchCommits(bare, missing, remote)
  return openRepository(bare)
}

/** The commit where two histories part; undefined where this clone does not hold enough of them to tell. */
export function knownMergeBase(directory: string, a: string, b: string): string | undefined {
  if (gitLine(directory, ['rev-parse', '--is-shallow-repository']) !== 'false') return undefined
  return gitLine(directory, ['merge-base', a, b])
}

/** Whether a folder is a repository whose objects can be borrowed; a partial one would fetch on its own. */
function objectsOf(workspace: string): string | undefined {
  if (tryGit(workspace, ['rev-parse', '--git-dir']).status !== 0) return undefined
  if (openRepository(workspace).isPartial) return undefined
  return gitLine(workspace, ['rev-parse', '--path-format=absolute', '--git-path', 'objects'])
}

/** Whether a commit is there with all its files. */
function isWhole(directory: string, commit: string): boolean {
  return tryGit(directory, ['rev-list', '--quiet', '--objects', '--no-walk', commit, '--']).status === 0
}

function fetchCommits(bare: string, commits: readonly string[], { server, owner, repo, token }: Remote): void {
  const url = `${server}/${owner}/${repo}.git`
  const login = Buffer.from(`x-access-token:${token}`).toString('base64')
  const { status, error } = tryGit(
    bare,
    ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--depth=1', url, ...new Set(commits)],
    {
      network: true,
      secrets: { [`http.${server}/.extraheader`]: `AUTHORIZATION: basic ${login}` },
    },
  )
  if (status === 0) return
  throw new UserError(
    `the commits ${commits.map((commit) => commit.slice(0, 12)).join(', ')} could not be fetched from ${url}: ${reasonIn(error)}`,
    'Give the job "permissions: contents: read", or check the repository out with fetch-depth: 0.',
  )
}
