// One repository: what is found and mended, and whether the fixes hold once more when all of them are made, here and with the native tools.

import { basename } from 'node:path'
import { editedTree } from '../../src/change/edited.ts'
import type { Tree } from '../../src/change/tree.ts'
import { policyOf } from '../../src/config.ts'
import { newMemo } from '../../src/discover/memo.ts'
import { survey } from '../../src/discover/survey.ts'
import type { Finding } from '../../src/finding/finding.ts'
import { applyFixes } from '../../src/fix/apply.ts'
import type { Fix, RouteKind } from '../../src/fix/fix.ts'
import { textIn } from '../../src/fix/text.ts'
import { folderTree } from '../../src/io/folder-tree.ts'
import { engine } from '../../src/io/rendering.ts'
import { settingsOf } from '../../src/observe.ts'
import type { Engine } from '../../src/render/engine.ts'
import { refusing } from '../../src/render/refusing.ts'
import type { Report, ReportedFix } from '../../src/report/report.ts'
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
  readonly fixes: readonly ReportedFix[]
  /** Charts and overlays by the folders they are in, and files that hold objects. */
  readonly charts: number
  readonly overlays: number
  readonly manifests: number
  /** Mended findings in what is rendered that the native tools show gone, and those of targets that they never rendered. */
  readonly native: { readonly gone: number; readonly unseen: number }
}

const rulebook = rulebookOf(loadRules(), '0.0.0')
const policy = policyOf({}, { failOn: 'never' }, { source: 'built-in defaults', ignore: [] })
const budget = 90_000

export async function measure(folder: string): Promise<Measured> {
  const tree = folderTree(folder)
  const before = await judge(tree, engine, () => true)
  const { report, mended } = before
  const routes = new Map(
    (mended?.fixes ?? []).filter(counts).flatMap((fix) => fix.findings.map((finding) => [finding.fingerprint, fix.route] as const)),
  )
  const rows = report.findings
    .filter(({ severity }) => reaches(severity, 'medium'))
    .map(({ rule, fix, fingerprint, advice }): Row => {
      const route = fix === undefined ? undefined : routes.get(fingerprint)
      const fixed = fix === undefined || route === undefined ? '' : (report.fixes[fix]?.safety ?? '')
      return { rule, fixed, route: route ?? '', reason: advice?.find ?? 'no fix of the rule fits' }
    })
  const edited = treeWith(tree, mended?.fixes ?? [])
  const native = await nativeShow(tree, edited, before)
  const targets = survey(tree, settingsOf(policy), newMemo()).rendered
  return {
    folder: basename(folder),
    rows,
    fixes: report.fixes,
    faults: [...(await faultsOf(edited, before)), ...native.faults],
    charts: new Set(targets.flatMap((target) => (target.kind === 'chart' && target.chart.kind === 'tree' ? [target.chart.path] : []))).size,
    overlays: new Set(targets.flatMap((target) => (target.kind === 'kustomization' ? [target.folder] : []))).size,
    manifests: report.coverage.judgedFiles,
    native: native.shown,
  }
}

function judge(tree: Tree, by: Engine, isWanted?: (fingerprint: string) => boolean): Promise<Judgement> {
  const run = { policy, rulebook, watch: silent, engine: by, sources: refusing }
  if (isWanted === undefined) return judgeTree(tree, run)
  const wanted = ({ fingerprint }: { readonly fingerprint: string }) => isWanted(fingerprint)
  return judgeTree(tree, { ...run, fixing: { now: () => performance.now(), budget, isWanted: wanted } })
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

/** All fixes made at once: nothing new, nothing unreadable, and nothing left to mend of what was mended. */
async function faultsOf(edited: Tree, { report }: Judgement): Promise<readonly string[]> {
  const mended = new Set(report.findings.filter(({ fix }) => fix !== undefined).map(({ fingerprint }) => fingerprint))
  const after = await judge(edited, engine, (fingerprint) => mended.has(fingerprint))
  const problems = after.report.problems.length - report.problems.length
  const again = after.mended?.fixes ?? []
  return [
    ...brought(report, after.report),
    ...(problems > 0 ? [`${problems} more problems`] : []),
    ...again.map(({ title, findings: [{ rule }] }) => `fixed twice: ${rule.id} (${title})`),
  ]
}

function brought(before: Report, after: Report): readonly string[] {
  const known = counted(before)
  // What a wildcard covered was found before, and told with it.
  const covered = new Set(
    before.findings.flatMap(({ resource, covers }) => covers.rules.map((rule) => `${rule} ${resource.kind} ${resource.name}`)),
  )
  const fresh = after.findings.filter(({ fingerprint, rule, resource }) => {
    const left = known.get(fingerprint) ?? 0
    known.set(fingerprint, left - 1)
    return left <= 0 && !covered.has(`${rule} ${resource.kind} ${resource.name}`)
  })
  return fresh.map(({ rule, location }) => `new: ${rule} at ${location.path}:${location.line}`)
}

function counted({ findings }: Report): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { fingerprint } of findings) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1)
  return counts
}

/** The same tree judged through native Helm and kustomize, before and after: what was mended is gone there too, and all that rendered still does. */
async function nativeShow(tree: Tree, edited: Tree, { report, mended }: Judgement) {
  const tools = [nativeEngine(), nativeEngine()] as const
  const before = await judge(tree, tools[0].engine)
  const after = await judge(edited, tools[1].engine)
  const [had, has] = [counted(before.report), counted(after.report)]
  const isRendered = ({ resource }: Finding) => resource.document.rendering !== undefined
  const prints = new Set((mended?.fixes ?? []).flatMap(({ findings }) => findings.filter(isRendered).map(({ fingerprint }) => fingerprint)))
  const rendered = report.findings.filter(({ fix, fingerprint }) => fix !== undefined && prints.has(fingerprint))
  const seen = rendered.filter(({ fingerprint }) => had.has(fingerprint))
  const left = seen.filter(({ fingerprint }) => (has.get(fingerprint) ?? 0) >= (had.get(fingerprint) ?? 0))
  const broken = tools[1].failed.length - tools[0].failed.length
  return {
    shown: { gone: seen.length - left.length, unseen: rendered.length - seen.length },
    faults: [
      ...left.map(({ rule, location }) => `natively still there: ${rule} at ${location.path}:${location.line}`),
      ...moreOf(
        before.report,
        after.report,
        seen.filter((one) => !left.includes(one)),
      ),
      ...(broken > 0 ? [`natively ${broken} renders fail that did not: ${tools[1].failed.at(-1)}`] : []),
    ],
  }
}

/** By rule and kind, since a chart may name its objects anew with every render. */
function moreOf(before: Report, after: Report, gone: Report['findings']): readonly string[] {
  const known = new Map<string, number>()
  const count = (findings: Report['findings'], by: number) => {
    for (const { rule, resource } of findings) {
      const key = `${rule} of a ${resource.kind}`
      known.set(key, (known.get(key) ?? 0) + by)
    }
  }
  count(before.findings, 1)
  count(gone, -1)
  count(after.findings, -1)
  return [...known].filter(([, rest]) => rest < 0).map(([key]) => `natively new: ${key}`)
}
