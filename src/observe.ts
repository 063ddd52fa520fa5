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
import { type Inspection, inspect } from './inspect.ts'
import type { Engine } from './render/engine.ts'
import type { RenderRun } from './render/render.ts'
import type { Rendered } from './render/rendered.ts'
import type { RenderedSide, RenderSide, Sides } from './render/sides.ts'
import { type Sight, sightsOf } from './render/sight.ts'
import type { Sources } from './render/source.ts'
import type { Resource } from './resource/resource.ts'
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

/** Both sides of a change. */
export type Look = Sides<Observation> & {
  /** Head with the lines of the charts that gave these objects, where they were not asked for at once. */
  readonly headWithLines: (shown: readonly Resource[]) => Promise<Observation>
}

/** Charts of head that tell their lines at once. Where there are more, most of them show nothing, and lines double the time of a render. */
const mostLined = 4

/** Looks at both sides of a change, and in each only at what the change reaches. */
export async function observeChange(trees: Sides<Tree>, diff: Diff, observer: Observer): Promise<Look> {
  observer.watch.stage('parse')
  const graphs = { base: surveyed(trees.base, observer), head: surveyed(trees.head, observer) }
  const touched = affected(graphs, diff)
  const chosen = { base: only(graphs.base, touched), head: only(graphs.head, touched) }
  const areMany = chosen.head.targets.filter(({ kind }) => kind === 'chart').length > mostLined
  const sparing: Observer = areMany ? { ...observer, lines: 'needed' } : observer
  return observe(trees, chosen, { graphs, observer: sparing, touched: touchedBy(diff) })
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

async function observe(trees: Sides<Tree>, chosen: Sides<Chosen>, { graphs, observer, touched }: Round): Promise<Look> {
  observer.watch.stage('render')
  const sides = {
    // Of base few places are ever shown: these are asked for when they are known.
    base: sideOf(trees.base, graphs.base, chosen.base, { ...observer, lines: 'needed' }),
    head: sideOf(trees.head, graphs.head, chosen.head, observer),
  }
  const made = await rendered(sides, touched)
  observer.watch.stage('judge')
  const round = { trees, chosen, graphs, sides, observer }
  const base = await observation('base', made, round)
  const head = await observation('head', made, round)
  const headWithLines = async (shown: readonly Resource[]) => {
    const lined = await linedOf(shown, head)
    return lined === undefined ? head : observation('head', { ...made, head: { ...made.head, rendered: lined } }, round)
  }
  return { base, head, headWithLines }
}

type Judging = {
  readonly trees: Sides<Tree>
  readonly chosen: Sides<Chosen>
  readonly graphs: Sides<Graph>
  readonly sides: Sides<RenderSide>
  readonly observer: Observer
}

/** What one side gave, of what both were rendered to. */
async function observation(
  side: keyof Sides<unknown>,
  made: Sides<RenderedSide>,
  { trees, chosen, graphs, sides, observer: { policy, rules } }: Judging,
): Promise<Observation> {
  const { rendered, unresolved } = made[side]
  const sights = sightsOf(
    { base: { ...chosen.base, rendered: made.base.rendered }, head: { ...chosen.head, rendered: made.head.rendered } },
    environmentsOf([graphs.base, graphs.head], policy.environments, policy.root),
  )[side]
  const found = await inspect({ sights, rules, policy })
  return {
    ...found,
    graph: graphs[side],
    sights,
    rendered,
    unresolved,
    problems: [...graphs[side].problems, ...rendered.flatMap(({ problems }) => problems), ...found.problems],
    scene: {
      sources: sourcesIn(trees[side]),
      targets: new Map(rendered.flatMap(({ target }) => [target, ...innerTargets(target)]).map((target) => [target.id, target])),
    },
    run: sides[side].run,
  }
}

/** What was rendered, with the lines of these objects; undefined where nothing is to be asked again. */
async function linedOf(shown: readonly Resource[], { rendered, scene, run }: Observation): Promise<readonly Rendered[] | undefined> {
  if (run.lines === undefined) return undefined
  const { linedRenders } = await import('./trace/lined.ts')
  const again = await linedRenders(shown, scene, run)
  // With lines a render may fail where it does not without: what was found stays.
  const lined = new Map(again.filter(({ failed }) => !failed).map((one) => [one.target.id, one]))
  return lined.size === 0 ? undefined : rendered.map((one) => lined.get(one.target.id) ?? one)
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
