// One repository: what is found and mended, and whether the fixes hold once more when all of them are made, here and with the native tools.

import { basename } from 'node:path'
import { editedTree } from '../../src/change/edited.ts'
import type { Tree } from '../../src/change/tree.ts'
import { factsOf, type Policy, policyOf, rulesOf } from '../../src/config.ts'
import { type Memo, newMemo } from '../../src/discover/memo.ts'
import { survey } from '../../src/discover/survey.ts'
import { compare } from '../../src/finding/compare.ts'
import type { Finding } from '../../src/finding/finding.ts'
import { applyFixes } from '../../src/fix/apply.ts'
import type { Fix, RouteKind } from '../../src/fix/fix.ts'
import { textIn } from '../../src/fix/text.ts'
import { addressesOf } from '../../src/io/addresses.ts'
import { folderTree } from '../../src/io/folder-tree.ts'
import { engine } from '../../src/io/rendering.ts'
import { type Observation, observeTree, settingsOf } from '../../src/observe.ts'
import type { Engine } from '../../src/render/engine.ts'
import { memoised } from '../../src/render/memo.ts'
import { refusing } from '../../src/render/refusing.ts'
import { schemaless } from '../../src/render/schemaless.ts'
import type { ReportedFix } from '../../src/report/report.ts'
import { nameOf } from '../../src/resource/resource.ts'
import { type RuleSet, ruleSet } from '../../src/rule/rule-set.ts'
import { reaches } from '../../src/rule/severity.ts'
import { type Judgement, judgeTree } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { loadRules, rulebookOf } from '../rulebook.ts'
import { nativeEngine } from './native-engine.ts'

/** A finding of medium severity or above. */
export type Row = {
  readonly rule: string
  readonly fixed: 'safe' | 'unsafe' | ''
  /** Through what it is mended; empty where it is not. */
  readonly route: RouteKind | ''
  readonly reason: string
}

export type Measured = {
  readonly folder: string
  readonly rows: readonly Row[]
  readonly faults: readonly string[]
  /** What is offered, each with the rule in whose words it is told. */
  readonly fixes: readonly { readonly rule: string; readonly fix: ReportedFix }[]
  /** Charts and overlays by the folders they are in, and files that hold objects. */
  readonly charts: number
  readonly overlays: number
  readonly manifests: number
  /** Mended findings in what is rendered that the native tools show gone, and those of targets that they never rendered. */
  readonly native: { readonly gone: number; readonly unseen: number }
}

const rulebook = rulebookOf(loadRules(), '0.0.0')
const budget = 90_000

/** `addresses`: by which the repository is known, beside those that its clone names. */
export async function measure(folder: string, addresses: readonly string[]): Promise<Measured> {
  const tree = folderTree(folder)
  const repositories = [...addressesOf(folder), ...addresses]
  const policy = policyOf({}, { failOn: 'never', repositories }, { source: 'built-in defaults', ignore: [] })
  const rules = ruleSet(rulesOf(policy, rulebook.rules), factsOf(policy), rulebook.expressions)
  const eyes: Eyes = { by: memoised(engine), memo: newMemo(), policy, rules }
  const before = await judge(tree, eyes, () => true)
  const { report, mended } = before
  const routes = new Map(
    (mended?.fixes ?? []).filter(counts).flatMap((fix) => fix.findings.map((finding) => [finding.fingerprint, fix.route] as const)),
  )
  // What is mended in some of its places alone is not mended.
  const made = new Set((mended?.fixes ?? []).flatMap((fix) => fix.findings))
  const left = new Set((mended?.advice ?? []).flatMap(({ finding }) => (made.has(finding) ? [] : [finding.fingerprint])))
  const rows = report.findings
    .filter(({ severity }) => reaches(severity, 'medium'))
    .map(({ rule, fix, fingerprint, advice }): Row => {
      const route = fix === undefined || left.has(fingerprint) ? undefined : routes.get(fingerprint)
      const fixed = fix === undefined || route === undefined ? '' : (report.fixes[fix]?.safety ?? '')
      return { rule, fixed, route: route ?? '', reason: advice?.find ?? 'no fix of the rule fits' }
    })
  const trees = { before: tree, after: treeWith(tree, mended?.fixes ?? []) }
  const native = await nativeShow(trees, before, eyes)
  const targets = survey(tree, settingsOf(policy), eyes.memo).rendered
  return {
    folder: basename(folder),
    rows,
    fixes: report.fixes.map((fix) => ({ fix, rule: ruleOf(fix, mended?.fixes ?? []) })),
    faults: [...(await faultsOf(trees, before, eyes)), ...native.faults],
    charts: new Set(targets.flatMap((target) => (target.kind === 'chart' && target.chart.kind === 'tree' ? [target.chart.path] : []))).size,
    overlays: new Set(targets.flatMap((target) => (target.kind === 'kustomization' ? [target.folder] : []))).size,
    manifests: report.coverage.judgedFiles,
    native: native.shown,
  }
}

function judge(tree: Tree, { by, policy }: Eyes, isWanted: (finding: Finding) => boolean): Promise<Judgement> {
  return judgeTree(tree, {
    policy,
    rulebook,
    watch: silent,
    engine: by,
    sources: refusing,
    fixing: { now: () => performance.now(), budget, isWanted },
  })
}

/** The same whatever rendered it: native kustomize does not say of which file an object was built. */
function nativePlaceOf({ fingerprint, environment, resource: { document } }: Finding): string {
  return [fingerprint, environment, document.rendering?.target ?? ''].join('\n')
}

/** The same in every look at a tree. */
function placeOf({ fingerprint, environment, resource: { document } }: Finding): string {
  return [fingerprint, environment, document.path, document.rendering?.target ?? ''].join('\n')
}

/** The rule whose words a reported fix is told in: findings that are folded into others are mended with them. */
function ruleOf({ titles: [title], findings }: ReportedFix, fixes: readonly Fix[]): string {
  const own = fixes.find((fix) => fix.title === title && fix.findings.some(({ fingerprint }) => findings.includes(fingerprint)))
  return own?.findings[0].rule.id ?? ''
}

/** What takes a container or a variable of one away is no repair of it. */
function counts({ edits }: Fix): boolean {
  const takes = /\/(?:env|containers|initContainers|ephemeralContainers)(?:\/\d+)?$/
  return !edits.some((edit) => 'change' in edit && edit.change.op === 'remove' && takes.test(edit.change.pointer))
}

function treeWith(tree: Tree, fixes: readonly Fix[]): Tree {
  const paths = [...new Set(fixes.flatMap(({ edits }) => edits.map(({ path }) => path)))]
  return editedTree(tree, new Map(paths.map((path) => [path, applyFixes(path, textIn(tree, path), fixes).text])))
}

/** All fixes made at once: nothing new or worse, nothing unreadable, and nothing left to mend of what was mended. */
async function faultsOf(trees: Trees, { mended }: Judgement, eyes: Eyes): Promise<readonly string[]> {
  const [before, after] = [await observe(trees.before, eyes), await observe(trees.after, eyes)]
  const places = new Set((mended?.fixes ?? []).flatMap(({ findings }) => findings.map(placeOf)))
  const { mended: again } = await judge(trees.after, eyes, (finding) => places.has(placeOf(finding)))
  const problems = after.problems.length - before.problems.length
  return [
    ...brought({ before, after }).map((finding) => `new: ${finding}`),
    ...(problems > 0 ? [`${problems} more problems`] : []),
    ...(again?.fixes ?? []).map(({ title, findings: [{ rule }] }) => `fixed twice: ${rule.id} (${title})`),
  ]
}

type Trees = { readonly before: Tree; readonly after: Tree }
/** What trees are looked at with: renders and parses are shared, rules are compiled once. */
type Eyes = { readonly by: Engine; readonly memo: Memo; readonly policy: Policy; readonly rules: RuleSet }
type Observations = { readonly before: Observation; readonly after: Observation }

function observe(tree: Tree, { by, memo, policy, rules }: Eyes): Promise<Observation> {
  return observeTree(tree, { policy, rules, engine: schemaless(by), sources: refusing, memo, watch: silent, lines: 'needed' })
}

/** What a review of the change would tell. */
function brought({ before, after }: Observations): readonly string[] {
  const comparison = compare(before, after, (path) => path)
  const worse = [...comparison.new, ...comparison.worsened.map(({ head }) => head)]
  return worse.map(({ rule, resource: { id, document } }) => `${rule.id} in ${nameOf(id)} of ${document.path}`)
}

/** Both trees through native Helm and kustomize, where anything that they render was mended: what was mended is gone there too, nothing else came, and all that rendered still does. */
async function nativeShow(trees: Trees, { mended }: Judgement, eyes: Eyes) {
  const findings = (mended?.fixes ?? []).flatMap((fix) => fix.findings)
  const rendered = new Map(
    findings.filter(({ resource }) => resource.document.rendering !== undefined).map((finding) => [nativePlaceOf(finding), finding]),
  )
  if (rendered.size === 0) return { shown: { gone: 0, unseen: 0 }, faults: [] }
  const native = memoised(nativeEngine)
  const tools = [counting(native), counting(native)] as const
  const before = await observe(trees.before, { ...eyes, by: tools[0].engine })
  const after = await observe(trees.after, { ...eyes, by: tools[1].engine })
  const [had, has] = [countsOf(before.findings), countsOf(after.findings)]
  const seen = [...rendered.keys()].filter((place) => had.has(place))
  const left = seen.filter((place) => (has.get(place) ?? 0) >= (had.get(place) ?? 0))
  const broken = tools[1].failed.length - tools[0].failed.length
  return {
    shown: { gone: seen.length - left.length, unseen: rendered.size - seen.length },
    faults: [
      ...left.map((place) => `natively still there: ${rendered.get(place)?.rule.id} in ${place}`),
      ...brought({ before, after }).map((finding) => `natively new: ${finding}`),
      ...(broken > 0 ? [`natively ${broken} renders fail that did not: ${tools[1].failed.at(-1)}`] : []),
    ],
  }
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(nativePlaceOf(finding), (counts.get(nativePlaceOf(finding)) ?? 0) + 1)
  return counts
}

/** The engine, and what it refuses. */
function counting(by: Engine): { readonly engine: Engine; readonly failed: string[] } {
  const failed: string[] = []
  const engine: Engine = async (request) => {
    const answer = await by(request)
    if (!answer.ok) failed.push(answer.message)
    return answer
  }
  return { engine, failed }
}
