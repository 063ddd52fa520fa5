// What a target reads that its tree does not hold, fetched as far as the policy allows, before the engine sees the target.

import type { Tree } from '../change/tree.ts'
import type { RenderTarget } from '../discover/target.ts'
import type { Sources } from './source.ts'
import type { Supplied } from './supplied.ts'
import { supplyChart } from './supply-chart.ts'
import { supplyElsewhere } from './supply-elsewhere.ts'
import { supplyKustomization } from './supply-kustomization.ts'

/** The target and its tree with what was fetched. What was not had is among what the target misses, with the line that would allow it. */
export function supply(target: RenderTarget, tree: Tree, sources: Sources): Promise<Supplied> {
  if (target.kind === 'chart') return supplyChart(target, tree, sources)
  const { elsewhere } = target
  return elsewhere === undefined ? supplyKustomization(target, tree, sources) : supplyElsewhere(target, elsewhere, { tree, sources })
}
