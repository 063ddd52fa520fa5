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
import type { ManifestTarget } from './discover/target.ts'
import { vanished } from './discover/vanished.ts'
import { compare } from './finding/compare.ts'
import { compareProblems, presentProblems } from './finding/problem.ts'
import { secretsOf } from './finding/sensitive.ts'
import { inspect } from './inspect.ts'
import { buildReport } from './report/build.ts'
import { coverageOf } from './report/coverage.ts'
import { judgedBy } from './report/judged.ts'
import type { Report } from './report/report.ts'
import { compileRules } from './rule/compile.ts'
import type { Facts } from './rule/item.ts'
import type { Rulebook } from './rule/rule.ts'
import type { Watch } from './watch.ts'

/** What a run needs beside the trees. */
export type Run = { readonly policy: Policy; readonly rulebook: Rulebook; readonly watch: Watch }

/** What the change makes worse. */
export async function review(change: Change, run: Run): Promise<Report> {
  const { policy, watch } = run
  const memo = newMemo()
  watch.stage('parse')
  const selection = selectionOf(policy)
  const graphs = { base: survey(change.base, selection, memo), head: survey(change.head, selection, memo) }
  const environmentOf = environmentsOf([graphs.base, graphs.head], policy.environments)
  const touched = affected(graphs, change.diff)
  const asked = rulesOf(policy, run.rulebook.rules)
  const rules = compileRules(asked, factsOf(policy))
  const look = (targets: readonly ManifestTarget[]) => inspect({ targets, environmentOf, rules, policy })
  const targets = { base: pick(graphs.base, touched), head: pick(graphs.head, touched) }
  watch.stage('judge')
  const base = look(targets.base)
  const head = look(targets.head)
  watch.stage('compare')
  const previous = new Map(change.diff.files.map(({ path, previousPath }) => [path, previousPath ?? path]))
  const previousPath = (path: string) => previous.get(path) ?? path
  const comparison = compare(base, head, previousPath)
  const problems = compareProblems(
    {
      base: [...graphs.base.problems, ...base.problems],
      head: [...graphs.head.problems, ...head.problems, ...vanished(graphs, change.diff)],
    },
    { previousPath, touched: (path) => previous.has(path) },
    policy.failOnIncomplete,
  )
  tell(watch, graphs.head, targets.head)
  watch.stage('report')
  return buildReport({
    tool: toolOf(run),
    mode: 'review',
    base: change.base.revision,
    head: change.head.revision,
    policy,
    judged: judgedBy(comparison),
    problems,
    coverage: coverageOf(graphs.head, targets.head, asked.length),
    notes: policyNotes(change),
    secretsOf,
  })
}

/** All there is to find in a tree. */
export async function scan(tree: Tree, run: Run): Promise<Report> {
  const { policy, watch } = run
  watch.stage('parse')
  const graph = survey(tree, selectionOf(policy), newMemo())
  const asked = rulesOf(policy, run.rulebook.rules)
  watch.stage('judge')
  const found = inspect({
    targets: graph.targets,
    environmentOf: environmentsOf([graph], policy.environments),
    rules: compileRules(asked, factsOf(policy)),
    policy,
  })
  tell(watch, graph, graph.targets)
  watch.stage('report')
  return buildReport({
    tool: toolOf(run),
    mode: 'scan',
    head: tree.revision,
    policy,
    judged: found.findings.map((finding) => ({ finding, state: 'present' })),
    problems: presentProblems([...graph.problems, ...found.problems], policy.failOnIncomplete),
    coverage: coverageOf(graph, graph.targets, asked.length),
    notes: [],
    secretsOf,
  })
}

function selectionOf(policy: Policy): Selection {
  return { ignore: policy.ignore, include: policy.paths.include, exclude: policy.paths.exclude }
}

function factsOf({ kubernetesVersion, registries }: Policy): Facts {
  return { kubernetesVersion: kubernetesVersion.value, registries }
}

function toolOf({ rulebook }: Run): Report['tool'] {
  return { name: 'plimsoll', version: rulebook.version, url: 'https://github.com/plimsoll/plimsoll' }
}

function pick(graph: Graph, touched: ReadonlySet<string>): readonly ManifestTarget[] {
  return graph.targets.filter(({ id }) => touched.has(id))
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

function tell(watch: Watch, graph: Graph, judged: readonly ManifestTarget[]): void {
  const looked = new Set(judged)
  for (const target of graph.targets) {
    const objects = `${target.resources.length} object${target.resources.length === 1 ? '' : 's'}`
    watch.file(
      target.id,
      looked.has(target)
        ? `judged, ${objects}${target.unrendered ? ', as written (unrendered)' : ''}`
        : `not touched by the change, ${objects}`,
    )
  }
  for (const { path, document, reason, detail } of graph.skips) {
    watch.file(
      path,
      `${document === undefined ? '' : `document ${document + 1} `}not judged: ${reason}${detail === undefined ? '' : ` (${detail})`}`,
    )
  }
  for (const { path, message } of graph.problems) watch.file(path, `could not be looked at: ${message}`)
}
