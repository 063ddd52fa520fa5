// Places that one render does not tell, found by rendering again: for what is shown, within a budget.

import type { Tree } from '../change/tree.ts'
import type { ChartTarget, KustomizationTarget } from '../discover/target.ts'
import { type RenderRun, renderTarget } from '../render/render.ts'
import { groupBy } from '../text/group.ts'
import type { Ask } from './candidate.ts'
import { probedTrace } from './chart.ts'
import { leaveOut } from './leave-out.ts'
import { probe } from './probe.ts'
import type { Trace } from './spot.ts'
import { type Scene, type Tracer, tracerOf } from './trace.ts'

/** What is shown of an object, and the rule that speaks of it. */
export type Shown = Ask & { readonly rule: string }

/** Targets that are rendered again; findings of further ones keep the place that the first render tells. */
const mostTargets = 24

/** A tracer that knows more about the `shown` places than one render tells. */
export async function refined(shown: readonly Shown[], scene: Scene, run: RenderRun): Promise<Tracer> {
  const plain = tracerOf(scene)
  const open = once(shown.filter(({ resource, pointer, rule }) => isOpen(resource, plain(resource, pointer, rule), scene)))
  const better = new Map<Ask['resource'], Map<string, Trace>>()
  for (const [id, asks] of [...groupBy(open, ({ resource }) => resource.document.rendering?.target ?? '')].slice(0, mostTargets)) {
    const target = scene.targets.get(id)
    if (target === undefined) continue
    const traces = target.kind === 'chart' ? await probed(asks, target, plain, { scene, run }) : await leftOut(asks, target, { scene, run })
    for (const [{ resource, pointer }, trace] of traces) {
      const known = better.get(resource)
      if (known === undefined) better.set(resource, new Map([[pointer, trace]]))
      else known.set(pointer, trace)
    }
  }
  return (resource, pointer, rule) => better.get(resource)?.get(pointer) ?? plain(resource, pointer, rule)
}

/** Each place once: it is shown for several rules, and what fixes change is often what is shown. */
function once(shown: readonly Shown[]): readonly Shown[] {
  const known = new Map<Ask['resource'], Set<string>>()
  return shown.filter(({ resource, pointer }) => {
    const pointers = known.get(resource) ?? new Set()
    if (pointers.has(pointer)) return false
    known.set(resource, pointers.add(pointer))
    return true
  })
}

type Again = { readonly scene: Scene; readonly run: RenderRun }
type Traces = readonly (readonly [Ask, Trace])[]

/** Values of a chart are changed. */
async function probed(asks: readonly Ask[], target: ChartTarget, plain: Tracer, { scene: { sources }, run }: Again): Promise<Traces> {
  const answers = await probe(asks, { target, sources, render: (other) => renderTarget(other, run) })
  return [...answers].flatMap(([ask, answer]) => {
    const isThere = plain(ask.resource, ask.pointer, '').location.precision === 'exact'
    const trace = probedTrace(answer, isThere, { target, sources })
    return trace === undefined ? [] : [[ask, trace] as const]
  })
}

/** Entries of a kustomization are left out. */
async function leftOut(asks: readonly Ask[], target: KustomizationTarget, { scene: { sources }, run }: Again): Promise<Traces> {
  const build = (tree: Tree) => renderTarget(target, { ...run, tree })
  const spots = await leaveOut(asks, { target, tree: run.tree, sources, build })
  return [...spots].map(([ask, spot]) => [ask, { ...spot, through: [{ path: ask.resource.document.path }] }] as const)
}

/** Whether the place is no more than a template line, or a file in which something else changed the value. */
function isOpen(resource: Ask['resource'], { through, location }: Trace, { targets }: Scene): boolean {
  const { rendering } = resource.document
  const kind = rendering === undefined ? undefined : targets.get(rendering.target)?.kind
  return kind === 'chart' ? through.length === 0 : kind === 'kustomization' && location.precision === 'file'
}
