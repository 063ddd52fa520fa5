// A change in, a report out; a tree in, a report out. The whole pipeline is on this page.

import { belongingIn } from './belonging.ts'
import type { Change } from './change/change.ts'
import type { Tree } from './change/tree.ts'
import { factsOf, type Policy, rulesOf } from './config.ts'
import { configPaths, ignorePath } from './config-place.ts'
import { newMemo } from './discover/memo.ts'
import type { Finding } from './finding/finding.ts'
import { presentProblems } from './finding/problem.ts'
import { secretsOf } from './finding/sensitive.ts'
import { type Observation, type Observer, observeChange, observeTree } from './observe.ts'
import type { Engine } from './render/engine.ts'
import { limited } from './render/limited.ts'
import { memoised } from './render/memo.ts'
import { schemaless } from './render/schemaless.ts'
import type { Sources } from './render/source.ts'
import type { Fixing, Repair, Seen, Written } from './repair.ts'
import { buildReport } from './report/build.ts'
import { coverageOf } from './report/coverage.ts'
import type { Fixes } from './report/fix.ts'
import type { Judged } from './report/judged.ts'
import type { Report } from './report/report.ts'
import type { Rule, Rulebook } from './rule/rule.ts'
import { ruleSet } from './rule/rule-set.ts'
import { tell } from './tell.ts'
import type { Shown } from './trace/refine.ts'
import { writtenTrace } from './trace/spot.ts'
import type { Tracer } from './trace/trace.ts'
import type { Watch } from './watch.ts'

/** What a run needs beside the trees. */
export type Run = {
  readonly policy: Policy
  readonly rulebook: Rulebook
  readonly watch: Watch
  readonly engine: Engine
  /** What is not in the trees. */
  readonly sources: Sources
  /** Absent where no fixes are wanted. */
  readonly fixing?: Fixing
}

/** A report, and the fixes behind it. */
export type Judgement = { readonly report: Report; readonly mended: Written | undefined }

/** What the change makes worse. */
export async function review(change: Change, run: Run): Promise<Report> {
  return (await judgeChange(change, run)).report
}

/** All there is to find in a tree. */
export async function scan(tree: Tree, run: Run): Promise<Report> {
  return (await judgeTree(tree, run)).report
}

/** What the change makes worse, and how it is mended. */
export async function judgeChange(change: Change, run: Run): Promise<Judgement> {
  const { policy, watch } = run
  const rules = rulesOf(policy, run.rulebook.rules)
  const observer = observerOf(run, rules)
  const { base, head } = await observeChange(change, change.diff, observer)
  watch.stage('compare')
  const { comparisonOf } = await import('./comparison.ts')
  const { judged, ...compared } = comparisonOf(change, { base, head }, policy)
  tell(watch, head)
  watch.stage('trace')
  const seen: Seen = { tree: change.head, observation: head, isWhole: false, before: objectsBefore(judged) }
  const repair = await repairOf(freshIn(judged), seen, { observer, run })
  const traceOf = { base: await tracerBefore(judged, base), head: await tracerFor(placesOf(judged, repair), head) }
  const mended = await repair?.mend(traceOf.head)
  watch.stage('report')
  const report = buildReport({
    tool: toolOf(run),
    mode: 'review',
    base: change.base.revision,
    head: change.head.revision,
    policy,
    judged,
    ...compared,
    coverage: coverageOf(head, rules.length),
    notes: policyNotes(change),
    secretsOf,
    traceOf,
    ...(await fixesOf(mended)),
  })
  return { report, mended }
}

/** All there is to find in a tree, and how it is mended. */
export async function judgeTree(tree: Tree, run: Run): Promise<Judgement> {
  const { policy, watch } = run
  const rules = rulesOf(policy, run.rulebook.rules)
  const observer = observerOf(run, rules)
  const found = await observeTree(tree, observer)
  const judged = found.findings.map((finding) => ({ finding, state: 'present' as const }))
  tell(watch, found)
  watch.stage('trace')
  const repair = await repairOf(found.findings, { tree, observation: found, isWhole: true, before: new Map() }, { observer, run })
  const traced = await tracerFor(placesOf(judged, repair), found)
  const mended = await repair?.mend(traced)
  watch.stage('report')
  const report = buildReport({
    tool: toolOf(run),
    mode: 'scan',
    head: tree.revision,
    policy,
    judged,
    problems: presentProblems(found.problems, policy.failOnIncomplete),
    rendered: [],
    coverage: coverageOf(found, rules.length),
    notes: [],
    secretsOf,
    traceOf: { base: traced, head: traced },
    belongingOf: belongingIn(found),
    ...(await fixesOf(mended)),
  })
  return { report, mended }
}

/** Where values are edited. What was rendered is traced by parts of the program that a scan of plain manifests starts without. */
async function tracerFor(places: readonly Shown[], { scene, run }: Observation): Promise<Tracer> {
  if (scene.targets.size === 0) return writtenTrace
  const { refined } = await import('./trace/refine.ts')
  return refined(places, scene, run)
}

/** Where values were edited before a change: asked of what was fixed, and of the objects that findings are new in. */
async function tracerBefore(judged: readonly Judged[], { scene, run }: Observation): Promise<Tracer> {
  if (scene.targets.size === 0) return writtenTrace
  const { linedTracer } = await import('./trace/lined.ts')
  const shown = judged.flatMap(({ finding, state, was }) => (state === 'fixed' ? [finding.resource] : (was ?? [])))
  return linedTracer(shown, scene, run)
}

/** How findings are mended, where fixes are wanted. */
async function repairOf(
  findings: readonly Finding[],
  seen: Seen,
  { observer, run: { fixing } }: { readonly observer: Observer; readonly run: Run },
): Promise<Repair | undefined> {
  if (fixing === undefined) return undefined
  const { repair } = await import('./repair.ts')
  return repair(findings, seen, { observer, fixing })
}

/** What was mended as the report tells it. */
async function fixesOf(mended: Written | undefined): Promise<{ readonly fixes?: Fixes }> {
  if (mended === undefined) return {}
  const { reportFixes } = await import('./report/fix.ts')
  return { fixes: reportFixes(mended, secretsOf) }
}

function observerOf({ policy, rulebook, engine, watch, sources }: Run, rules: readonly Rule[]): Observer {
  const shared = { engine: schemaless(memoised(limited(engine))), memo: newMemo(), sources }
  return { policy, watch, ...shared, rules: ruleSet(rules, factsOf(policy), rulebook.expressions) }
}

function toolOf({ rulebook }: Run): Report['tool'] {
  return { name: 'plimsoll', version: rulebook.version, url: 'https://github.com/plimsoll/plimsoll' }
}

/** The places that a person is shown, and those that fixes change: what renders is asked about all of them at once. */
function placesOf(judged: readonly Judged[], repair: Repair | undefined): readonly Shown[] {
  const shown = freshIn(judged).map(({ resource, shown, pointer, rule }) => ({ resource, pointer: shown ?? pointer, rule: rule.id }))
  return [...shown, ...(repair?.places ?? [])]
}

/** What is new, worse or found in a scan. */
function freshIn(judged: readonly Judged[]): readonly Finding[] {
  return judged.filter(({ state }) => state === 'new' || state === 'worsened' || state === 'present').map(({ finding }) => finding)
}

/** What objects were before the change that made them worse. */
function objectsBefore(judged: readonly Judged[]): Seen['before'] {
  return new Map(judged.flatMap(({ finding: { resource }, was }) => (was === undefined ? [] : [[resource, was] as const])))
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
