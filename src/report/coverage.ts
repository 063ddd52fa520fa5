// What was looked at and what was not, in numbers and by name.

import type { Graph, Skip } from '../discover/graph.ts'
import { rendersAway } from '../discover/reason.ts'
import type { Place, Unresolved } from '../discover/target.ts'
import type { Rendered } from '../render/rendered.ts'
import type { Sight } from '../render/sight.ts'
import { locateIn } from '../resource/locate.ts'
import type { Coverage, ReportedGap } from './report.ts'

export type Looked = {
  readonly graph: Graph
  readonly sights: readonly Sight[]
  readonly rendered: readonly Rendered[]
  /** Roots in what was rendered of which no target could be made. */
  readonly unresolved: readonly Unresolved[]
}

/** The coverage of a graph of which only the `sights` were looked at; `rules` is how many were asked. */
export function coverageOf({ graph, sights, rendered, unresolved }: Looked, rules: number): Coverage {
  const written = sights.flatMap(({ target }) => (target.kind === 'manifest' ? [target] : []))
  const whole = rendered.filter(({ failed }) => !failed)
  const taken = new Set(whole.flatMap(({ target }) => target.covers))
  const read = new Set(whole.flatMap(({ target }) => target.inputs))
  const untouched = graph.targets.length - written.length - graph.targets.filter(({ id, unrendered }) => unrendered && taken.has(id)).length
  return {
    files: graph.files,
    judgedFiles: written.length,
    judgedObjects: sights.reduce((sum, { target, resources }) => sum + (target.kind === 'reference' ? 0 : resources.length), 0),
    fetchingFiles: sights.filter(({ target }) => target.kind === 'reference').length,
    renderedTargets: whole.length,
    unrenderedFiles: written.filter(({ unrendered }) => unrendered).length,
    unaffectedFiles: untouched,
    failedFiles: new Set(graph.problems.map(({ path }) => path)).size,
    failedTargets: rendered.filter(({ failed, problems }) => failed && problems.length > 0).length,
    skipped: graph.skips.filter((skip) => !(read.has(skip.path) && rendersAway.has(skip.reason)) || isSample(skip)),
    notRendered: gapsOf([...graph.unresolved, ...unresolved], rendered),
    rules,
  }
}

function isSample({ reason }: Skip): boolean {
  return reason === 'custom-resource-sample'
}

/** Roots of which nothing could be made, and what the rendered ones lack; each once. */
function gapsOf(unresolved: readonly Unresolved[], rendered: readonly Rendered[]): readonly ReportedGap[] {
  const gaps = [
    ...unresolved.map(({ root, message, hint, at }) => ({ name: `${root.kind} ${root.name}`, ...placeOf(at, root.path), message, hint })),
    ...rendered.flatMap(({ target, missing }) =>
      missing.map(({ message, hint, at }) => ({ name: target.id, ...placeOf(at, target.root.path), message, hint })),
    ),
  ]
  return [...new Map(gaps.map((gap) => [`${gap.name}\n${gap.message}`, gap])).values()]
}

/** Where it is written; where that is not known, or in no file, the file that says so. */
function placeOf(at: Place | undefined, path: string): Pick<ReportedGap, 'path' | 'line'> {
  return at === undefined || at.document.rendering !== undefined
    ? { path }
    : { path: at.document.path, line: locateIn(at.document, at.pointer).range.start.line }
}
