// Where what a target renders lies in the tree, and whether anybody names it there.

import type { RenderTarget } from './target.ts'

/** The folder (or packed chart) of the tree that a target renders; undefined for what has to be fetched. */
export function homeOf(target: RenderTarget): string | undefined {
  if (target.kind === 'kustomization') return target.folder
  return target.chart.kind === 'tree' ? target.chart.path : undefined
}

/** Whether nobody names it: a kustomization or a chart that is a target since it is there. */
export function isAlone({ root }: RenderTarget): boolean {
  return root.kind === 'overlay' || root.kind === 'chart'
}
