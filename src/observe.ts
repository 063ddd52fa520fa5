// Two revisions looked at in the same way: surveyed, rendered where the change reaches, inspected.

import type { Diff } from './change/diff.ts'
import type { Tree } from './change/tree.ts'
import type { Policy } from './config.ts'
import { affected } from './discover/affected.ts'
import { environmentsOf } from './discover/environments.ts'
import type { Graph, Problem } from './discover/graph.ts'
import { isAlone } from './discover/home.ts'
import { innerTargets } from './discover/inner.ts'
import type { Memo } from './discover/memo.ts'
import { targetsIn } from './discover/roots.ts'
import type { Settings } from './discover/selection.ts'
import { survey } from './discover/survey.ts'
import type { Target, Unresolved } from './discover/target.ts'
import { worthTelling } from './finding/problem.ts'
import { type Inspection, inspect } from './inspect.ts'
import type { Engine } from './render/engine.ts'
import type { RenderRun } from './render/render.ts'
import type { Rendered } from './render/rendered.ts'
import type { RenderedSide, RenderSide, Sides } from './render/sides.ts'
import { type Sight, sightsOf } from './render/sight.ts'
import type { Sources } from './render/source.ts'
import type { RuleSet } from './rule/rule-set.ts'
import { sourcesIn } from './trace/source.ts'
import type { Scene } from './trace/trace.ts'
import type { Watch } from './watch.ts'

/** What is looked with. Parses and renders are shared by all that one observer looks at. */
export type Observer = {
  readonly policy: Policy
  readonly rules: RuleSet
  readonly engine: Engine
  readonly sources: Sources
  readonly memo: Memo
  readonly watch: Watch
  /** `needed`: nobody asks where findings of head are edited, so that it is rendered as sparingly as base. */
  readonly lines?: 'needed'
}

/** What a revision gave. */
export type Observation = Inspection & {
  readonly graph: Graph
  /** What was judged. */
  readonly sights: readonly Sight[]
  readonly rendered: readonly Rendered[]
  /** Roots in what was rendered of which no target could be made. */
  readonly unresolved: readonly Unresolved[]
  /** All that could not be looked at, in files, in targets and by rules. */
  readonly problems: readonly Problem[]
  /** What tracing looks at. */
  readonly scene: Scene
  readonly run: RenderRun
}

/** Looks at both sides of a change, and in each only at what the change reaches. */
export async function observeChange(trees: Sides<Tree>, diff: Diff, observer: Observer): Promise<Sides<Observation>> {
  observer.watch.stage('parse')
  const graphs = { base: surveyed(trees.base, observer), head: surveyed(trees.head, observer) }
  const touched = affected(graphs, diff)
  return observe(
    trees,
    { base: only(graphs.base, touched), head: only(graphs.head, touched) },
    { graphs, observer, touched: touchedBy(diff) },
  )
}

/** Looks at a whole tree. */
export async function observeTree(tree: Tree, observer: Observer): Promise<Observation> {
  observer.watch.stage('parse')
  const graph = surveyed(tree, observer)
  const trees = { base: tree, head: tree }
  const nothing = { manifests: [], references: [], targets: [] }
  const all = { manifests: graph.targets, references: graph.references, targets: graph.rendered }
  const { head } = await observe(
    trees,
    { base: nothing, head: all },
    { graphs: { base: graph, head: graph }, observer, touched: () => true },
  )
  return head
}

/** The targets of one side that are looked at. */
type Chosen = { readonly manifests: Graph['targets']; readonly references: Graph['references']; readonly targets: Graph['rendered'] }
type Round = { readonly graphs: Sides<Graph>; readonly observer: Observer; readonly touched: (path: string) => boolean }

async function observe(trees: Sides<Tree>, chosen: Sides<Chosen>, { graphs, observer, touched }: Round): Promise<Sides<Observation>> {
  const { policy, rules, watch } = observer
  watch.stage('render')
  const sides = {
    // Of base few places are ever shown: these are asked for when they are known.
    base: sideOf(trees.base, graphs.base, chosen.base, { ...observer, lines: 'needed' }),
    head: sideOf(trees.head, graphs.head, chosen.head, observer),
  }
  const made = await rendered(sides, touched)
  const sights = sightsOf(
    {
      base: { ...chosen.base, rendered: made.base.rendered },
      head: { ...chosen.head, rendered: made.head.rendered },
    },
    environmentsOf([graphs.base, graphs.head], policy.environments, policy.root),
  )
  watch.stage('judge')
  const observation = async (side: keyof Sides<unknown>): Promise<Observation> => {
    const { rendered, unresolved } = made[side]
    const found = await inspect({ sights: sights[side], rules, policy })
    const { thirdParty } = graphs[side]
    const problems = [...graphs[side].problems, ...rendered.flatMap((one) => one.problems), ...found.problems]
    return {
      ...found,
      graph: graphs[side],
      sights: sights[side],
      rendered,
      unresolved,
      problems: worthTelling(problems, (path) => thirdParty.ofFile(path) !== undefined),
      scene: {
        sources: sourcesIn(trees[side]),
        targets: new Map(rendered.flatMap(({ target }) => [target, ...innerTargets(target)]).map((target) => [target.id, target])),
      },
      run: sides[side].run,
    }
  }
  return { base: await observation('base'), head: await observation('head') }
}

/** What renders is loaded where there is something to render. */
async function rendered(sides: Sides<RenderSide>, touched: (path: string) => boolean): Promise<Sides<RenderedSide>> {
  const nothing = { rendered: [], unresolved: [] }
  if (sides.base.targets.length + sides.head.targets.length === 0) return { base: nothing, head: nothing }
  const { renderSides } = await import('./render/sides.ts')
  return renderSides(sides, touched)
}

function surveyed(tree: Tree, { policy, memo }: Observer): Graph {
  return survey(tree, settingsOf(policy), memo)
}

/** What the policy says about paths and targets. */
export function settingsOf({ ignore, paths, root, below, environments, targets, repositories, generators, thirdParty }: Policy): Settings {
  return {
    thirdParty,
    ignore,
    include: paths.include,
    exclude: paths.exclude,
    root,
    below,
    environments,
    targets,
    origins: repositories,
    generators,
  }
}

function only({ targets, references, rendered }: Graph, touched: ReadonlySet<string>): Chosen {
  const isTouched = ({ id }: Target) => touched.has(id)
  return { manifests: targets.filter(isTouched), references: references.filter(isTouched), targets: rendered.filter(isTouched) }
}

function touchedBy({ files }: Diff): (path: string) => boolean {
  const paths = new Set(files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])))
  return (path) => paths.has(path)
}

function sideOf(tree: Tree, graph: Graph, { targets }: Chosen, { engine, policy, sources, lines }: Observer): RenderSide {
  return {
    run: { tree, engine, sources, kubernetesVersion: policy.kubernetesVersion.value, ...(lines === undefined ? {} : { lines }) },
    targets,
    standing: graph.rendered.filter(isAlone),
    named: ({ resources, target }) => targetsIn(resources, graph.scene, target),
  }
}
