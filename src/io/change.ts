// Opens what a person named: a change between two trees, or one tree.

import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Change } from '../change/change.ts'
import { diffTrees } from '../change/compare-trees.ts'
import type { Diff } from '../change/diff.ts'
import { parsePatch } from '../change/patch.ts'
import type { Tree } from '../change/tree.ts'
import { ignorePath } from '../config-place.ts'
import { formOf } from '../discover/filename.ts'
import { UserError } from '../errors.ts'
import { folderTree } from './folder-tree.ts'
import { git, gitLine, isRepository } from './git.ts'
import { openRepository, type Repository } from './git-objects.ts'
import { commitTree, emptyTree, headOf, stagedTree } from './git-tree.ts'
import { commitOf, defaultBranch, mergeBase, parentOf, short } from './revisions.ts'
import { worktreeTree } from './worktree.ts'

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

function gitChange(options: ChangeOptions): Change {
  const { directory, head = 'worktree', allowFetch } = options
  const repository = openRepository(directory)
  const isCommit = head !== 'worktree' && head !== 'staged'
  const tip = isCommit ? commitOf(directory, head) : headOf(repository)
  const target = targetOf(options, tip)
  const common = target.commit === undefined || tip === undefined ? target.commit : mergeBase(directory, target.commit, tip, allowFetch)
  const name = common === target.commit || common === undefined ? target.name : `${target.name} (${short(common)})`
  const baseTree = treeAt(repository, common, name)
  const policy = common === target.commit ? baseTree : treeAt(repository, target.commit, target.name)
  const tree = isCommit ? treeAt(repository, tip, head) : uncommittedTree(repository, head)
  return {
    base: baseTree,
    head: tree,
    diff: diffBetween(repository, { base: baseTree, head: tree, commits: [common, isCommit ? tip : undefined] }),
    policy,
  }
}

/** Commits by id: where the two part, the head, and the tip of the target branch. */
export type Commits = { readonly base: string; readonly head: string; readonly policy: string }

/** The change between two commits that a repository holds; the policy is that of a third. `names` are for people. */
export function changeBetween(repository: Repository, { base, head, policy }: Commits, names: Commits): Change {
  const baseTree = treeAt(repository, base, names.base)
  const trees = { base: baseTree, head: treeAt(repository, head, names.head) }
  const diff = diffBetween(repository, { ...trees, commits: [base, head] })
  return { ...trees, diff, policy: policy === base ? baseTree : treeAt(repository, policy, names.policy) }
}

/** The tree of one commit that a repository holds. */
export function treeOfCommit(repository: Repository, commit: string, name: string): Tree {
  return treeAt(repository, commit, name)
}

function uncommittedTree(repository: Repository, head: 'worktree' | 'staged'): Tree {
  if (head === 'staged') return stagedTree(repository, isWanted)
  const top = gitLine(repository.directory, ['rev-parse', '--show-toplevel'])
  if (top === undefined) throw new UserError('a bare repository has no working folder', 'Name the head: --head REV.')
  return worktreeTree(repository, top, isWanted)
}

function treeAt(repository: Repository, commit: string | undefined, revision: string): Tree {
  return commit === undefined ? emptyTree(revision) : commitTree(repository, commit, { revision, wanted: isWanted })
}

/** Files that are read at once, since something will ask for them. */
function isWanted(path: string): boolean {
  return formOf(path) !== 'other' || path === ignorePath
}

type Target = { readonly name: string; readonly commit: string | undefined }

/** What the head is compared with when nobody says: on the default branch itself what was there before, before the first commit nothing. */
function targetOf({ directory, base, allowFetch }: ChangeOptions, tip: string | undefined): Target {
  if (base !== undefined) return { name: base, commit: commitOf(directory, base) }
  if (tip === undefined) return { name: 'an empty tree', commit: undefined }
  const name = defaultBranch(directory)
  const commit = commitOf(directory, name)
  if (commit !== tip) return { name, commit }
  const changed = gitLine(directory, ['status', '--porcelain', '--untracked-files=all'])
  if (changed !== undefined && changed !== '') return { name, commit }
  const parent = parentOf(directory, commit, allowFetch)
  return parent === undefined ? { name: 'an empty tree', commit: undefined } : { name: `${name}^`, commit: parent }
}

type Sides = { readonly base: Tree; readonly head: Tree; readonly commits: readonly [base: string | undefined, head: string | undefined] }

/** Git's own patch between two commits, since that is what GitHub shows; trees are compared where git would have to fetch or has no commit. */
function diffBetween({ directory, isPartial }: Repository, { base, head, commits: [from, to] }: Sides): Diff {
  if (isPartial || from === undefined || to === undefined) return diffTrees(base, head)
  return parsePatch(git(directory, ['diff', ...plainPatch, from, to]).toString('utf8'))
}

/** What GitHub shows, whatever the user's configuration says. */
const plainPatch = [
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--full-index', '--no-relative', '--submodule=short', '--diff-algorithm=myers'],
  ...['-M', '-U3', '--inter-hunk-context=0', '--src-prefix=a/', '--dst-prefix=b/', '-O/dev/null'],
]

function isFolder(directory: string, name: string): boolean {
  const place = resolve(directory, name)
  return existsSync(place) && lstatSync(realpathSync(place)).isDirectory()
}
