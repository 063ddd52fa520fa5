// What was judged through targets, and what a change makes invisible there: a target of base that nothing at head renders in its place.

import { nameOf, type Resource } from '../resource/resource.ts'
import { groupBy } from '../text/group.ts'
import type { Graph, Graphs, Hiding, Problem, Skip } from './graph.ts'
import { rendersAway } from './reason.ts'
import type { Missing, RenderTarget } from './target.ts'

/** A target that was rendered, or could not be; `missing` was left out. */
export type SeenTarget = {
  readonly target: RenderTarget
  readonly resources: readonly Resource[]
  readonly missing: readonly Missing[]
  readonly failed: boolean
  /** Why it failed, where it is not for what the tree lacks. */
  readonly problems?: readonly Problem[]
}
export type Seen = { readonly base: readonly SeenTarget[]; readonly head: readonly SeenTarget[] }

export const unseen: Seen = { base: [], head: [] }

/** Whether a gap is none any more, since what the file holds came out in what was rendered; of a kustomization only where nothing was left out. */
export function isShown(seen: readonly SeenTarget[]): (skip: Skip) => boolean {
  const rendered = seen.filter(({ failed }) => !failed)
  const covered = new Set(rendered.flatMap(({ target }) => target.covers))
  const whole = new Set(rendered.flatMap(({ target, missing }) => (missing.length === 0 ? target.covers : [])))
  return ({ path, reason }) => rendersAway.has(reason) && (reason === 'kustomization' ? whole : covered).has(path)
}

/** Whether a problem says already why a gap is one: what would read the file was rendered before the change and fails now. */
export function isToldByFailure({ base, head }: Seen): (skip: Skip) => boolean {
  const before = new Set(base.flatMap(({ target, failed }) => (failed ? [] : [target.id])))
  const covered = coveredByFailed(head, ({ id }) => before.has(id))
  return ({ path, reason }) => rendersAway.has(reason) && covered.has(path)
}

/** The files of those of the targets that could not be rendered, and of which a problem says so. */
function coveredByFailed(seen: readonly SeenTarget[], isMeant: (target: RenderTarget) => boolean): ReadonlySet<string> {
  const broken = seen.filter(({ target, failed, problems = [] }) => failed && problems.length > 0 && isMeant(target))
  return new Set(broken.flatMap(({ target }) => target.covers))
}

/**
 * Those objects of a file for which no object of their kind comes out that stems from the file; a target may put something before or behind the name. The longest names are found first, so that
 * what comes out as `gate-canary` is not taken for `gate` where both were there.
 */
export function notComingOut(seen: readonly SeenTarget[]): (path: string, resources: readonly Resource[]) => readonly Resource[] {
  const given = groupBy(
    seen.flatMap(({ resources }) => resources),
    ({ document }) => document.path,
  )
  return (path, resources) => {
    const left = (given.get(path) ?? []).map(({ id }) => id)
    const shown = resources
      .toSorted((a, b) => b.id.name.length - a.id.name.length)
      .filter(({ id }) => {
        const at = left.findIndex((other) => other.kind === id.kind && other.group === id.group && other.name.includes(id.name))
        if (at >= 0) left.splice(at, 1)
        return at >= 0
      })
    return resources.filter((resource) => !shown.includes(resource))
  }
}

type Sides = { readonly graphs: Graphs; readonly seen: Seen }

/**
 * Problems for targets that were rendered at base and that head does not have, while files that their objects stem from are still there and nothing else shows these objects: a root that is
 * turned elsewhere, a circle, a chart declared a library. That a target fails to render is told where it fails, and what it leaves out on purpose is a deletion.
 */
export function unrendered({ graphs, seen }: Sides, nextPath: (path: string) => string): readonly Hiding[] {
  // A chart that another one takes in may be left out there, behind a condition.
  const isTaken = ({ root, through }: RenderTarget) => root.kind === 'chart' && through.length > 0
  const known = new Set(graphs.head.rendered.filter((target) => !isTaken(target)).map(({ id }) => id))
  for (const { target } of seen.head) known.add(target.id)
  const names = new Set([...graphs.head.targets, ...seen.head].flatMap(({ resources }) => resources.map(({ id }) => nameOf(id))))
  const hidden = notComingOut(seen.head)
  // What fails anew is told where it fails; what failed before is old, and must not take in what was judged.
  const old = new Set(seen.base.flatMap(({ target, failed: isFailed }) => (isFailed ? [target.id] : [])))
  const failing = coveredByFailed(seen.head, ({ id }) => !old.has(id))
  const isThere = (path: string) => graphs.head.scene.ground.kinds.has(path) && !failing.has(path)
  return seen.base.flatMap(({ target, resources, failed }) => {
    if (failed || known.has(target.id)) return []
    const byPath = groupBy(resources, ({ document }) => nextPath(document.path))
    const lost = [...byPath]
      .filter(([path]) => isThere(path))
      .flatMap(([path, all]) => hidden(path, all))
      .filter(({ id }) => !names.has(nameOf(id)))
    return lost.length === 0 ? [] : [{ problem: problemOf(target, lost, graphs.head, nextPath), resources: lost }]
  })
}

function problemOf(target: RenderTarget, lost: readonly Resource[], head: Graph, nextPath: (path: string) => string): Problem {
  const path = nextPath(target.root.path)
  const why = head.unresolved.find(({ root }) => root.path === path && root.name === target.root.name)
  const what = lost.length === 1 ? `${lost[0] === undefined ? '' : nameOf(lost[0].id)} was` : `${lost.length} objects were`
  return {
    code: 'no-longer-judged',
    path: head.scene.ground.kinds.has(path) ? path : nextPath(lost[0]?.document.path ?? path),
    message: `${what} judged through ${target.id} before this change and ${lost.length === 1 ? 'is' : 'are'} not any more: ${why?.message ?? 'nothing renders what is still there'}`,
    hint: why?.hint ?? 'Delete what nothing applies any more, or name its target in the configuration.',
  }
}
