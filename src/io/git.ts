// The one place that runs git: no shell, no hooks, no filters, no prompts, nothing of the repository executed.

import { spawnSync } from 'node:child_process'
import { UserError } from '../errors.ts'

/** Switches off what a repository's configuration could make git run or fetch. Paths with odd bytes are quoted, which patch.ts reads. */
const safe = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.quotepath=on',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.ext.allow=never',
  '-c',
  'diff.external=',
]

const environment = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_REPLACE_OBJECTS: '1', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' }

export type GitResult = { readonly status: number; readonly out: Buffer; readonly error: string }

/** Runs git in `directory`; a status other than 0 is the caller's to judge. Throws a UserError where git is missing or refuses the folder. */
export function tryGit(directory: string, words: readonly string[], input?: string): GitResult {
  const { status, stdout, stderr, error } = spawnSync('git', [...safe, ...words], {
    cwd: directory,
    env: { ...process.env, ...environment },
    maxBuffer: Number.MAX_SAFE_INTEGER,
    ...(input === undefined ? {} : { input }),
  })
  if (error !== undefined) {
    if ('code' in error && error.code === 'ENOENT')
      throw new UserError('git was not found', 'Install git, or compare two folders: --base DIR --head DIR.', { cause: error })
    throw error
  }
  const message = stderr.toString('utf8').trim()
  if (/dubious ownership/.test(message)) {
    const path = /'([^']+)'/.exec(message)?.[1] ?? directory
    throw new UserError(
      `git does not trust ${path}: it belongs to another user`,
      `If you trust it, run: git config --global --add safe.directory ${path}`,
    )
  }
  return { status: status ?? -1, out: stdout, error: message }
}

/** Runs git and returns what it printed; a failure is a UserError with git's own words. */
export function git(directory: string, words: readonly string[], input?: string): Buffer {
  const { status, out, error } = tryGit(directory, words, input)
  if (status !== 0)
    throw new UserError(`git ${words[0]} failed: ${error.split('\n')[0] ?? ''}`, `Run it by hand to see more: git ${words.join(' ')}`)
  return out
}

/** The first line of what git printed; undefined where git failed. */
export function gitLine(directory: string, words: readonly string[]): string | undefined {
  const { status, out } = tryGit(directory, words)
  return status === 0 ? out.toString('utf8').trim().split('\n', 1)[0] : undefined
}

/** Whether a folder lies in a git repository (bare ones too). */
export function isRepository(directory: string): boolean {
  return tryGit(directory, ['rev-parse', '--git-dir']).status === 0
}
