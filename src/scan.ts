// A change in, a report out; a tree in, a report out. The whole pipeline is on this page.

import type { Change } from './change/change.ts'
import type { Tree } from './change/tree.ts'
import { type Policy, rulesOf } from './config.ts'
import { configPaths, ignorePath } from './config-place.ts'
import { affected } from './discover/affected.ts'
import { environmentsOf } from './discover/environments.ts'
import type { Graph } from './discover/graph.ts'
import { newMemo } from './discover/memo.ts'
import type { Selection } from './discover/selection.ts'
import { survey } from './discover/survey.ts'
import { vanished } from './discover/vanished.ts'
import { compare } from './finding/compare.ts'
import { compareProblems, presentProblems } from './finding/problem.ts'
import { secretsOf } from './finding/sensitive.ts'
import { inspect } from './inspect.ts'
import type { Engine } from './render/engine.ts'
import { memoised } from './render/memo.ts'
import type { Rendered } from './render/rendered.ts'
import { type RenderSide, renderSides } from './render/sides.ts'
import { sightsOf } from './render/sight.ts'
import { buildReport } from './report/build.ts'
import { coverageOf } from './report/coverage.ts'
import { type Judged, judgedBy } from './report/judged.ts'
import type { Report } from './report/report.ts'
import { compileRules } from './rule/compile.ts'
import type { Rulebook } from './rule/rule.ts'
import { tell } from './tell.ts'
import { refined, type Shown } from './trace/refine.ts'
import { sourcesIn } from './trace/source.ts'
import { type Scene, tracerOf } from './trace/trace.ts'
import type { Watch } from './watch.ts'

/** What a run needs beside the trees. */
export type Run = { readonly policy: Policy; readonly rulebook: Rulebook; readonly watch: Watch; readonly engine: Engine }

/** What the change makes worse. */
export async function review(change: Change, run: Run): Promise<Report> {
  const { policy, watch } = run
  const memo = newMemo()
  watch.stage('parse')
  const selection = selectionOf(policy)
  const graphs = { base: survey(change.base, selection, memo), head: survey(change.head, selection, memo) }
  const touched = affected(graphs, change.diff)
  const previous = new Map(change.diff.files.map(({ path, previousPath }) => [path, previousPath ?? path]))
  const previousPath = (path: string) => previous.get(path) ?? path
  watch.stage('render')
  const engine = memoised(run.engine)
  const side = (tree: Tree, graph: Graph): RenderSide => sideOf(tree, pick(graph.rendered, touched), { ...run, engine })
  const sides = { base: side(change.base, graphs.base), head: side(change.head, graphs.head) }
  const rendered = await renderSides(sides, touchedPaths(change))
  const sights = sightsOf(
    {
      base: { manifests: pick(graphs.base.targets, touched), rendered: rendered.base },
      head: { manifests: pick(graphs.head.targets, touched), rendered: rendered.head },
    },
    environmentsOf([graphs.base, graphs.head], policy.environments),
  )
  watch.stage('judge')
  const asked = rulesOf(policy, run.rulebook.rules)
  const rules = compileRules(asked, factsOf(policy))
  const base = inspect({ sights: sights.base, rules, policy })
  const head = inspect({ sights: sights.head, rules, policy })
  watch.stage('compare')
  const comparison = compare(base, head, previousPath)
  const seen = seenThrough(rendered.head)
  const problems = compareProblems(
    {
      base: [...graphs.base.problems, ...problemsOf(rendered.base), ...base.problems],
      head: [
        ...graphs.head.problems,
        ...problemsOf(rendered.head),
        ...head.problems,
        // What a target renders is seen, wherever it is written.
        ...vanished(graphs, change.diff).filter(({ path }) => !seen.has(path)),
      ],
    },
    { previousPath, touched: (path) => previous.has(path) },
    policy.failOnIncomplete,
  )
  tell(watch, { graph: graphs.head, sights: sights.head, rendered: rendered.head })
  watch.stage('trace')
  const judged = judgedBy(comparison)
  const traceOf = {
    base: tracerOf(sceneOf(change.base, rendered.base)),
    head: await refined(shownIn(judged), sceneOf(change.head, rendered.head), sides.head.run),
  }
  watch.stage('report')
  return buildReport({
    tool: toolOf(run),
    mode: 'review',
    base: change.base.revision,
    head: change.head.revision,
    policy,
    judged,
    problems,
    coverage: coverageOf({ graph: graphs.head, sights: sights.head, rendered: rendered.head, rules: asked.length }),
    notes: policyNotes(change),
    secretsOf,
    traceOf,
  })
}

/** All there is to find in a tree. */
export async function scan(tree: Tree, run: Run): Promise<Report> {
  const { policy, watch } = run
  watch.stage('parse')
  const graph = survey(tree, selectionOf(policy), newMemo())
  watch.stage('render')
  const side = sideOf(tree, graph.rendered, run)
  const { head: rendered } = await renderSides({ base: { ...side, targets: [] }, head: side }, () => true)
  const none = { manifests: [], rendered: [] }
  const sights = sightsOf({ base: none, head: { manifests: graph.targets, rendered } }, environmentsOf([graph], policy.environments)).head
  watch.stage('judge')
  const asked = rulesOf(policy, run.rulebook.rules)
  const found = inspect({ sights, rules: compileRules(asked, factsOf(policy)), policy })
  tell(watch, { graph, sights, rendered })
  watch.stage('trace')
  const judged = found.findings.map((finding) => ({ finding, state: 'present' as const }))
  const traced = await refined(shownIn(judged), sceneOf(tree, rendered), side.run)
  watch.stage('report')
  return buildReport({
    tool: toolOf(run),
    mode: 'scan',
    head: tree.revision,
    policy,
    judged,
    problems: presentProblems([...graph.problems, ...problemsOf(rendered), ...found.problems], policy.failOnIncomplete),
    coverage: coverageOf({ graph, sights, rendered, rules: asked.length }),
    notes: [],
    secretsOf,
    traceOf: { base: traced, head: traced },
  })
}

function selectionOf(policy: Policy): Selection {
  return { ignore: policy.ignore, include: policy.paths.include, exclude: policy.paths.exclude }
}

function factsOf({ kubernetesVersion, registries }: Policy) {
  return { kubernetesVersion: kubernetesVersion.value, registries }
}

function toolOf({ rulebook }: Run): Report['tool'] {
  return { name: 'plimsoll', version: rulebook.version, url: 'https://github.com/plimsoll/plimsoll' }
}

function pick<Target extends { readonly id: string }>(targets: readonly Target[], touched: ReadonlySet<string>): readonly Target[] {
  return targets.filter(({ id }) => touched.has(id))
}

function sideOf(tree: Tree, targets: RenderSide['targets'], { engine, policy }: Pick<Run, 'engine' | 'policy'>): RenderSide {
  return { run: { tree, engine, kubernetesVersion: policy.kubernetesVersion.value }, targets, named: () => [] }
}

function touchedPaths({ diff }: Change): (path: string) => boolean {
  const paths = new Set(diff.files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])))
  return (path) => paths.has(path)
}

function problemsOf(rendered: readonly Rendered[]) {
  return rendered.flatMap(({ problems }) => problems)
}

/** The files whose content was judged as a target renders it. */
function seenThrough(rendered: readonly Rendered[]): ReadonlySet<string> {
  return new Set(rendered.flatMap(({ target, failed }) => (failed ? [] : target.inputs)))
}

function sceneOf(tree: Tree, rendered: readonly Rendered[]): Scene {
  return { sources: sourcesIn(tree), targets: new Map(rendered.map(({ target }) => [target.id, target])) }
}

/** The places that a person is shown: those of what is new, worse or found in a scan. */
function shownIn(judged: readonly Judged[]): readonly Shown[] {
  return judged
    .filter(({ state }) => state === 'new' || state === 'worsened' || state === 'present')
    .map(({ finding: { resource, shown, pointer, rule } }) => ({ resource, pointer: shown ?? pointer, rule: rule.id }))
}

/** What a change does to the policy is shown and counts after the merge. */
function policyNotes(change: Change): readonly string[] {
  const own: readonly string[] = [...configPaths, ignorePath]
  return change.diff.files
    .filter(({ path, previousPath }) => own.includes(path) || (previousPath !== undefined && own.includes(previousPath)))
    .map(
      ({ path }) => `This change edits ${path}: it was judged by the policy of ${change.policy.revision}, the edit counts after the merge.`,
    )
}
