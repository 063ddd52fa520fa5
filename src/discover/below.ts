// The part of a tree that a run is about: what is rooted in one folder, or made of what lies there. All else can be read and is not judged.

import { isBelow } from '../change/subtree.ts'
import type { Graph } from './graph.ts'
import type { RenderTarget } from './target.ts'

/** What of a graph is judged for `folder`. What objects say of each other stays whole, and so do the files that targets read. */
export function graphBelow(graph: Graph, folder: string): Graph {
  if (folder === '') return graph
  const isOwn = ({ path }: { readonly path: string }) => isBelow(path, folder)
  return {
    ...graph,
    targets: graph.targets.filter(({ id }) => isBelow(id, folder)),
    references: graph.references.filter(({ id }) => isBelow(id, folder)),
    rendered: graph.rendered.filter((target) => isOwn(target.root) || isMadeOf(target, folder)),
    unresolved: graph.unresolved.filter(({ root }) => isOwn(root)),
    skips: graph.skips.filter(isOwn),
    problems: graph.problems.filter(isOwn),
  }
}

function isMadeOf(target: RenderTarget, folder: string): boolean {
  if (target.kind === 'kustomization') return target.elsewhere === undefined && isBelow(target.folder, folder)
  return target.chart.kind === 'tree' && isBelow(target.chart.path, folder)
}
