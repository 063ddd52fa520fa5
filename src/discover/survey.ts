// A tree, looked through: every file by whose name or use Kubernetes could be meant is judged, skipped with a reason, or a problem.

import { isBelow } from '../change/subtree.ts'
import type { Tree, TreeFile } from '../change/tree.ts'
import type { Document } from '../resource/document.ts'
import { resourcesIn } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { positionAt } from '../text/position.ts'
import type { YamlError } from '../yaml/document.ts'
import { graphBelow } from './below.ts'
import type { Gap } from './classify.ts'
import { type Content, contentOf } from './content.ts'
import { formOf } from './filename.ts'
import type { Graph, Problem, Skip } from './graph.ts'
import { groundOf } from './ground.ts'
import { packedCharts } from './helm/packed.ts'
import type { Memo } from './memo.ts'
import { gapBefore, gapOfDisguised, gapOfObjects, gapOfOther, isConsidered } from './place.ts'
import { referencesIn } from './references.ts'
import { leaveOut, type Settings } from './selection.ts'
import { type Surroundings, surroundingsOf } from './surroundings.ts'
import type { ManifestTarget } from './target.ts'
import { targetsOf } from './targets.ts'
import { recognise } from './third-party/recognise.ts'

/** The graph of a tree. `settings` come from the policy, `memo` is shared by all trees of the run. Never throws for what stands in a file. */
export function survey(tree: Tree, settings: Settings, memo: Memo): Graph {
  const { below = '' } = settings
  const leftOut = leaveOut(settings)
  const ground = groundOf(tree, (path) => leftOut(path) === undefined, memo)
  const near = surroundingsOf(ground)
  const targets: ManifestTarget[] = []
  const skips: Skip[] = []
  const problems: Problem[] = []
  let files = 0
  for (const file of tree.files) {
    if (!isConsidered(file, near)) continue
    if (isCounted(file) && isBelow(file.path, below)) files++
    const left = leftOut(file.path)
    const found = left === undefined ? look(tree, file, { near, memo }) : skipped({ ...left, attention: false })
    if (found.resources.length > 0) targets.push(targetOf(file.path, found.resources, near))
    for (const gap of found.gaps) skips.push({ path: file.path, ...gap })
    for (const problem of found.problems) problems.push(problem)
  }
  const { manifests, ...more } = targetsOf(targets, ground, settings)
  skips.push(...packedCharts(ground, more.rendered))
  const graph = {
    targets: manifests,
    references: referencesIn(ground),
    ...more,
    skips,
    problems,
    files,
    thirdParty: recognise(ground, settings),
  }
  return graphBelow(graph, below)
}

function isCounted({ path, isNamed }: TreeFile): boolean {
  return isNamed === true || formOf(path) === 'yaml' || formOf(path) === 'json'
}

/** A gap of the whole file, or of one document of it. */
type PlacedGap = Gap & { readonly document?: number }
type Found = { readonly resources: readonly Resource[]; readonly gaps: readonly PlacedGap[]; readonly problems: readonly Problem[] }
type Scene = { readonly near: Surroundings; readonly memo: Memo }

function skipped(...gaps: readonly PlacedGap[]): Found {
  return { resources: [], gaps, problems: [] }
}

function targetOf(path: string, resources: readonly Resource[], near: Surroundings): ManifestTarget {
  return { kind: 'manifest', id: path, inputs: [path], environments: [], resources, unrendered: near.uses.get(path)?.role === 'resource' }
}

function look(tree: Tree, file: TreeFile, { near, memo }: Scene): Found {
  const { path } = file
  const before = gapBefore(file, near)
  if (before !== undefined) return skipped(before)
  const content = contentOf(tree, path, memo)
  if (content === undefined) return skipped({ reason: 'missing-object', attention: true, detail: 'its content could not be read' })
  const isUsed = near.uses.get(path)?.role === 'resource'
  if (formOf(path) === 'disguised' && !isUsed && file.isNamed !== true) return content.looks ? skipped(gapOfDisguised(path)) : skipped()
  if (content.kind === 'skipped') return skipped(gapOfOther(path, near, content.gap))
  const found = readDocuments(path, content, near)
  const gap = found.resources.length === 0 ? undefined : gapOfObjects(path, near, found.resources)
  return gap === undefined ? folded(found, content.documents.length) : { resources: [], gaps: [gap], problems: found.problems }
}

function readDocuments(path: string, content: Content & { readonly kind: 'documents' }, near: Surroundings): Found {
  const { text, lineStarts, documents } = content
  const resources: Resource[] = []
  const gaps: PlacedGap[] = []
  const problems: Problem[] = []
  for (const [index, { yaml, verdict }] of documents.entries()) {
    if (verdict.kind === 'failed') problems.push(problemOf(path, verdict.error, lineStarts))
    if (verdict.kind === 'skipped')
      for (const gap of detailed(path, gapOfOther(path, near, verdict.gap), near)) gaps.push({ ...gap, document: index })
    if (verdict.kind !== 'judged') continue
    const document: Document = { path, text, lineStarts, yaml, index }
    for (const resource of resourcesIn(document)) resources.push(resource)
    for (const gap of verdict.gaps) gaps.push({ ...gap, document: index })
  }
  return { resources, gaps, problems }
}

/** A kustomization says what it adds that nobody looks at. */
function detailed(path: string, gap: Gap, near: Surroundings): readonly Gap[] {
  return (gap.reason === 'kustomization' ? near.gaps.get(path) : undefined) ?? [gap]
}

function problemOf(path: string, error: YamlError, lineStarts: readonly number[]): Problem {
  return { code: `yaml-${error.code}`, path, ...positionAt(lineStarts, error.offset), message: error.message, hint: error.hint }
}

/** Gaps as a person counts them: documents without content are none beside others, and a file with nothing but one kind of gap is one gap. */
function folded(found: Found, documents: number): Found {
  const gaps = found.gaps.filter(({ reason }) => reason !== 'empty')
  const judged = found.resources.length > 0 || found.problems.length > 0
  const [first] = gaps
  if (first === undefined) return judged ? { ...found, gaps } : skipped({ reason: 'empty', attention: false })
  if (judged || gaps.some(({ reason }) => reason !== first.reason))
    return documents === 1 ? { ...found, gaps: gaps.map(whole) } : { ...found, gaps }
  return { ...found, gaps: [{ ...whole(gaps.find(({ attention }) => attention) ?? first) }] }
}

function whole({ document: _, ...gap }: PlacedGap): PlacedGap {
  return gap
}
