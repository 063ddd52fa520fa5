// Which commits a review is about: names resolved, the default branch found, the merge base, shallow clones deepened or explained.

import { UserError } from '../errors.ts'
import { git, gitLine, tryGit } from './git.ts'

/** The commit that a name means; throws a UserError that lists close names. */
export function commitOf(directory: string, name: string): string {
  if (name.startsWith('-')) throw new UserError(`"${name}" is no revision`, 'Name a branch, a tag or a commit.')
  const commit = gitLine(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])
  if (commit !== undefined && commit !== '') return commit
  const names = (
    gitLines(directory, ['for-each-ref', '--format=%(refname:short)', '--count=200', 'refs/heads', 'refs/remotes', 'refs/tags']) ?? []
  ).filter((known) => known.includes(name) || known.split('/').at(-1) === name.split('/').at(-1))
  const near =
    names.length === 0 ? 'Fetch it, or name another branch, tag, commit or folder.' : `Did you mean ${names.slice(0, 5).join(', ')}?`
  throw new UserError(`revision "${name}" is not known in ${directory}`, near)
}

/** The default branch as a revision: what the remote says, else the usual names; throws a UserError where there is none. */
export function defaultBranch(directory: string): string {
  const remote = gitLine(directory, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'])
  const configured = gitLine(directory, ['config', '--get', 'init.defaultBranch'])
  const candidates = [remote, 'origin/main', 'origin/master', configured, 'main', 'master', 'trunk']
  const found = candidates.find(
    (name) => name !== undefined && gitLine(directory, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]) !== undefined,
  )
  if (found === undefined)
    throw new UserError('no default branch was found to compare with', 'Name what to compare with: --base REV or --base DIR.')
  return found
}

/** The commit where two histories part; in a shallow clone it is fetched when allowed, else the needed command is told. */
export function mergeBase(directory: string, base: string, head: string, allowFetch: boolean): string {
  const found = () => gitLine(directory, ['merge-base', base, head])
  const common = found() || deepened(directory, allowFetch, { what: `the commit where ${short(base)} and ${short(head)} part`, found })
  if (common !== undefined) return common
  throw new UserError(`${short(base)} and ${short(head)} have no common history`, 'Name a base that the head descends from.')
}

/** The first parent of a commit, undefined for a root; in a shallow clone it is fetched when allowed, else the needed command is told. */
export function parentOf(directory: string, commit: string, allowFetch: boolean): string | undefined {
  // The commit itself names its parents, also where a shallow clone makes git say that it has none.
  const [head = ''] = git(directory, ['cat-file', 'commit', commit]).toString('utf8').split('\n\n', 1)
  const parent = /^parent ([0-9a-f]+)$/m.exec(head)?.[1]
  if (parent === undefined) return undefined
  const found = () => gitLine(directory, ['rev-parse', '--verify', '--quiet', `${commit}^`])
  return found() || deepened(directory, allowFetch, { what: `the parent of ${short(commit)}`, found })
}

type Sought = { readonly what: string; readonly found: () => string | undefined }

/** What is `found` once a shallow clone holds more history; undefined where the whole history does not hold it. */
function deepened(directory: string, allowFetch: boolean, { what, found }: Sought): string | undefined {
  if (gitLine(directory, ['rev-parse', '--is-shallow-repository']) !== 'true') return undefined
  if (!allowFetch) {
    throw new UserError(
      `the clone is shallow: ${what} is not there`,
      'Fetch the history with "git fetch --unshallow", set fetch-depth: 0 on actions/checkout, or allow it with --fetch.',
    )
  }
  for (const words of [['--deepen=50'], ['--deepen=500'], ['--unshallow']]) {
    const { status, error } = tryGit(directory, ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...words], { network: true })
    if (status !== 0)
      throw new UserError(`fetching the history failed: ${error.split('\n')[0] ?? ''}`, 'Run "git fetch --unshallow" by hand.')
    const commit = found()
    if (commit !== undefined && commit !== '') return commit
  }
  return undefined
}

export function short(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 12) : commit
}

function gitLines(directory: string, words: readonly string[]): readonly string[] | undefined {
  return git(directory, words).toString('utf8').split('\n')
}
