// What a change takes out of sight: nobody switches judging off from inside a pull request without its being said.

import type { Diff } from '../change/diff.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { groupBy } from '../text/group.ts'
import { baseName, folderOf, formOf } from './filename.ts'
import type { Graph, Graphs, Hiding, Problem, Skip } from './graph.ts'
import { podless } from './podless.ts'
import { hintFor, reasonText } from './reason.ts'
import { isShown, isToldByFailure, notComingOut, type Seen, type SeenTarget, unrendered, unseen } from './seen.ts'

export type Vanished = { readonly problems: readonly Problem[]; readonly hidden: ReadonlySet<Resource> }

/**
 * Problems for what was judged at base and, though its file is still there (moved or not), is not at head (`no-longer-judged`), and for what looks like Kubernetes, is new at head and not judged
 * (`not-judged`). Deleting a file, or an object from it, is no problem; nor is what was not judged before. `seen`: what targets rendered, through which objects are judged as well.
 * `hidden`: the objects of base that are not judged any more, so that what was found in them is not fixed.
 */
export function vanished(graphs: Graphs, diff: Diff, seen: Seen = unseen): Vanished {
  const moves = movesOf(diff)
  const base = fileIndex(graphs.base)
  const head = fileIndex(graphs.head)
  const nextPath = (path: string) => moves.next.get(path) ?? path
  const gone = [...lost(graphs, { moves, base, head, seen }), ...unrendered({ graphs, seen }, nextPath)]
  const told = new Set(gone.map(({ problem }) => problem.path))
  const [shown, explained] = [isShown(seen.head), isToldByFailure(seen)]
  const hidden = graphs.head.skips.filter((skip) => skip.attention && !told.has(skip.path) && !shown(skip) && !explained(skip))
  const strayed = deletedAttentive(graphs.base, moves)
  const fresh = [...groupBy(hidden, ({ path }) => path).entries()].flatMap(([path, skips]) => {
    const known = base.get(moves.previous.get(path) ?? path)
    const before = known ?? base.get(strayed.get(`${skips[0]?.reason} ${baseName(path)}`)?.pop() ?? '')
    const now = head.get(path)
    // A document that could not be read before and is skipped now was not judged before either.
    const read = Math.max(0, (before?.problems ?? 0) - (now?.problems ?? 0))
    return skips.slice(attentive(before) + read)
  })
  const hiding = [...gone, ...podless(graphs, nextPath)]
  return {
    problems: [...hiding.map(({ problem }) => problem), ...notJudged(fresh)],
    hidden: new Set(hiding.flatMap(({ resources }) => resources)),
  }
}

/** Files that were not judged at base and are deleted, by reason and name: a folder that moves with too many files for git to see renames leaves such pairs. */
function deletedAttentive({ skips }: Graph, { deleted }: Moves): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { path, reason, attention } of skips) {
    if (!attention || !deleted.has(path)) continue
    const key = `${reason} ${baseName(path)}`
    found.set(key, [...(found.get(key) ?? []), path])
  }
  return found
}

/** What a graph says about one file. */
type FileState = { readonly resources: readonly Resource[]; readonly skips: readonly Skip[]; readonly problems: number }
type FileIndex = ReadonlyMap<string, FileState>
type Moves = {
  readonly next: ReadonlyMap<string, string>
  readonly previous: ReadonlyMap<string, string>
  readonly deleted: ReadonlySet<string>
}
type Scene = { readonly moves: Moves; readonly base: FileIndex; readonly head: FileIndex; readonly seen: Seen }

function movesOf({ files }: Diff): Moves {
  const renamed = files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [] : [[previousPath, path] as const]))
  return {
    next: new Map(renamed),
    previous: new Map(renamed.map(([from, to]) => [to, from])),
    deleted: new Set(files.filter(({ status }) => status === 'deleted').map(({ path }) => path)),
  }
}

function fileIndex({ targets, skips, problems }: Graph): FileIndex {
  const index = new Map<string, { resources: readonly Resource[]; skips: Skip[]; problems: number }>()
  const at = (path: string) => {
    const known = index.get(path)
    if (known !== undefined) return known
    const state = { resources: [], skips: [], problems: 0 }
    index.set(path, state)
    return state
  }
  for (const { id, resources } of targets) at(id).resources = resources
  for (const skip of skips) at(skip.path).skips.push(skip)
  for (const { path } of problems) at(path).problems++
  return index
}

function attentive(state: FileState | undefined): number {
  return state?.skips.filter(({ attention }) => attention).length ?? 0
}

function lost(graphs: Graphs, scene: Scene): readonly Hiding[] {
  const before = countNames(graphs.base, scene.seen.base)
  const after = countNames(graphs.head, scene.seen.head)
  const hidden = notComingOut(scene.seen.head)
  return graphs.base.targets.flatMap(({ id: from, resources }) => {
    const to = whereNow(from, scene)
    if (to === undefined) return []
    const now = scene.head.get(to)
    const missing = hidden(to, without(resources, now?.resources ?? [])).filter(
      ({ id }) => (after.get(nameOf(id)) ?? 0) < (before.get(nameOf(id)) ?? 0),
    )
    const cause = missing.length === 0 ? undefined : causeAt({ from, to }, scene)
    return cause === undefined ? [] : [{ problem: noLongerJudged(to, missing, cause), resources: missing }]
  })
}

function countNames({ targets }: Graph, rendered: readonly SeenTarget[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { resources } of [...targets, ...rendered])
    for (const { id } of resources) counts.set(nameOf(id), (counts.get(nameOf(id)) ?? 0) + 1)
  return counts
}

/** Where a file of base is at head; a link or submodule in the place of one of its folders counts. Undefined for a file that was deleted. */
function whereNow(from: string, { moves, head }: Scene): string | undefined {
  const renamed = moves.next.get(from)
  if (renamed !== undefined) return renamed
  if (head.has(from) || !moves.deleted.has(from)) return from
  for (let folder = folderOf(from); folder !== ''; folder = folderOf(folder)) if (head.has(folder)) return folder
  return undefined
}

/** The resources whose names are not among those of `others`, each counted. */
function without(resources: readonly Resource[], others: readonly Resource[]): readonly Resource[] {
  const left = others.map(({ id }) => nameOf(id))
  return resources.filter(({ id }) => {
    const at = left.indexOf(nameOf(id))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** Places from which nothing is judged whatever stands there, so that moving an object there hides it. */
const hidingPlaces: ReadonlySet<string> = new Set([
  'chart-template',
  'kustomize-patch',
  'kustomize-input',
  'ignored',
  'excluded',
  'symlink',
  'submodule',
  'missing-object',
  'too-large',
  'binary',
  'encrypted',
  'template-placeholder',
  'custom-resource-sample',
])

type Cause = Pick<Skip, 'reason' | 'detail'>

/** What keeps the file's objects from being judged at head; undefined where they were simply taken out of it, or where a problem of the file says it already. */
function causeAt({ from, to }: { readonly from: string; readonly to: string }, { base, head }: Scene): Cause | undefined {
  const now = head.get(to)
  const then = base.get(from)
  if (now === undefined || formOf(to) === 'disguised')
    return from === to ? undefined : { reason: 'not-kubernetes', detail: `renamed from ${from}` }
  if (now.problems > (then?.problems ?? 0)) return undefined
  const whole = now.skips.find(({ document, reason }) => document === undefined && hidingPlaces.has(reason))
  if (whole !== undefined) return whole
  const old = then?.skips.filter(({ attention }) => attention) ?? []
  const seen = now.skips.filter(({ attention }) => attention)
  return seen.length > old.length ? (seen.find(({ reason }) => !old.some((skip) => skip.reason === reason)) ?? seen.at(-1)) : undefined
}

function noLongerJudged(path: string, resources: readonly Resource[], { reason, detail }: Cause): Problem {
  const names = resources.map(({ id }) => nameOf(id))
  const what = names.length === 1 ? `${names[0]} was` : `${listed(names)} were`
  return {
    code: 'no-longer-judged',
    path,
    message: `${what} judged before this change and ${names.length === 1 ? 'is' : 'are'} not any more: ${reasonText(reason, detail)}`,
    hint: hintFor(reason),
  }
}

/** One problem for each file; the templates of one chart, and the patches of one kustomization, are one problem. */
function notJudged(skips: readonly Skip[]): readonly Problem[] {
  const families = groupBy(skips, (skip) => `${skip.reason} ${familyOf(skip)}`)
  return [...families.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const files = new Set([first, ...rest].map(({ path }) => path)).size
    const what =
      files === 1 ? 'New, looks like Kubernetes and is not judged' : `${files} files are new, look like Kubernetes and are not judged`
    const path = files === 1 ? first.path : familyOf(first)
    return [{ code: 'not-judged', path, message: `${what}: ${reasonText(first.reason, first.detail)}`, hint: hintFor(first.reason) }]
  })
}

function familyOf({ path, reason, detail }: Skip): string {
  if (reason === 'chart-template') return `${path.slice(0, path.indexOf('templates/'))}Chart.yaml`
  return reason === 'kustomize-patch' && detail?.startsWith('used by ') ? detail.slice('used by '.length) : path
}

function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more objects`
}
