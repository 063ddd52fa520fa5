// Of what vanished from the files, that which no target gives either.

import type { Graph, Problem } from '../discover/graph.ts'
import type { Resource } from '../resource/resource.ts'
import { groupBy } from '../text/group.ts'
import type { Rendered } from './rendered.ts'

/**
 * The problems that remain once targets were rendered: an object that was judged in its file and comes out of a target now was not hidden, and neither was a new file whose content comes
 * out. `was` gives the path at base of a file of head.
 */
export function outOfSight(
  problems: readonly Problem[],
  base: Graph,
  { rendered, was }: { readonly rendered: readonly Rendered[]; readonly was: (path: string) => string },
): readonly Problem[] {
  const whole = rendered.filter(({ failed }) => !failed)
  const covered = new Set(whole.flatMap(({ target }) => target.covers))
  const given = groupBy(
    whole.flatMap(({ resources }) => resources),
    ({ document }) => document.path,
  )
  const before = new Map(base.targets.map(({ id, resources }) => [id, resources]))
  return problems.filter(({ code, path }) => {
    if (code === 'not-judged') return !covered.has(path)
    return !comesOut(before.get(was(path)) ?? [], given.get(path) ?? [])
  })
}

/** Whether each object has one of its kind in the output that stems from its file: a target may give it another name and namespace. */
function comesOut(before: readonly Resource[], given: readonly Resource[]): boolean {
  const left = given.map(({ id }) => id)
  return (
    before.length > 0 &&
    before.every(({ id }) => {
      const at = left.findIndex((other) => other.kind === id.kind && other.group === id.group && other.name.includes(id.name))
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  )
}
