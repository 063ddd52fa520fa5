// Places that one render does not tell, found by rendering again: for what is shown, within a budget.

import { type RenderRun, renderTarget } from '../render/render.ts'
import { groupBy } from '../text/group.ts'
import type { Ask } from './candidate.ts'
import { probedTrace } from './chart.ts'
import { probe } from './probe.ts'
import type { Trace } from './spot.ts'
import { type Scene, type Tracer, tracerOf } from './trace.ts'

/** What is shown of an object, and the rule that speaks of it. */
export type Shown = Ask & { readonly rule: string }

/** Targets that are rendered again; findings of further ones keep the place that the first render tells. */
const mostTargets = 24

/** A tracer that knows more about the `shown` places of charts than their templates tell. */
export async function refined(shown: readonly Shown[], scene: Scene, run: RenderRun): Promise<Tracer> {
  const plain = tracerOf(scene)
  const open = shown.filter(({ resource, pointer, rule }) => isOpen(resource, plain(resource, pointer, rule), scene))
  const better = new Map<Ask['resource'], Map<string, Trace>>()
  const byTarget = [...groupBy(open, ({ resource }) => resource.document.rendering?.target ?? '')].slice(0, mostTargets)
  for (const [id, asks] of byTarget) {
    const target = scene.targets.get(id)
    if (target?.kind !== 'chart') continue
    const answers = await probe(asks, { target, sources: scene.sources, render: (other) => renderTarget(other, run) })
    for (const [{ resource, pointer }, answer] of answers) {
      const isThere = plain(resource, pointer, '').location.precision === 'exact'
      const trace = probedTrace(answer, isThere, { target, sources: scene.sources })
      if (trace === undefined) continue
      const known = better.get(resource)
      if (known === undefined) better.set(resource, new Map([[pointer, trace]]))
      else known.set(pointer, trace)
    }
  }
  return (resource, pointer, rule) => better.get(resource)?.get(pointer) ?? plain(resource, pointer, rule)
}

/** Whether the place is no more than a template line. */
function isOpen(resource: Ask['resource'], { through }: Trace, { targets }: Scene): boolean {
  const { rendering } = resource.document
  return rendering !== undefined && targets.get(rendering.target)?.kind === 'chart' && through.length === 0
}
