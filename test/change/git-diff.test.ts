// Our diffs against git's: of commits (git's own patch, read) and of trees (our own comparison).

import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { diffTrees } from '../../src/change/compare-trees.ts'
import type { Diff, FileDiff } from '../../src/change/diff.ts'
import { lookupOf } from '../../src/change/lookup.ts'
import { parsePatch } from '../../src/change/patch.ts'
import type { Tree } from '../../src/change/tree.ts'
import { openRepository } from '../../src/io/git-objects.ts'
import { commitTree } from '../../src/io/git-tree.ts'
import { type Files, newRepository } from '../io/repository.ts'

const numRuns = Math.ceil(Number(process.env['PLIMSOLL_FUZZ_RUNS'] ?? 500) / 12)

const sandbox = newRepository()
afterAll(() => sandbox.remove())

const line = fc.constantFrom(
  'a',
  'b',
  'c',
  '',
  '  - x',
  'a\r',
  '--- a/x',
  '+++ b/x',
  '@@ -1 +1 @@',
  'diff --git a/x b/x',
  '\\ No newline at end of file',
)
const text = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''))
const name = fc.constantFrom(
  'a.yaml',
  'b.yaml',
  'dir/a.yaml',
  'dir/sub/c.yaml',
  'with space.yaml',
  'tab\there.yaml',
  'new\nline.yaml',
  'quo"te.yaml',
  'back\\slash.yaml',
  'ü.yaml',
  '-dash.yaml',
  'a -> b.yaml',
)
const tree = fc.dictionary(name, text, { maxKeys: 6 })

/** Two trees of which the second is an edit of the first, so that there are renames and small changes among the large ones. */
const change = fc
  .tuple(tree, tree, fc.array(fc.tuple(name, name)), fc.array(fc.tuple(name, fc.nat(40), line), { maxLength: 8 }))
  .map(([base, other, moves, edits]) => {
    const head: Record<string, string> = { ...base, ...(moves.length % 2 === 0 ? other : {}) }
    for (const [from, to] of moves) {
      const moved = head[from]
      if (moved === undefined || from === to) continue
      delete head[from]
      head[to] = moved
    }
    for (const [path, at, put] of edits) {
      const lines = head[path]?.split('\n')
      if (lines === undefined) continue
      lines.splice(Math.min(at, lines.length), at % 3, put)
      head[path] = lines.join('\n')
    }
    return { base, head }
  })

test('the hunks of git and of the comparison turn base into head, name the same files, and know every line', () => {
  fc.assert(
    fc.property(change, ({ base, head }) => {
      const { trees, patch } = committed(base, head)
      const own = diffTrees(trees.base, trees.head)
      const gits = parsePatch(patch)
      holds(gits, trees)
      holds(own, trees)
      expect(touched(own)).toEqual(touched(gits))
    }),
    { numRuns },
  )
})

function committed(base: Files, head: Files) {
  sandbox.git('rm', '-rq', '--ignore-unmatch', '.')
  const from = sandbox.commit(base)
  sandbox.git('rm', '-rq', '--ignore-unmatch', '.')
  const to = sandbox.commit(head)
  const patch = sandbox.git('diff', '--no-color', '--full-index', '-M', '-U3', from, to)
  const repository = openRepository(sandbox.folder)
  const at = (commit: string) => commitTree(repository, commit, { revision: commit, wanted: () => true })
  return { trees: { base: at(from), head: at(to) }, patch }
}

/** Which paths come, go or stay: renames may be paired otherwise where several files are as much alike. */
function touched(diff: Diff): readonly string[] {
  return [...new Set(diff.files.flatMap(({ path, previousPath }) => [path, ...(previousPath === undefined ? [] : [previousPath])]))].sort()
}

function holds(diff: Diff, { base, head }: { readonly base: Tree; readonly head: Tree }): void {
  const lookup = lookupOf(diff)
  for (const file of diff.files) {
    const before = file.status === 'added' ? [] : linesOf(base, file.previousPath ?? file.path)
    const after = file.status === 'deleted' ? [] : linesOf(head, file.path)
    expect(applied(file, before, after)).toEqual(after)
    for (let line = 1; line <= after.length; line += 1) {
      const origin = lookup.baseLine(file.path, line)
      if (lookup.added(file.path).has(line)) expect(origin).toBeUndefined()
      else expect(before[(origin ?? 0) - 1]).toBe(after[line - 1])
      const within = file.hunks.some(({ head }) => line >= head.start && line < head.start + head.lines)
      expect(lookup.isShown(file.path, line, 'head')).toBe(within)
      expect(lookup.shown(file.path).includes(line)).toBe(within)
    }
    for (const { base: left, head: right, added, removed } of file.hunks) {
      expect(right.lines - added.length).toBe(left.lines - removed.length)
    }
  }
}

/** Base with the hunks applied: removed lines go, added ones are taken from head, all others stay. */
function applied({ hunks }: FileDiff, before: readonly string[], after: readonly string[]): readonly string[] {
  const removed = new Set(hunks.flatMap((hunk) => hunk.removed))
  const added = new Set(hunks.flatMap((hunk) => hunk.added))
  const kept = before.filter((_, at) => !removed.has(at + 1))
  const result: string[] = []
  let next = 0
  for (let line = 1; next < kept.length || added.has(line); line += 1) {
    result.push(added.has(line) ? (after[line - 1] ?? '') : (kept[next++] ?? ''))
  }
  return result
}

function linesOf(tree: Tree, path: string): readonly string[] {
  const bytes = tree.read(path)
  return bytes === undefined
    ? []
    : (Buffer.from(bytes)
        .toString('latin1')
        .match(/[^\n]*\n|[^\n]+$/g) ?? [])
}
