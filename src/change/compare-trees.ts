// What lies between two trees, where no git can be asked: folders.

import type { Diff, FileDiff } from './diff.ts'
import { diffLines } from './lines.ts'
import type { Tree } from './tree.ts'

/** Git's bounds: files that share half of their lines are one file that moved; above so many candidates only equal files are. */
const alike = 0.5
const mostCompared = 400

/** Files added, deleted, modified and renamed, with their hunks. */
export function diffTrees(base: Tree, head: Tree): Diff {
  const before = new Set(base.files.filter(({ kind }) => kind === 'file').map(({ path }) => path))
  const after = new Set(head.files.filter(({ kind }) => kind === 'file').map(({ path }) => path))
  const files: FileDiff[] = []
  for (const path of after) {
    if (!before.has(path) || base.identify(path) === head.identify(path)) continue
    files.push({ status: 'modified', path, hunks: diffLines(textOf(base, path), textOf(head, path)) })
  }
  const added = [...after].filter((path) => !before.has(path))
  const deleted = [...before].filter((path) => !after.has(path))
  const renames = findRenames({ tree: base, paths: deleted }, { tree: head, paths: added })
  for (const [path, previousPath] of renames) {
    files.push({ status: 'renamed', path, previousPath, hunks: diffLines(textOf(base, previousPath), textOf(head, path)) })
  }
  const moved = new Set(renames.values())
  for (const path of added) if (!renames.has(path)) files.push({ status: 'added', path, hunks: diffLines('', textOf(head, path)) })
  for (const path of deleted) if (!moved.has(path)) files.push({ status: 'deleted', path, hunks: diffLines(textOf(base, path), '') })
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }
}

type Side = { readonly tree: Tree; readonly paths: readonly string[] }

function findRenames(base: Side, head: Side): ReadonlyMap<string, string> {
  const renames = new Map<string, string>()
  const left = new Set(base.paths)
  const take = (path: string, previous: string) => {
    renames.set(path, previous)
    left.delete(previous)
  }
  const byContent = new Map(base.paths.map((path) => [base.tree.identify(path), path]))
  for (const path of head.paths) {
    const same = byContent.get(head.tree.identify(path))
    if (same !== undefined && left.has(same)) take(path, same)
  }
  const open = head.paths.filter((path) => !renames.has(path))
  if (open.length * left.size > mostCompared * mostCompared) return renames
  const lines = new Map([...left].map((path) => [path, linesOf(textOf(base.tree, path))]))
  for (const path of open) {
    const own = linesOf(textOf(head.tree, path))
    const best = [...left]
      .map((previous) => ({ previous, score: shared(lines.get(previous) ?? [], own) }))
      .sort((a, b) => b.score - a.score)[0]
    if (best !== undefined && best.score >= alike) take(path, best.previous)
  }
  return renames
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

function shared(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const line of a) counts.set(line, (counts.get(line) ?? 0) + 1)
  let common = 0
  for (const line of b) {
    const left = counts.get(line) ?? 0
    if (left === 0) continue
    counts.set(line, left - 1)
    common += 1
  }
  return common / Math.max(a.length, b.length, 1)
}

function textOf(tree: Tree, path: string): string {
  const bytes = tree.read(path)
  return bytes === undefined || bytes.includes(0) ? '' : new TextDecoder().decode(bytes)
}
