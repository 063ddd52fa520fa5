// Opens what a person named: a change between two trees, or one tree.

import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Change } from '../change/change.ts'
import { diffTrees } from '../change/compare-trees.ts'
import type { Diff } from '../change/diff.ts'
import { parsePatch } from '../change/patch.ts'
import { UserError } from '../errors.ts'
import { folderTree } from './folder-tree.ts'
import { git, gitLine, isRepository } from './git.ts'
import { commitTree, type Repository, stagedTree, worktreeTree } from './git-tree.ts'
import { commitOf, defaultBranch, mergeBase, parentOf, short } from './revisions.ts'

export type ChangeOptions = {
  readonly directory: string
  readonly base?: string
  readonly head?: string
  readonly allowFetch: boolean
}

/**
 * The change between two folders or two states of a git repository. Without `base` it is the default branch; on that branch itself what it tracks, or the commit before. Without `head`
 * it is the working folder. A revision as base means the commit where it and the head part, and its own tip for the policy.
 */
export function openChange(options: ChangeOptions): Change {
  const { directory, base, head } = options
  if (base !== undefined && isFolder(directory, base)) return folderChange(directory, base, head)
  if (!isRepository(directory)) {
    const hint = 'Run it inside a git repository, or compare two folders: --base DIR --head DIR.'
    throw new UserError(
      base === undefined
        ? `${directory} is not in a git repository`
        : `"${base}" is no folder, and ${directory} is not in a git repository`,
      hint,
    )
  }
  return gitChange(options)
}

function folderChange(directory: string, base: string, head: string | undefined): Change {
  if (head === undefined || head === 'staged')
    throw new UserError(`the base "${base}" is a folder, so the head must be one too`, 'Name it: --head DIR.')
  if (head !== 'worktree' && !isFolder(directory, head))
    throw new UserError(`the base "${base}" is a folder, but the head "${head}" is none`, 'Name a folder: --head DIR.')
  const trees = {
    base: folderTree(resolve(directory, base), '', base),
    head: folderTree(resolve(directory, head === 'worktree' ? '.' : head), '', head),
  }
  return { ...trees, diff: diffTrees(trees.base, trees.head), policy: trees.base }
}

function gitChange({ directory, base, head = 'worktree', allowFetch }: ChangeOptions): Change {
  const repository: Repository = { directory, blobs: new Map() }
  const tip = commitOf(directory, 'HEAD')
  const headCommit = head === 'worktree' || head === 'staged' ? tip : commitOf(directory, head)
  const target = targetOf(directory, base, headCommit)
  const common = mergeBase(directory, target.commit, headCommit, allowFetch)
  const baseTree = commitTree(repository, common, common === target.commit ? target.name : `${target.name} (${short(common)})`)
  const policy = common === target.commit ? baseTree : commitTree(repository, target.commit, target.name)
  if (head === 'worktree') {
    const top = gitLine(directory, ['rev-parse', '--show-toplevel'])
    if (top === undefined) throw new UserError('a bare repository has no working folder', 'Name the head: --head REV.')
    const tree = worktreeTree(top)
    return { base: baseTree, head: tree, diff: diffTrees(baseTree, tree), policy }
  }
  const tree = head === 'staged' ? stagedTree(repository) : commitTree(repository, headCommit, head)
  return { base: baseTree, head: tree, diff: gitDiff(directory, common, head === 'staged' ? undefined : headCommit), policy }
}

type Target = { readonly name: string; readonly commit: string }

/** What the head is compared with when nobody says: on the default branch itself, what was there before. */
function targetOf(directory: string, base: string | undefined, headCommit: string): Target {
  if (base !== undefined) return { name: base, commit: commitOf(directory, base) }
  const name = defaultBranch(directory)
  const commit = commitOf(directory, name)
  if (commit !== headCommit) return { name, commit }
  const changed = gitLine(directory, ['status', '--porcelain', '--untracked-files=all'])
  if (changed !== undefined && changed !== '') return { name, commit }
  const parent = parentOf(directory, commit)
  return parent === undefined ? { name, commit } : { name: `${name}^`, commit: parent }
}

/** Git's patch from a commit to another, or to the index. */
function gitDiff(directory: string, base: string, head: string | undefined): Diff {
  const words = [
    'diff',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--full-index',
    '-M',
    '-U3',
    '--diff-algorithm=myers',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ]
  const sides = head === undefined ? ['--cached', base] : [base, head]
  return parsePatch(git(directory, [...words, ...sides]).toString('utf8'))
}

function isFolder(directory: string, name: string): boolean {
  const place = resolve(directory, name)
  return existsSync(place) && lstatSync(realpathSync(place)).isDirectory()
}
