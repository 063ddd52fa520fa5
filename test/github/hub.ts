// One repository with its pull requests, real git underneath, and what people do in it.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Files, newRepository, type Sandbox } from '../io/repository.ts'
import { type Anchors, anchorsOf } from './anchor.ts'
import type { Check, Comment, Pull, Thread } from './state.ts'

export type Hub = ReturnType<typeof newHub>

/** An empty repository; commit to its branches through `push`. */
export function newHub() {
  const sandbox: Sandbox = newRepository()
  sandbox.git('config', 'http.receivepack', 'false')
  sandbox.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  const pulls: Pull[] = []
  const checks: Check[] = []
  let last = 2_147_483_600
  const refusedPlaces = new Set<string>()

  // Git is asked once for what cannot change: all branches move through this hub.
  const tips = new Map<string, string>()
  const bases = new Map<string, string | undefined>()
  const asked = (...words: string[]): string | undefined => {
    try {
      return sandbox.git(...words).trim()
    } catch {
      return undefined
    }
  }
  const find = (name: string): string | undefined =>
    tips.get(name.replace(/^refs\/heads\//, '')) ?? asked('rev-parse', '--verify', '--quiet', `${name}^{commit}`)
  const headOf = ({ headBranch, lastHead }: Pull) => lastHead ?? find(headBranch) ?? ''
  const mergeBase = (a: string, b: string): string | undefined => {
    const pair = [find(a) ?? a, find(b) ?? b]
    const known = pair.join(' ')
    if (!bases.has(known)) bases.set(known, asked('merge-base', ...pair))
    return bases.get(known)
  }
  const shown = new Map<string, ReadonlyMap<string, Anchors>>()
  const anchors = (base: string, head: string): ReadonlyMap<string, Anchors> => {
    const known = shown.get(`${base} ${head}`) ?? anchorsOf(sandbox, base, head)
    shown.set(`${base} ${head}`, known)
    return known
  }
  const baseOf = (pull: Pull) => mergeBase(pull.baseBranch, headOf(pull)) ?? ''
  // Beyond 2^31, as the ids of GitHub's comments are by now.
  const id = () => (last += 7)
  const comment = (author: string, body: string): Comment => {
    const number = id()
    return { id: number, node: `C_${number}`, author, body, isMinimized: false }
  }

  /** Lines that are still there go on, others are outdated. */
  const settle = (pull: Pull) => {
    const head = headOf(pull)
    const places = anchors(baseOf(pull), head)
    for (const thread of pull.threads) {
      if (thread.side !== 'RIGHT' || thread.line === undefined || thread.commit === head) continue
      const [start, line] = [thread.startLine ?? thread.line, thread.line].map((one) => shifted(sandbox, { ...thread, line: one }, head))
      const size = thread.line - (thread.startLine ?? thread.line)
      const isThere = line !== undefined && start === line - size && places.get(thread.path)?.RIGHT.has(line) === true
      thread.line = isThere ? line : undefined
      if (thread.startLine !== undefined) thread.startLine = isThere ? start : undefined
      thread.commit = head
    }
  }

  const close = (pull: Pull) => {
    if (pull.state !== 'OPEN') return
    pull.lastHead = headOf(pull)
    pull.state = 'CLOSED'
  }

  const opened = (parts: Omit<Pull, 'number' | 'state' | 'threads' | 'comments' | 'reviews' | 'said'>): Pull => {
    const pull: Pull = { ...parts, number: pulls.length + 1, state: 'OPEN', threads: [], comments: [], reviews: [], said: 0 }
    pulls.push(pull)
    return pull
  }

  return {
    sandbox,
    pulls,
    checks,
    find,
    headOf,
    baseOf,
    mergeBase,
    anchors,
    id,
    comment,
    refusesOldCommits: true,
    /** Commits that GitHub made itself. */
    signed: new Set<string>(),
    /** Of a private repository nothing can be read without a permission. */
    isPrivate: true,
    /** Lets nobody fold comments, whatever their permissions. */
    foldsNothing: false,
    /** The repository's setting "Allow GitHub Actions to create and approve pull requests". */
    allowsPulls: true,
    /** Makes GitHub refuse a place although it is part of the diff. */
    refuseAt: (path: string, line: number) => void refusedPlaces.add(`${path}:${line}`),
    refuses: (path: string, line: number) => refusedPlaces.has(`${path}:${line}`),
    everyComment: () => pulls.flatMap((pull) => [...pull.comments, ...pull.threads.flatMap(({ comments }) => comments)]),
    forget: (gone: Comment) => {
      for (const pull of pulls) {
        remove(pull.comments, gone)
        for (const thread of pull.threads) remove(thread.comments, gone)
        pull.threads.splice(0, pull.threads.length, ...pull.threads.filter(({ comments }) => comments.length > 0))
      }
    },
    /** Commits files on a branch, which begins at `from` where it is new; returns the commit. */
    push: (branch: string, files: Files, from = 'main'): string => {
      if (find(branch) !== undefined) sandbox.git('checkout', '-q', '-f', branch)
      else if (find(from) !== undefined) sandbox.git('checkout', '-q', '-f', '-b', branch, from)
      const commit = sandbox.commit(files)
      tips.set(branch, commit)
      for (const pull of pulls) if (pull.headBranch === branch || pull.baseBranch === branch) settle(pull)
      return commit
    },
    /** Takes the objects of a repository on this machine, by the folder that holds them. */
    borrow: (folder: string) => {
      const objects = execFileSync('git', ['-C', folder, 'rev-parse', '--path-format=absolute', '--git-path', 'objects'], {
        encoding: 'utf8',
      })
      writeFileSync(join(sandbox.folder, '.git/objects/info/alternates'), objects)
    },
    /** A commit on top of another that no branch has yet. */
    commitOn: (parent: string, files: Files, message?: string): string => {
      sandbox.git('checkout', '-q', '-f', '--detach', parent)
      return sandbox.commit(files, message)
    },
    /** Puts a branch somewhere else: a force-push. */
    force: (branch: string, commit: string) => {
      sandbox.git('update-ref', `refs/heads/${branch}`, commit)
      tips.set(branch, commit)
      for (const pull of pulls) {
        if (pull.headBranch !== branch || pull.isFork) continue
        settle(pull)
        // GitHub closes a pull request at once when its branch has nothing that its base lacks.
        if (mergeBase(pull.baseBranch, branch) === commit) close(pull)
      }
    },
    /** Takes a branch away, which closes its pull requests. */
    drop: (branch: string) => {
      for (const pull of pulls) if (pull.headBranch === branch && !pull.isFork) close(pull)
      sandbox.git('checkout', '-q', '-f', '--detach')
      sandbox.git('update-ref', '-d', `refs/heads/${branch}`)
      tips.delete(branch)
    },
    close,
    reopen: (pull: Pull) => {
      pull.state = 'OPEN'
      delete pull.lastHead
    },
    /** Merges an open pull request as one commit on its base. */
    merge: (pull: Pull) => {
      const head = headOf(pull)
      sandbox.git('checkout', '-q', '-f', pull.baseBranch)
      sandbox.git('merge', '--squash', '--quiet', head)
      close(pull)
      pull.state = 'MERGED'
      sandbox.git('commit', '--quiet', '--allow-empty', '--message', pull.title)
      tips.set(pull.baseBranch, sandbox.git('rev-parse', 'HEAD').trim())
    },
    /** Whether both sides of a pull request change the same lines. */
    conflicts: (pull: Pull): boolean => asked('merge-tree', '--write-tree', pull.baseBranch, headOf(pull)) === undefined,
    /** Branches whose names begin so. */
    branches: (prefix: string): readonly string[] =>
      sandbox
        .git('for-each-ref', '--format=%(refname:lstrip=2)', `refs/heads/${prefix}`)
        .split('\n')
        .filter((name) => name !== ''),
    open: (headBranch: string, baseBranch = 'main', author = 'ann', words = { title: 'a change', body: '' }): Pull =>
      opened({ author, baseBranch, headBranch, isFork: false, ...words }),
    /** From a copy of the repository that somebody has, where the branch may be called like one here. */
    openFork: (headBranch: string, lastHead: string, author = 'mallory'): Pull =>
      opened({ author, baseBranch: 'main', headBranch, isFork: true, lastHead, title: 'a change', body: '' }),
    remove: sandbox.remove,
  }
}

function remove<Item>(list: Item[], item: Item): void {
  const at = list.indexOf(item)
  if (at >= 0) list.splice(at, 1)
}

/** Where a line of one commit is in another; undefined where it was changed or taken away. */
function shifted({ git }: Sandbox, { path, line = 0, commit }: Thread, head: string): number | undefined {
  let shift = 0
  for (const [, from = '', count = '1', , size = '1'] of git('diff', '-U0', commit, head, '--', path).matchAll(
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
  )) {
    const [start, lines] = [Number(from), Number(count)]
    if (lines > 0 && line >= start && line < start + lines) return undefined
    if (start + (lines === 0 ? 1 : lines) <= line + (lines === 0 ? 1 : 0) && start < line) shift += Number(size) - lines
  }
  return line + shift
}
