// Targets as a person names them in the terminal, and what is said of them there.

import { posix } from 'node:path'
import type { Graph } from './discover/graph.ts'
import type { RenderTarget } from './discover/target.ts'
import { UserError } from './errors.ts'
import { printable } from './report/printable.ts'

/** The targets of a name: whole (`Application argocd/shop in argocd/shop.yaml`), without its kind or its file, or by the file or folder that is rendered. */
export function named(targets: readonly RenderTarget[], name: string): readonly RenderTarget[] {
  const folder = (target: RenderTarget) =>
    target.kind === 'kustomization' ? target.folder : target.chart.kind === 'tree' ? target.chart.path : undefined
  const wanted = name.replace(/^\.\//, '').replace(/\/$/, '')
  const exact = targets.filter(({ id }) => id === name)
  if (exact.length > 0) return exact
  return targets.filter((target) => {
    const { id, root } = target
    return [root.name, root.path, folder(target)].includes(wanted) || id.startsWith(`${name} in `) || root.name.endsWith(`/${name}`)
  })
}

/** In which way a target uses a file. */
export function useOf(target: RenderTarget, path: string): string {
  if (path === target.root.path) return 'names'
  if (target.kind === 'kustomization') return target.covers.includes(path) ? 'rendered by' : 'used by'
  if (target.values.some((one) => one.kind === 'file' && one.path === path)) return 'gives values to'
  const chart = target.chart.kind === 'tree' ? target.chart.path : ''
  const inside = posix.relative(chart, path)
  if (inside === 'values.yaml') return 'gives default values to'
  if (/^(?:templates|crds)\//.test(inside)) return 'rendered by'
  return inside.startsWith('../') ? 'used by' : 'stands in the chart of'
}

/** What is said of a name that no target has: those that are like it. */
export function unknown(name: string, { rendered }: Graph): UserError {
  const known = rendered.map(({ id }) => id)
  const near = known.filter((id) => id.includes(name) || name.includes(id))
  const list = (near.length > 0 ? near : known).slice(0, 8).join(', ')
  return new UserError(
    `there is no target "${name}"`,
    list === '' ? 'The tree has none.' : `There are ${list}. "plimsoll render" lists them all.`,
  )
}

/** Where a target lands, in words. */
export function landing({ environments }: RenderTarget): string {
  return environments.length === 0 ? '' : `  in ${environments.map(printable).join(', ')}`
}
