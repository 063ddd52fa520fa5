// A target and the files that it reads to objects, with the origin of their lines.

import type { Tree } from '../change/tree.ts'
import type { Problem } from '../discover/graph.ts'
import { inflatedIn, postRenderersOf } from '../discover/inner.ts'
import type { ChartTarget, Missing, RenderTarget } from '../discover/target.ts'
import { nameOf } from '../resource/resource.ts'
import { build } from './build.ts'
import { chartInTree, helmOutputs, helmRequest, packedChart } from './chart.ts'
import { complaint } from './complaint.ts'
import { conventionalParts, dependencyParts } from './convention.ts'
import type { Engine, EngineFailure, KustomizeAnswer } from './engine.ts'
import { idleEntries } from './idle-entry.ts'
import { kustomizeOutputs, kustomizeRequest } from './kustomization.ts'
import { lackOfChart, lackOfKustomization } from './lack.ts'
import { lostPatch } from './lost-patch.ts'
import { withOverlay } from './overlay.ts'
import { owned } from './owned.ts'
import { patchedParts } from './part.ts'
import { type Output, type Rendered, readOutputs } from './rendered.ts'
import type { Sources } from './source.ts'
import type { Refused } from './supplied.ts'
import { supply } from './supply.ts'

export type RenderRun = {
  readonly tree: Tree
  readonly engine: Engine
  readonly kubernetesVersion: string
  /** What is not in the tree. */
  readonly sources: Sources
  /** `needed`: where the lines of a chart come from is asked only where its files cannot be told without, since it doubles the time; absent: always. */
  readonly lines?: 'needed'
}

/** What a target becomes, with what had to be fetched for it. Never rejects for what the files hold: that is a problem of the target. */
export async function renderTarget(target: RenderTarget, run: RenderRun): Promise<Rendered> {
  const supplied = await supply(target, run.tree, run.sources)
  const around = { ...run, tree: supplied.tree }
  const rendered =
    supplied.target.kind === 'chart'
      ? await renderChart(supplied.target, around, supplied.refused)
      : await renderKustomization(supplied.target, around)
  return { ...owned(rendered, supplied.fetched), target: supplied.as ?? target }
}

async function renderKustomization(target: RenderTarget & { readonly kind: 'kustomization' }, run: RenderRun): Promise<Rendered> {
  if (target.elsewhere !== undefined)
    return withParts({ target, resources: [], parts: [], problems: [], missing: target.missing, failed: true }, target, run)
  const request = kustomizeRequest(target, run.tree, run.kubernetesVersion)
  const answer = await build(request, target.missing, run.engine)
  const lacking = lackOfKustomization(answer.gaps, target)
  if (!answer.ok) return failed(lackingToo(target, lacking), { ...answer, ...lostPatch(answer.message, target, run.tree) }, (file) => file)
  if (answer.kind !== 'kustomize') throw new Error(`the engine answered ${answer.kind} for a kustomization`)
  const whole = rendered(target, kustomizeOutputs(answer, target), lacking)
  const idle = whole.missing.length === 0 ? idleEntries(target, whole.resources, run.tree) : []
  return withParts({ ...whole, problems: [...whole.problems, ...idle] }, target, run)
}

function withParts(whole: Rendered, target: RenderTarget & { readonly kind: 'kustomization' }, { tree }: RenderRun): Rendered {
  const { parts, missing } = patchedParts(target, whole.resources, tree)
  const told = inflatedIn(target).flatMap((chart) => conventionalParts(chart, tree))
  return { ...whole, parts: [...parts, ...told], missing: [...whole.missing, ...missing] }
}

async function renderChart(target: ChartTarget, run: RenderRun, refused: readonly Refused[]): Promise<Rendered> {
  const { chart } = target
  const unrendered = { target, resources: [], parts: [], problems: [], failed: true }
  if (chart.kind !== 'tree') {
    const patched = postRenderersOf(target).map((renderers) => patchedParts(renderers, [], run.tree))
    const parts = [...conventionalParts(target, run.tree), ...patched.flatMap((one) => one.parts)]
    return { ...unrendered, parts, missing: [...target.missing, ...patched.flatMap((one) => one.missing)] }
  }
  const files = chartInTree(target, chart.path, run.tree)
  if (!files.files.some(({ path }) => path === 'Chart.yaml' || path === packedChart))
    return { ...unrendered, missing: [noChart(chart.path)] }
  const request = helmRequest(target, files.files, run.tree, run.kubernetesVersion)
  const made = async (lines: boolean): Promise<Rendered> => {
    const answer = await run.engine({ ...request, lines })
    const missing = lackOfChart(answer.gaps, target, refused)
    if (!answer.ok) return failed(lackingToo(target, missing), answer, files.pathOf)
    if (answer.kind !== 'helm') throw new Error(`the engine answered ${answer.kind} for a chart`)
    const outputs = helmOutputs(answer, files, target.root.path)
    const whole = target.overlay.length === 0 ? rendered(target, outputs, missing) : await postRendered(target, outputs, missing, run)
    return { ...whole, parts: dependencyParts(target, answer.gaps, run.tree) }
  }
  const plain = run.lines === 'needed' ? await made(false) : undefined
  return plain !== undefined && (plain.failed || areFilesTold(plain)) ? plain : made(true)
}

/** Whether each object, and each text that is no YAML, has its file by the names of templates alone. */
function areFilesTold({ target, resources, problems }: Rendered): boolean {
  return problems.length === 0 && resources.every(({ document }) => document.path !== target.root.path)
}

/** What Flux's post-renderers make of a chart's output: each object keeps what it was before them. */
async function postRendered(
  target: ChartTarget,
  outputs: readonly Output[],
  missing: readonly Missing[],
  { engine, kubernetesVersion }: RenderRun,
): Promise<Rendered> {
  const text = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
  const files = [
    { path: 'kustomization.yaml', bytes: text(withOverlay({ resources: ['all.yaml'] }, target.overlay)) },
    { path: 'all.yaml', bytes: text(outputs.map(({ content }) => content).join('\n---\n')) },
  ]
  const answer = await build({ kind: 'kustomize', folder: '', kubernetesVersion, files }, [], engine)
  if (!answer.ok) return failed(target, answer, () => undefined)
  if (answer.kind !== 'kustomize') throw new Error(`the engine answered ${answer.kind} for a post-renderer`)
  return rendered(target, changedBy(answer, target, outputs), missing)
}

function changedBy({ documents }: KustomizeAnswer, target: ChartTarget, outputs: readonly Output[]): readonly Output[] {
  const before = new Map(readOutputs(target, outputs).resources.map((resource) => [nameOf(resource.id), resource.document]))
  return documents.map(({ content }) => {
    const [resource] = readOutputs(target, [{ content, path: target.root.path, by: 'kustomization', lines: [] }]).resources
    const document = resource === undefined ? undefined : before.get(nameOf(resource.id))
    return {
      ...{ content, path: document?.path ?? target.root.path, by: 'kustomization', lines: [] },
      ...(document === undefined ? {} : { before: document }),
    }
  })
}

function rendered(target: RenderTarget, outputs: readonly Output[], missing: readonly Missing[]): Rendered {
  return { target, ...readOutputs(target, outputs), parts: [], missing: [...target.missing, ...missing], failed: false }
}

function lackingToo<Target extends RenderTarget>(target: Target, missing: readonly Missing[]): Target {
  return { ...target, missing: [...target.missing, ...missing] }
}

/** `pathOf` leads from the engine's name of a file to the tree. */
function failed(
  target: RenderTarget,
  { reason, message, file, line }: EngineFailure,
  pathOf: (file: string) => string | undefined,
): Rendered {
  const path = file === undefined ? undefined : pathOf(file)
  const problem: Problem = {
    code: reason === 'render' ? 'render-failed' : `render-${reason}`,
    path: path ?? target.root.path,
    ...(path === undefined || line === undefined ? {} : { line }),
    target: target.id,
    message: `${target.id} could not be rendered: ${complaint(message)}`,
    hint: hintOf(reason, target),
  }
  return { target, resources: [], parts: [], problems: [problem], missing: target.missing, failed: true }
}

function hintOf(reason: EngineFailure['reason'], { kind, missing: [lacking] }: RenderTarget): string {
  if (reason !== 'render') return hints[reason]
  const tool = kind === 'chart' ? 'helm template' : 'kustomize build'
  return lacking === undefined ? `Correct it until ${tool} accepts it.` : `It may be for what it lacks: ${lacking.message}.`
}

const hints: Readonly<Record<Exclude<EngineFailure['reason'], 'render'>, string>> = {
  deadline: 'Look for a loop without an end.',
  memory: 'Look for text that grows without an end.',
  crash: 'The rendering engine broke; report it with the files.',
  'left-out': 'Mend what had to be stopped, or look at a part of the repository: set paths.include in the configuration.',
}

function noChart(path: string): Missing {
  return { message: `there is no chart at ${path === '' ? 'the root' : path}`, hint: 'Correct the path, or add the chart.' }
}
