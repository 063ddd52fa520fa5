// Places in what was rendered without its lines: the few charts that are asked about are rendered again with them.

import { type RenderRun, renderTarget } from '../render/render.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { type Scene, type Tracer, tracerOf } from './trace.ts'

/** A tracer that knows the lines of the `shown` objects, whether they were rendered with them or not. */
export async function linedTracer(shown: readonly Resource[], scene: Scene, { lines: _, ...run }: RenderRun): Promise<Tracer> {
  const bare = shown.filter(isBare)
  const ids = new Set(bare.map(({ document }) => document.rendering?.target ?? ''))
  const targets = [...ids].flatMap((id) => scene.targets.get(id) ?? [])
  const again = await Promise.all(targets.map((target) => renderTarget(target, run)))
  const lined = new Map(again.flatMap(({ resources }) => resources.map((resource) => [keyOf(resource), resource])))
  const tracer = tracerOf(scene)
  return (resource, pointer, rule) => tracer(lined.get(keyOf(resource)) ?? resource, pointer, rule)
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
