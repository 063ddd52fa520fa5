// Which targets a change reaches, at base or at head.

import type { Diff } from '../change/diff.ts'
import type { Graph, Graphs } from './graph.ts'
import type { Target } from './target.ts'

/**
 * The ids of all targets that must be looked at: one of their inputs was changed, added, deleted or renamed, only one of the two graphs knows them, or only one of them takes the file
 * into a kustomization (what stood beside it changed). Both sides of a rename are in it.
 */
export function affected(graphs: Graphs, diff: Diff): ReadonlySet<string> {
  const touched = new Set<string>()
  for (const { path, previousPath } of diff.files) {
    touched.add(path)
    if (previousPath !== undefined) touched.add(previousPath)
  }
  const base = new Map(targetsOf(graphs.base).map((target) => [target.id, target]))
  const head = new Map(targetsOf(graphs.head).map((target) => [target.id, target]))
  const found = new Set<string>()
  for (const target of [...base.values(), ...head.values()]) {
    const isAlike = base.has(target.id) === head.has(target.id) && isJudgedAlike(base.get(target.id), head.get(target.id))
    if (isAlike && !target.inputs.some((path) => touched.has(path))) continue
    for (const id of [target.id, ...throughAll(target, base), ...throughAll(target, head)]) found.add(id)
  }
  return found
}

function targetsOf({ targets, references, rendered }: Graph): readonly Target[] {
  return [...targets, ...references, ...rendered]
}

function isJudgedAlike(base: Target | undefined, head: Target | undefined): boolean {
  return base?.kind !== 'manifest' || head?.kind !== 'manifest' || base.unrendered === head.unrendered
}

/** What has to be rendered for a target's root object to come out: the targets above it, all the way up. */
function throughAll(target: Target, targets: ReadonlyMap<string, Target>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = 'through' in target ? [...target.through] : []
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const above = targets.get(id)
    if (above === undefined || !('through' in above) || found.has(id)) continue
    found.add(id)
    open.push(...above.through)
  }
  return found
}
