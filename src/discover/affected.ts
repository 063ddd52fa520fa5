// Which targets a change reaches, at base or at head.

import type { Diff } from '../change/diff.ts'
import type { Graph } from './graph.ts'
import type { Target } from './target.ts'

/**
 * The ids of all targets that must be looked at: one of their inputs was changed, added, deleted or renamed, or only one of the two graphs knows them (a file that is judged now because
 * what stood beside it changed). Both sides of a rename are in it.
 */
export function affected(graphs: { readonly base: Graph; readonly head: Graph }, diff: Diff): ReadonlySet<string> {
  const touched = new Set<string>()
  for (const { path, previousPath } of diff.files) {
    touched.add(path)
    if (previousPath !== undefined) touched.add(previousPath)
  }
  const base = new Set(targetsOf(graphs.base).map(({ id }) => id))
  const head = new Set(targetsOf(graphs.head).map(({ id }) => id))
  const found = new Set<string>()
  for (const { id, inputs } of [...targetsOf(graphs.base), ...targetsOf(graphs.head)]) {
    if (base.has(id) !== head.has(id) || inputs.some((path) => touched.has(path))) found.add(id)
  }
  return found
}

function targetsOf({ targets, rendered }: Graph): readonly Target[] {
  return [...targets, ...rendered]
}
