// By which addresses a clone knows its repository: those of its remotes.

import { isRepository, tryGit } from './git.ts'

/** The addresses of all remotes of the clone that a folder lies in; none for a folder outside of git, or a clone without remotes. */
export function addressesOf(directory: string): readonly string[] {
  if (!isRepository(directory)) return []
  const { status, out } = tryGit(directory, ['config', '--null', '--get-regexp', '^remote\\..*\\.url$'])
  if (status !== 0) return []
  return out
    .toString('utf8')
    .split('\0')
    .flatMap((entry) => (entry.includes('\n') ? [entry.slice(entry.indexOf('\n') + 1)] : []))
}
