// Git repositories for tests: real ones, in a scratch folder, deaf to the configuration of the machine.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const quiet = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
}

/** A text or bytes; a link by where it leads; `undefined` takes a file away. */
export type Content = string | Uint8Array | { readonly link: string } | undefined
export type Files = Readonly<Record<string, Content>>

export type Sandbox = {
  readonly folder: string
  readonly git: (...words: string[]) => string
  readonly write: (files: Files) => void
  /** Writes the files, commits everything and returns the commit's id. */
  readonly commit: (files: Files, message?: string) => string
  readonly remove: () => void
}

/** An empty repository on the branch main. */
export function newRepository(...init: string[]): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-git-'))
  const git = (...words: string[]) =>
    execFileSync('git', words, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    })
  git('init', '--quiet', '--initial-branch=main', ...init)
  git('config', 'core.autocrlf', 'false')
  const write = (files: Files) => {
    for (const [path, content] of Object.entries(files)) {
      const place = join(folder, path)
      rmSync(place, { force: true, recursive: true })
      if (content === undefined) continue
      mkdirSync(dirname(place), { recursive: true })
      if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, place)
      else writeFileSync(place, content)
    }
  }
  const commit = (files: Files, message = 'change') => {
    write(files)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', message)
    return git('rev-parse', 'HEAD').trim()
  }
  return { folder, git, write, commit, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
