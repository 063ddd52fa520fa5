// From a finding to the place a person edits, and the way between the two.

import type { RenderTarget } from '../discover/target.ts'
import type { Resource } from '../resource/resource.ts'
import { chartTrace } from './chart.ts'
import { kustomizationTrace } from './kustomization.ts'
import type { Location } from './location.ts'
import type { Sources } from './source.ts'
import { type Trace, writtenTrace } from './spot.ts'

/** What tracing looks at: the files of a revision, and the targets that were rendered there by id. */
export type Scene = { readonly sources: Sources; readonly targets: ReadonlyMap<string, RenderTarget> }

export type Tracer = (resource: Resource, pointer: string, rule: string) => Trace

/** Where values of a revision's objects are edited; the words of a rule's id tell, where a line is made of several values, which of them it speaks of. */
export function tracerOf(scene: Scene): Tracer {
  return (resource, pointer, rule) => traceOf(resource, pointer, rule.split('-'), scene)
}

/** Total: where nothing is known of a place, the file or the root of the target is given, and said to be no more than that. */
function traceOf(resource: Resource, pointer: string, about: readonly string[], scene: Scene): Trace {
  const { rendering } = resource.document
  if (rendering === undefined) return writtenTrace(resource, pointer)
  const target = scene.targets.get(rendering.target)
  if (target === undefined) return fileTrace(resource)
  const found =
    target.kind === 'chart'
      ? chartTrace(resource, pointer, about, { target, sources: scene.sources })
      : kustomizationTrace(resource, pointer, { target, sources: scene.sources })
  if (found === undefined) return targetTrace(target, resource, scene)
  return rendering.by === 'convention' ? { ...found, location: { ...found.location, precision: 'convention' }, through: [] } : found
}

/** The root that names the target: all that is known where nothing of what it renders is in the tree. */
function targetTrace(target: RenderTarget, resource: Resource, { sources }: Scene): Trace {
  const { root } = target
  if (root.resource !== undefined && root.resource.document.rendering === undefined) {
    const trace = writtenTrace(root.resource, '')
    return { ...trace, location: { ...trace.location, precision: 'target' } }
  }
  const source = sources.text(root.path)
  return source === undefined
    ? fileTrace(resource)
    : { location: topOf(root.path, 'target'), source, lines: { first: 1, last: 1 }, through: [] }
}

function fileTrace({ document }: Resource): Trace {
  return { location: topOf(document.path, 'file'), source: document, lines: { first: 1, last: 1 }, through: [] }
}

/** The first line of a file, where no line of it is known to be the one. */
function topOf(path: string, precision: 'file' | 'target'): Location {
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1, precision }
}
