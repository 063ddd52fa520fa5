// What is compared with what, out of real repositories: revisions, index, working folder, shallow and partial clones.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Change } from '../../src/change/change.ts'
import type { Tree } from '../../src/change/tree.ts'
import { UserError } from '../../src/errors.ts'
import { openChange } from '../../src/io/change.ts'
import { newRepository, type Sandbox } from './repository.ts'

const sandboxes: { readonly remove: () => void }[] = []
afterEach(() => {
  for (const one of sandboxes.splice(0)) one.remove()
})

function repository(...init: string[]): Sandbox {
  const sandbox = newRepository(...init)
  sandboxes.push(sandbox)
  return sandbox
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-clone-'))
  sandboxes.push({ remove: () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}

function clone(from: Sandbox, ...words: string[]): string {
  const folder = join(scratch(), 'clone')
  execFileSync('git', ['clone', '--quiet', ...words, `file://${from.folder}`, folder], { stdio: 'pipe' })
  return folder
}

const open = (directory: string, base?: string, head?: string, allowFetch = false): Change =>
  openChange({ directory, ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }), allowFetch })
const text = (tree: Tree, path: string) => {
  const bytes = tree.read(path)
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}
const paths = ({ diff }: Change) => diff.files.map(({ status, path }) => `${status} ${path}`)
const errorOf = (run: () => unknown): UserError => {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown
    throw thrown
  }
  throw new Error('nothing was thrown')
}

test('files that are told to be needed are read together with the first of them', () => {
  const { folder, commit } = repository()
  commit({ 'a.tpl': '1\n', 'b.tpl': '2\n', 'c.tpl': '3\n' })
  const { head } = open(folder, 'HEAD', 'HEAD')
  head.expect?.(['a.tpl', 'b.tpl', 'none'])
  expect(text(head, 'a.tpl')).toBe('1\n')
  rmSync(join(folder, '.git', 'objects'), { recursive: true })
  expect(text(head, 'b.tpl')).toBe('2\n')
  expect(text(head, 'c.tpl')).toBeUndefined()
})

describe('what is compared', () => {
  test('a branch with the commit where it left the default branch; the policy is that of its tip', () => {
    const { folder, git, commit } = repository()
    commit({ 'a.yaml': '1\n' })
    git('checkout', '-q', '-b', 'topic')
    commit({ 'b.yaml': '2\n' })
    git('checkout', '-q', 'main')
    commit({ 'c.yaml': '3\n' })
    git('checkout', '-q', 'topic')
    const change = open(folder)
    expect(paths(change)).toEqual(['added b.yaml'])
    expect(text(change.base, 'c.yaml')).toBeUndefined()
    expect(text(change.policy, 'c.yaml')).toBe('3\n')
  })

  test('on the default branch itself: what is not committed, else the last commit', () => {
    const { folder, commit, write } = repository()
    commit({ 'a.yaml': '1\n' })
    commit({ 'b.yaml': '2\n' })
    expect(paths(open(folder))).toEqual(['added b.yaml'])
    write({ 'c.yaml': '3\n' })
    expect(paths(open(folder))).toEqual(['added c.yaml'])
  })

  test('the first commit with nothing, and no commit at all', () => {
    const { folder, commit, write, git } = repository()
    write({ 'a.yaml': '1\n' })
    expect(paths(open(folder))).toEqual(['added a.yaml'])
    git('add', '.')
    expect(paths(open(folder, undefined, 'staged'))).toEqual(['added a.yaml'])
    commit({})
    expect(paths(open(folder))).toEqual(['added a.yaml'])
  })

  test('any revision, the index, the working folder', () => {
    const { folder, commit, write, git } = repository()
    const first = commit({ 'a.yaml': '1\n', 'gone.yaml': 'x\n', 'same.yaml': 's\n' })
    commit({ 'a.yaml': '2\n' })
    write({ 'a.yaml': '3\n' })
    git('add', '.')
    write({ 'a.yaml': '4\n', 'gone.yaml': undefined, 'new.yaml': 'n\n', '.gitignore': 'ignored.yaml\n', 'ignored.yaml': 'i\n' })
    expect(text(open(folder, first, 'HEAD').head, 'a.yaml')).toBe('2\n')
    expect(text(open(folder, first, 'staged').head, 'a.yaml')).toBe('3\n')
    const { head } = open(folder, first)
    expect(head.files.map(({ path }) => path)).toEqual(['.gitignore', 'a.yaml', 'new.yaml', 'same.yaml'])
    expect(text(head, 'a.yaml')).toBe('4\n')
  })

  test('paths are those of the repository, also from a folder below', () => {
    const { folder, commit } = repository()
    commit({ 'x/a.yaml': '1\n' })
    commit({ 'x/a.yaml': '2\n', 'b.yaml': '1\n' })
    expect(paths(open(join(folder, 'x'), 'HEAD^', 'HEAD'))).toEqual(['added b.yaml', 'modified x/a.yaml'])
  })

  test('a bare repository by its revisions', () => {
    const source = repository()
    source.commit({ 'a.yaml': '1\n' })
    source.commit({ 'a.yaml': '2\n' })
    const folder = clone(source, '--bare')
    expect(paths(open(folder, 'HEAD^', 'HEAD'))).toEqual(['modified a.yaml'])
    expect(errorOf(() => open(folder, 'HEAD^')).hint).toContain('--head')
  })

  test('two folders', () => {
    const folder = scratch()
    for (const [path, content] of [
      ['base/a.yaml', '1\n'],
      ['head/a.yaml', '2\n'],
    ] as const) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    expect(paths(open(folder, 'base', 'head'))).toEqual(['modified a.yaml'])
    expect(errorOf(() => open(folder)).message).toContain('not in a git repository')
    expect(errorOf(() => open(folder, 'base', 'nowhere')).hint).toContain('--head DIR')
  })
})

describe('odd trees', () => {
  test('names with spaces, line breaks, quotes and bytes that are no text', () => {
    const { folder, commit } = repository()
    commit({})
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x62, 0xff, 0x2e, 0x79, 0x61, 0x6d, 0x6c])]), 'b\n')
    commit({ 'with space.yaml': '1\n', 'new\nline.yaml': '2\n', 'quo"te.yaml': '3\n', 'back\\x41.yaml': '4\n' })
    const change = open(folder, 'HEAD^', 'HEAD')
    const names = ['b\\xff.yaml', 'back\\x5cx41.yaml', 'new\nline.yaml', 'quo"te.yaml', 'with space.yaml']
    expect(change.diff.files.map(({ path }) => path).sort()).toEqual(names)
    expect(names.map((path) => text(change.head, path))).toEqual(['b\n', '4\n', '2\n', '3\n', '1\n'])
  })

  test('links and submodules are named, not followed', () => {
    const { folder, git, commit, write } = repository()
    const first = commit({ 'a.yaml': 'a\n', 'dir/b.yaml': 'b\n' })
    git('update-index', '--add', '--cacheinfo', `160000,${first},vendor/sub`)
    write({ 'link.yaml': { link: '/etc/passwd' }, linked: { link: 'dir' } })
    git('add', 'link.yaml', 'linked')
    git('commit', '-qm', 'links')
    for (const head of ['HEAD', 'staged']) {
      const tree = open(folder, first, head).head
      expect(tree.files.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
        'file a.yaml',
        'file dir/b.yaml',
        'symlink link.yaml',
        'symlink linked',
        'submodule vendor/sub',
      ])
      expect(tree.read('link.yaml')).toBeUndefined()
      expect(tree.read('linked/b.yaml')).toBeUndefined()
    }
    const worktree = open(folder, first).head
    expect(worktree.files.filter(({ kind }) => kind === 'symlink').map(({ path }) => path)).toEqual(['link.yaml', 'linked'])
    expect(worktree.read('link.yaml')).toBeUndefined()
  })

  test('a file that becomes a link in the working folder is not read through it', () => {
    const { folder, commit, write } = repository()
    commit({ 'dir/a.yaml': 'a\n' })
    write({ dir: { link: '/etc' } })
    const { head } = open(folder)
    expect(head.files.map(({ path, kind }) => `${kind} ${path}`)).toEqual(['symlink dir'])
  })

  test('a conflict that is not resolved is told, not guessed', () => {
    const { folder, git, commit } = repository()
    commit({ 'a.yaml': '1\n' })
    git('checkout', '-q', '-b', 'other')
    commit({ 'a.yaml': '2\n' })
    git('checkout', '-q', 'main')
    commit({ 'a.yaml': '3\n' })
    expect(() => git('merge', 'other')).toThrow()
    expect(errorOf(() => open(folder, 'HEAD', 'staged')).message).toContain('a.yaml is not merged')
    expect(text(open(folder, 'HEAD').head, 'a.yaml')).toContain('<<<<<<<')
  })

  test('SHA-256 repositories are read like any other', () => {
    const { folder, commit, write } = repository('--object-format=sha256')
    commit({ 'a.yaml': '1\n' })
    commit({ 'b.yaml': '2\n' })
    write({ 'a.yaml': '1\n' })
    expect(paths(open(folder, 'HEAD^'))).toEqual(['added b.yaml'])
  })
})

describe('nothing of a repository is executed', () => {
  test('filters, external diffs, text conversion, hooks and monitors stay asleep', () => {
    const { folder, git, commit, write } = repository()
    const marker = join(scratch(), 'ran')
    const trap = `sh -c 'touch ${marker}; cat'`
    commit({ '.gitattributes': '*.yaml filter=trap diff=trap\n', 'a.yaml': '1\n' })
    for (const [key, value] of [
      ['filter.trap.clean', trap],
      ['filter.trap.smudge', trap],
      ['filter.trap.process', trap],
      ['filter.trap.required', 'true'],
      ['diff.trap.textconv', trap],
      ['diff.trap.command', trap],
      ['diff.external', trap],
      ['core.fsmonitor', trap],
      ['core.pager', trap],
    ] as const)
      git('config', key, value)
    write({ '.git/hooks/post-index-change': `#!/bin/sh\ntouch ${marker}\n`, 'a.yaml': '2\n' })
    execFileSync('chmod', ['+x', join(folder, '.git/hooks/post-index-change')])
    expect(paths(open(folder, 'HEAD'))).toEqual(['modified a.yaml'])
    expect(existsSync(marker)).toBe(false)
  })

  test('replaced objects do not show another history', () => {
    const { folder, git, commit } = repository()
    const first = commit({ 'a.yaml': '1\n' })
    const second = commit({ 'a.yaml': '2\n' })
    git('replace', second, first)
    expect(paths(open(folder, first, second))).toEqual(['modified a.yaml'])
  })
})

describe('clones that lack something', () => {
  test('a shallow one says what to fetch, or fetches it when that is allowed', () => {
    const source = repository()
    source.commit({ 'a.yaml': '0\n' })
    const base = source.commit({ 'a.yaml': '1\n' })
    source.git('checkout', '-q', '-b', 'topic')
    source.commit({ 'b.yaml': '2\n' })
    source.git('checkout', '-q', 'main')
    source.commit({ 'c.yaml': '3\n' })
    const folder = clone(source, '--depth=1', '--no-single-branch')
    const { message, hint } = errorOf(() => open(folder, 'origin/main', 'origin/topic'))
    expect(message).toContain('shallow')
    expect(hint).toContain('git fetch --unshallow')
    const change = open(folder, 'origin/main', 'origin/topic', true)
    expect(paths(change)).toEqual(['added b.yaml'])
    expect(change.base.revision).toContain(base.slice(0, 12))
  })

  test('a shallow one of the default branch does not take its commit for the first one', () => {
    const source = repository()
    source.commit({ 'a.yaml': '1\n' })
    source.commit({ 'b.yaml': '2\n' })
    const folder = clone(source, '--depth=1')
    const { message, hint } = errorOf(() => open(folder))
    expect(message).toMatch(/^the clone is shallow: the parent of [0-9a-f]{12} is not there$/)
    expect(hint).toContain('fetch-depth: 0')
    expect(paths(open(folder, undefined, undefined, true))).toEqual(['added b.yaml'])
  })

  test('a partial one names the contents that it lacks, and fetches none', () => {
    const source = repository()
    source.git('config', 'uploadpack.allowFilter', 'true')
    source.commit({ 'a.yaml': '1\n' })
    source.commit({ 'a.yaml': '2\n', 'b.yaml': '1\n' })
    const folder = clone(source, '--filter=blob:none', '--no-checkout')
    const objects = () => execFileSync('git', ['count-objects', '-v'], { cwd: folder, encoding: 'utf8' })
    const before = objects()
    const change = open(folder, 'HEAD^', 'HEAD')
    expect(change.head.files.map(({ kind }) => kind)).toEqual(['missing', 'missing'])
    expect(paths(change)).toEqual(['modified a.yaml', 'added b.yaml'])
    expect(objects()).toBe(before)
  })

  test('histories without a common commit are told', () => {
    const { folder, git, commit } = repository()
    commit({ 'a.yaml': '1\n' })
    git('checkout', '-q', '--orphan', 'other')
    commit({ 'b.yaml': '1\n' })
    expect(errorOf(() => open(folder, 'main', 'other')).message).toContain('no common history')
  })
})

describe('what is not there', () => {
  test('an unknown revision is answered with close ones', () => {
    const { folder, git, commit } = repository()
    commit({})
    git('branch', 'feature/login')
    expect(errorOf(() => open(folder, 'login')).hint).toContain('feature/login')
    expect(errorOf(() => open(folder, '--upload-pack=x')).message).toContain('is no revision')
  })

  test('a repository of somebody else is not trusted, and the command that changes that is told', () => {
    const { folder, commit } = repository()
    commit({})
    process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1'
    try {
      expect(errorOf(() => open(folder, 'HEAD')).hint).toContain(`git config --global --add safe.directory ${folder}`)
    } finally {
      delete process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER']
    }
  })

  test('without git the way without git is told', () => {
    const { folder, commit } = repository()
    commit({})
    const path = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    try {
      expect(errorOf(() => open(folder, 'HEAD'))).toMatchObject({ message: 'git was not found' })
    } finally {
      process.env['PATH'] = path
    }
  })
})
