// The one place that runs git: no shell, no hooks, no filters, no prompts; nothing of the repository is executed.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { UserError } from '../errors.ts'

/** Overrides what a repository's configuration could make git run. Odd bytes of paths are quoted, which path.ts reads. */
export const safe: readonly string[] = [
  '--no-pager',
  ...['core.fsmonitor=false', 'core.quotepath=on', 'core.hooksPath=/dev/null', 'core.attributesFile=/dev/null'],
  ...['protocol.ext.allow=never', 'diff.external=', 'gc.auto=0', 'maintenance.auto=false', 'submodule.recurse=false'],
].flatMap((word) => (word.startsWith('-') ? [word] : ['-c', word]))

/** Replaced objects and grafts would show another history than the one that is reviewed. */
const quiet = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  // Not an empty file: git would advise against grafts.
  GIT_GRAFT_FILE: '/dev/null/none',
  GIT_LITERAL_PATHSPECS: '0',
  LC_ALL: 'C',
}
/** A clone that lacks objects fetches them when they are asked for; git before 2.39.4 does not know the first word, but obeys the second. */
const offline = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' }
export const unconfigured = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }
const dropped = /^GIT_(?:TRACE|EXTERNAL_DIFF|DIFF_OPTS|ATTR_SOURCE|REPLACE_REF_BASE|REDIRECT|NOGLOB|GLOB|ICASE)/

export type GitResult = { readonly status: number; readonly out: Buffer; readonly error: string }
export type GitOptions = {
  readonly input?: string
  readonly network?: boolean
  /** Further configuration that no other process can read, such as a token. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Neither the user's configuration nor a `GIT_DIR` of theirs: for a repository that is not theirs. */
  readonly alone?: boolean
}

/** Runs git in `directory`; a status other than 0 is the caller's to judge. Throws a UserError where git is missing or refuses the folder. */
export function tryGit(directory: string, words: readonly string[], options: GitOptions = {}): GitResult {
  const { input, network = false, secrets = {}, alone = false } = options
  const unwanted = alone ? /^GIT_/ : dropped
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)))
  const { status, stdout, stderr, error } = spawnSync('git', [...safe, ...words], {
    cwd: directory,
    env: { ...inherited, ...quiet, ...(alone ? unconfigured : {}), ...(network ? {} : offline), ...configured(secrets) },
    maxBuffer: Number.MAX_SAFE_INTEGER,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(input === undefined ? {} : { input }),
  })
  if (error !== undefined && !isUnread(error)) throw startFailure(directory, error)
  const message = stderr.toString('utf8').trim()
  if (status !== 0) refuse(directory, message)
  return { status: status ?? -1, out: stdout, error: message }
}

/** Runs git and returns what it printed; a failure is a UserError with git's own words. */
export function git(directory: string, words: readonly string[], options: GitOptions = {}): Buffer {
  const { status, out, error } = tryGit(directory, words, options)
  if (status === 0) return out
  throw new UserError(
    `git ${commandIn(words)} failed in ${directory}: ${reasonIn(error)}`,
    'Run "git fsck" there; in a clone that lacks history or objects, fetch them: git fetch --refetch, or clone anew.',
  )
}

/** The first line of what git printed; undefined where git failed or printed nothing. */
export function gitLine(directory: string, words: readonly string[]): string | undefined {
  const { status, out } = tryGit(directory, words)
  const line = out.toString('utf8').trim().split('\n', 1)[0]
  return status !== 0 || line === '' ? undefined : line
}

/** Whether a folder lies in a git repository (bare ones too). Throws a UserError for one that git cannot read. */
export function isRepository(directory: string): boolean {
  const { status, error } = tryGit(directory, ['rev-parse', '--git-dir'])
  if (status === 0) return true
  if (/not a git repository/i.test(error)) return false
  throw new UserError(
    `git cannot read the repository of ${directory}: ${reasonIn(error)}`,
    'Run "git status" there and mend what it names.',
  )
}

/** Git's own words for why it failed: its last fatal line. */
export function reasonIn(error: string): string {
  const lines = error.split('\n').filter((line) => line.trim() !== '')
  const fatal = lines.findLast((line) => /^(?:fatal|error): /.test(line)) ?? lines.at(-1) ?? 'it gave no reason'
  return fatal.replace(/^(?:fatal|error): /, '')
}

/** Git takes configuration from its environment too, which is not listed with the processes. */
export function configured(secrets: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const entries = Object.entries(secrets)
  if (entries.length === 0) return {}
  const pairs = entries.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ])
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(entries.length) }
}

function commandIn(words: readonly string[]): string {
  return words.find((word, at) => !word.startsWith('-') && words[at - 1] !== '-c') ?? ''
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function startFailure(directory: string, cause: Error): Error {
  if (!existsSync(directory)) return new UserError(`there is no folder ${directory}`, 'Name one that exists.', { cause })
  const code = 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR')
    return new UserError('git was not found', 'Install git, or compare two folders: --base DIR --head DIR.', { cause })
  return cause
}

/** Whether git ended before it read what it was given: its status and words then say why. */
function isUnread(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE'
}

/** What git refuses for the sake of the user's safety. */
function refuse(directory: string, message: string): void {
  if (/dubious ownership|^fatal: unsafe repository/m.test(message)) {
    const path = /safe\.directory '?(.+?)'?$/m.exec(message)?.[1] ?? directory
    const command = `git config --global --add safe.directory ${quoted(path.replaceAll("'\\''", "'"))}`
    throw new UserError(`git does not trust ${path}: it belongs to another user`, `If you trust it, run: ${command}`)
  }
  if (/safe\.bareRepository/.test(message)) {
    const hint = 'If you trust it, name it: GIT_DIR=. before the command, or set safe.bareRepository to "all".'
    throw new UserError(`git does not open the bare repository ${directory}: your configuration has safe.bareRepository=explicit`, hint)
  }
}
