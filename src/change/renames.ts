// Which of the files that a change adds are files that it deletes, under another path.

import type { Tree } from './tree.ts'

export type Side = { readonly tree: Tree; readonly paths: readonly string[] }

/** Git's bounds: files that share half of their content are one file that moved; with more candidates than this on a side only equal files are. */
const alike = 0.5
const mostCompared = 400
/** Larger files are compared as a whole only. */
const largestCompared = 1024 * 1024

/** The path at base by path at head: equal content first, a file of the same name before others, then the most alike. */
export function findRenames(base: Side, head: Side): ReadonlyMap<string, string> {
  const renames = equalFiles(base, head)
  const taken = new Set(renames.values())
  const left = base.paths.filter((path) => !taken.has(path))
  const open = head.paths.filter((path) => !renames.has(path))
  if (left.length > mostCompared || open.length > mostCompared) return renames
  const before = sketches({ tree: base.tree, paths: left })
  const after = sketches({ tree: head.tree, paths: open })
  const pairs = after.flatMap((own) => before.flatMap((other) => pairOf(other, own)))
  pairs.sort((a, b) => b.score - a.score || Number(b.sameName) - Number(a.sameName))
  for (const { from, to } of pairs) {
    if (renames.has(to) || taken.has(from)) continue
    renames.set(to, from)
    taken.add(from)
  }
  return renames
}

function equalFiles(base: Side, head: Side): Map<string, string> {
  const left = new Map<string, string[]>()
  for (const path of base.paths) {
    const id = base.tree.identify(path)
    left.set(id, [...(left.get(id) ?? []), path])
  }
  const renames = new Map<string, string>()
  const take = (path: string, wanted: (candidate: string) => boolean) => {
    const candidates = left.get(head.tree.identify(path)) ?? []
    const at = candidates.findIndex(wanted)
    if (at >= 0) renames.set(path, candidates.splice(at, 1)[0] ?? path)
  }
  for (const path of head.paths) take(path, (candidate) => nameOf(candidate) === nameOf(path))
  for (const path of head.paths) if (!renames.has(path)) take(path, () => true)
  return renames
}

/** How often a file holds each of its lines. */
type Sketch = { readonly path: string; readonly size: number; readonly lines: ReadonlyMap<string, number> }
type Pair = { readonly from: string; readonly to: string; readonly score: number; readonly sameName: boolean }

function sketches({ tree, paths }: Side): readonly Sketch[] {
  return paths.flatMap((path) => {
    const bytes = tree.read(path)
    if (bytes === undefined || bytes.length === 0 || bytes.length > largestCompared) return []
    const lines = new Map<string, number>()
    for (const line of new TextDecoder('latin1').decode(bytes).split('\n')) lines.set(line, (lines.get(line) ?? 0) + 1)
    return [{ path, size: bytes.length, lines }]
  })
}

function pairOf(from: Sketch, to: Sketch): readonly Pair[] {
  const largest = Math.max(from.size, to.size)
  if (Math.min(from.size, to.size) < largest * alike) return []
  let common = 0
  for (const [line, count] of to.lines) common += Math.min(count, from.lines.get(line) ?? 0) * (line.length + 1)
  const score = common / (largest + 1)
  return score < alike ? [] : [{ from: from.path, to: to.path, score, sameName: nameOf(from.path) === nameOf(to.path) }]
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
