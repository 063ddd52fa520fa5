// Places in what was rendered without its lines: the few charts that are asked about are rendered again with them.

import { type RenderRun, renderTarget } from '../render/render.ts'
import type { Rendered } from '../render/rendered.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { type Scene, type Tracer, tracerOf } from './trace.ts'

/** A tracer that knows the lines of the `shown` objects, whether they were rendered with them or not. */
export async function linedTracer(shown: readonly Resource[], scene: Scene, run: RenderRun): Promise<Tracer> {
  const again = await linedRenders(shown, scene, run)
  const lined = new Map(again.flatMap(({ resources }) => resources.map((resource) => [keyOf(resource), resource])))
  const tracer = tracerOf(scene)
  return (resource, pointer, rule) => tracer(lined.get(keyOf(resource)) ?? resource, pointer, rule)
}

/** The targets of the `shown` objects that were rendered without their lines, rendered with them. */
export function linedRenders(
  shown: readonly Resource[],
  { targets }: Scene,
  { lines: _, ...run }: RenderRun,
): Promise<readonly Rendered[]> {
  const ids = new Set(shown.filter(isBare).map(({ document }) => document.rendering?.target ?? ''))
  return Promise.all([...ids].flatMap((id) => targets.get(id) ?? []).map((target) => renderTarget(target, run)))
}

/** Whether a chart gave it, and told no lines. */
function isBare({ document: { rendering } }: Resource): boolean {
  const made = rendering?.before?.rendering ?? rendering
  return made?.by === 'chart' && made.lines.length === 0
}

/** The same object in another render of its target. */
function keyOf({ id, base, document: { rendering, index, text } }: Resource): string {
  return `${rendering?.target}\n${nameOf(id)}\n${index}\n${base}\n${text}`
}
