// The fixes of a run: proved by looking at the edited tree as the tree itself was looked at, wherever the edits reach.

import { isBelow } from './change/subtree.ts'
import type { Tree } from './change/tree.ts'
import { factsOf } from './config.ts'
import { takersIn } from './discover/kustomize/taker.ts'
import type { Finding } from './finding/finding.ts'
import { definitionsIn } from './fix/definitions.ts'
import type { VerifiedFix } from './fix/fix.ts'
import { type Mended, mend } from './fix/mend.ts'
import { propose, type Surroundings } from './fix/propose.ts'
import { routesIn } from './fix/route/routes.ts'
import type { RoutesOf } from './fix/route.ts'
import { textIn } from './fix/text.ts'
import { type Proving, verify } from './fix/verify.ts'
import { answersTo, type Lookup, type Wish } from './fix/wish.ts'
import { type Observation, type Observer, observeChange, observeTree } from './observe.ts'
import type { Resource } from './resource/resource.ts'
import type { Shown } from './trace/refine.ts'
import type { Tracer } from './trace/trace.ts'
import { silent } from './watch.ts'
import { refuse } from './yaml/change.ts'

/** How fixes are proved in a run. */
export type Fixing = {
  readonly now: () => number
  /** Milliseconds that proving may take. */
  readonly budget: number
  readonly isWanted?: (finding: Finding, safety: 'safe' | 'unsafe') => boolean
}

/** The revision that is mended, and what was seen of it. */
export type Seen = {
  readonly tree: Tree
  readonly observation: Observation
  /** Whether all of the tree was looked at: what an app of apps names is then found again only through all of it. */
  readonly isWhole: boolean
  /** What its objects were before a change. */
  readonly before: ReadonlyMap<Resource, Resource>
}

/** What was mended, with the files as they are in the tree. */
export type Written = Mended & {
  readonly textOf: (path: string) => string
  /** Proves some of the fixes without the others, in as much time as there was for all. */
  readonly prove: (fixes: readonly VerifiedFix[]) => Promise<Pick<Mended, 'fixes' | 'objects'>>
}

/** A repair that is about to be: it has to be told where the values at its places are edited. */
export type Repair = { readonly places: readonly Shown[]; readonly mend: (trace: Tracer) => Promise<Written> }

/** How findings of a revision are mended. */
export async function repair(
  findings: readonly Finding[],
  { tree, observation, isWhole, before }: Seen,
  { observer, fixing }: { readonly observer: Observer; readonly fixing: Fixing },
): Promise<Repair> {
  const quiet: Observer = { ...observer, watch: silent, lines: 'needed' }
  const { objects } = observation
  const { now, budget } = fixing
  const { below } = observer.policy
  // Where one folder is mended, what reads the files outside of it too is not looked at.
  const isForeign = (path: string) => observation.graph.thirdParty.ofFile(path) !== undefined || (isWhole && !isBelow(path, below))
  const known = { objects, isForeign, facts: factsOf(observer.policy), definitionsOf: definitionsIn(observation.scene), before }
  const asking = { sources: observer.sources, now, budget: budget * shareOfAsking }
  const lookup = await answersTo(wishesOf(findings, known), asking)
  const look: Proving['look'] = async (edited, paths) => {
    if (isWhole) return { base: observation, head: await observeTree(edited, quiet) }
    const files = withRoots(paths, observation).map((path) => ({ status: 'modified' as const, path, hunks: [] }))
    return observeChange({ base: tree, head: edited }, { files }, quiet)
  }
  const mending = { tree, ...known, lookup, look, ...fixing }
  return {
    places: placesOf(findings, mending),
    mend: async (trace) => {
      observer.watch.stage('fix')
      const mended = await mend(findings, { ...mending, routesOf: routesFor(trace, observation, isForeign) })
      const prove = (fixes: readonly VerifiedFix[]) =>
        verify(
          fixes.map((fix) => [fix]),
          mending,
        )
      return { ...mended, textOf: (path) => textIn(tree, path), prove }
    },
  }
}

/** Files, and those of the roots through which targets that read them were found: what only a render names is found again through it. */
function withRoots(paths: readonly string[], { rendered }: Observation): readonly string[] {
  const targets = new Map(rendered.map(({ target }) => [target.id, target]))
  const edited = new Set(paths)
  const found = new Set(paths)
  const open = [...targets.values()].filter(({ inputs }) => inputs.some((path) => edited.has(path)))
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    for (const id of target.through) {
      const above = targets.get(id)
      if (above === undefined || found.has(above.root.path)) continue
      found.add(above.root.path)
      open.push(above)
    }
  }
  return [...found]
}

/** Of the time that proving may take, what asking other hosts may take beside it. */
const shareOfAsking = 0.3

/** What fixes would have to know. */
function wishesOf(findings: readonly Finding[], known: Omit<Surroundings, 'lookup' | 'routesOf'>): readonly Wish[] {
  const wishes: Wish[] = []
  const lookup: Lookup = (wish) => {
    wishes.push(wish)
    return refuse('nobody was asked yet')
  }
  propose(findings, { ...known, lookup, routesOf: () => ({ routes: [], refused: '' }) })
  return wishes
}

/** The places that fixes would change, in the objects as they are applied. */
function placesOf(findings: readonly Finding[], surroundings: Omit<Surroundings, 'routesOf'>): readonly Shown[] {
  const places: Shown[] = []
  const routesOf: RoutesOf = (resource, changes) => {
    if (resource.document.rendering !== undefined) places.push(...changes.map(({ pointer }) => ({ resource, pointer, rule: '' })))
    return { routes: [{ kind: 'source', edits: [] }], refused: '' }
  }
  propose(findings, { ...surroundings, routesOf })
  return places
}

/** How values at such places are changed. */
function routesFor(trace: Tracer, { scene, graph }: Observation, isForeign: (path: string) => boolean): RoutesOf {
  const { applied, thirdParty } = graph
  const takerOf = takersIn(graph.scene.ground, (path) => thirdParty.ofFile(path) !== undefined)
  return routesIn({
    scene,
    applied,
    takerOf,
    siteOf: (resource, pointer) => trace(resource, pointer, '').site,
    isForeign,
  })
}
