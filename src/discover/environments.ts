// Which files land together: the repository is one environment unless copies of an object, or the configuration, show that it is several.

import { nameOf } from '../resource/resource.ts'
import { folderOf } from './filename.ts'
import type { Graph } from './graph.ts'
import { homeOf } from './home.ts'
import { environmentOfPath } from './kustomize/overlay.ts'
import { environmentNamed, type NamedEnvironment } from './selection.ts'
import type { Environment, RenderTarget } from './target.ts'

/**
 * The environment of every path. Where one object stands in several files of one graph, the repository is split at the first folder where their paths differ; the splits of all graphs
 * are united, so that base and head see the same environments. A path belongs to the deepest split folder above it, or to the whole repository. The globs of `named` are written from `root`.
 */
export function environmentsOf(
  graphs: readonly Pick<Graph, 'targets'>[],
  named: readonly NamedEnvironment[],
  root = '',
): (path: string) => Environment {
  const nameOfPath = environmentNamed(named, root)
  const splits = new Set<string>()
  for (const graph of graphs) for (const folders of foldersOfCopies(graph)) split(folders, 0, splits)
  return (path) => nameOfPath(path) ?? deepest(path, splits)
}

/** The environment that the place of a target stands for: where its root lies, else, where the repository as a whole is all that this says, where what it renders lies. */
export function placeOf(target: RenderTarget, environmentOf: (path: string) => Environment): Environment {
  const home = homeOf(target)
  return environmentOf(target.root.path) || (home === undefined ? '' : environmentOf(`${home}/.`))
}

const stages =
  /(?:^|[/_.-])(?:pre-?)?(?:prod(?:uction)?|prd|live|stag(?:e|ing)|stg|preview|canary|dev(?:el|elopment)?|test(?:ing)?|qa|uat|int(?:egration)?|sandbox|demo)\d*(?:$|[/_.-])/i

/** Whether a part of the tree is called as environments are: after a stage, or by standing below `clusters`, `environments` and the like. */
export function isCalledEnvironment(place: Environment): boolean {
  return stages.test(place) || environmentOfPath(`${place}/.`) !== undefined
}

/** For each object that stands in several files, their folders, segment by segment. Objects without a name, and those whose name the cluster completes, are no copies. */
function foldersOfCopies(graph: Pick<Graph, 'targets'>): readonly (readonly (readonly string[])[])[] {
  const firsts = new Map<string, string>()
  const copies = new Map<string, Set<string>>()
  for (const { id: path, resources } of graph.targets) {
    for (const { id } of resources) {
      if (id.name === '' || id.name.endsWith('*')) continue
      const key = nameOf(id)
      const first = firsts.get(key)
      if (first === undefined) firsts.set(key, path)
      else if (first !== path) copies.set(key, (copies.get(key) ?? new Set([first])).add(path))
    }
  }
  return [...copies.values()].map((paths) => [...paths].map(segments))
}

function segments(path: string): readonly string[] {
  const folder = folderOf(path)
  return folder === '' ? [] : folder.split('/')
}

/** Adds the folders at which the paths part, and again below each of them; files that lie directly at the parting stay where they are. */
function split(folders: readonly (readonly string[])[], depth: number, splits: Set<string>): void {
  if (folders.length < 2) return
  const groups = new Map<string, (readonly string[])[]>()
  let here = 0
  for (const folder of folders) {
    const next = folder[depth]
    const group = next === undefined ? undefined : groups.get(next)
    if (next === undefined) here++
    else if (group === undefined) groups.set(next, [folder])
    else group.push(folder)
  }
  const part = groups.size + (here > 0 ? 1 : 0) > 1
  for (const group of groups.values()) {
    if (part) splits.add(group[0]?.slice(0, depth + 1).join('/') ?? '')
    split(group, depth + 1, splits)
  }
}

function deepest(path: string, splits: ReadonlySet<string>): Environment {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (splits.has(folder)) return folder
  return ''
}
