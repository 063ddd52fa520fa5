// Why each file was or was not judged, for a person who asks (`--debug`).

import type { Graph } from './discover/graph.ts'
import type { Rendered } from './render/rendered.ts'
import type { Sight } from './render/sight.ts'
import type { Watch } from './watch.ts'

/** What a revision gave to look at. */
export type Told = { readonly graph: Graph; readonly sights: readonly Sight[]; readonly rendered: readonly Rendered[] }

/** Tells the watch of every file and target of a revision. */
export function tell(watch: Watch, { graph, sights, rendered }: Told): void {
  const judged = new Set(sights.map(({ target }) => target.id))
  const takers = new Map(rendered.flatMap(({ target, failed }) => (failed ? [] : target.covers.map((path) => [path, target.id] as const))))
  for (const { id, resources, unrendered } of graph.targets) {
    const taker = takers.get(id)
    const how = judged.has(id)
      ? `judged${unrendered ? ' as written (unrendered)' : ''}`
      : taker === undefined
        ? 'not touched by the change'
        : `judged as ${taker} renders it`
    watch.file(id, `${how}, ${objects(resources.length)}`)
  }
  for (const { target, resources, failed, problems } of rendered)
    watch.file(
      target.id,
      failed ? `not rendered: ${problems[0]?.message ?? 'see the coverage'}` : `rendered and judged, ${objects(resources.length)}`,
    )
  for (const { root, message } of graph.unresolved) watch.file(root.path, `${root.kind} ${root.name} not rendered: ${message}`)
  for (const { path, document, reason, detail } of graph.skips) {
    const where = document === undefined ? '' : `document ${document + 1} `
    watch.file(path, `${where}not judged: ${reason}${detail === undefined ? '' : ` (${detail})`}`)
  }
  for (const { path, message } of graph.problems) watch.file(path, `could not be looked at: ${message}`)
}

function objects(count: number): string {
  return `${count} object${count === 1 ? '' : 's'}`
}
