// Targets that the configuration adds, in place of what would be found in their folder, or takes away.

import { filesBelow, type Ground, isFile, shownFolder } from './ground.ts'
import { chartAt } from './helm/chart.ts'
import { chartTarget } from './helm/target.ts'
import { pathFrom } from './kustomization.ts'
import { kustomizationTarget } from './kustomize/target.ts'
import type { Found } from './scene.ts'
import { type DeclaredTarget, globOf } from './selection.ts'
import type { RenderTarget, Root, Unresolved, Values } from './target.ts'

export type Declared = Found & {
  /** Whether the configuration does not want a target that was found. */
  readonly removes: (target: RenderTarget) => boolean
}

/** The targets of the configuration. One whose folder is not in this tree is named: the configuration is that of the target branch. */
export function declaredTargets(declared: readonly DeclaredTarget[], ground: Ground): Declared {
  const found = { targets: [] as RenderTarget[], manifests: [] as Found['manifests'][number][], unresolved: [] as Unresolved[] }
  const removed = declared.filter(({ render }) => render === false).map(({ path }) => globOf(path))
  for (const entry of declared) {
    if (entry.render === false) continue
    const path = pathFrom('', entry.path)
    const kind = entry.kind ?? kindOf(path, ground)
    const root: Root = { kind: 'configuration', path: entry.source, name: entry.name ?? shownFolder(path) }
    const one = { entry, path, root }
    if (kind === 'manifests') found.manifests.push(...manifestsIn(one, ground))
    else {
      const made = kind === 'chart' ? chart(one, ground) : kustomization(one, ground)
      if ('kind' in made) found.targets.push(made)
      else found.unresolved.push(made)
    }
  }
  return { ...found, removes: (target) => target.root.kind !== 'configuration' && removed.some((matches) => matches(placeOf(target))) }
}

type One = { readonly entry: DeclaredTarget; readonly path: string; readonly root: Root }

function kindOf(path: string, ground: Ground): 'chart' | 'kustomization' | 'manifests' {
  if (ground.charts.has(path) || path.endsWith('.tgz')) return 'chart'
  return ground.kustomizations.has(path) ? 'kustomization' : 'manifests'
}

/** What a person calls the place of a target: the folder of its chart or kustomization, else the file of its root. */
function placeOf(target: RenderTarget): string {
  if (target.kind === 'kustomization') return target.folder
  return target.chart.kind === 'tree' ? target.chart.path : target.root.path
}

function environmentsOf({ environment }: DeclaredTarget): readonly string[] {
  return environment === undefined ? [] : [environment]
}

function idOf({ entry, root, path }: One): string {
  const values = entry.values ?? []
  return `${root.name} of the configuration${entry.name === undefined && values.length > 0 ? ` with ${values.join(', ')}` : ''}${entry.name === undefined ? '' : ` (${shownFolder(path)})`}`
}

function gone(root: Root, what: string): Unresolved {
  return {
    root,
    code: 'missing-path',
    message: what,
    hint: 'Correct its path under targets in the configuration.',
  }
}

function chart(one: One, ground: Ground): RenderTarget | Unresolved {
  const { entry, path, root } = one
  if (!ground.charts.has(path) && !isFile(ground, path)) return gone(root, `${shownFolder(path)} is no chart`)
  const files = (entry.values ?? []).map((file) => pathFrom('', file))
  const values = files.filter((file) => isFile(ground, file)).map((file): Values => ({ kind: 'file', path: file }))
  const version = entry['kubernetes-version']
  return chartTarget(
    {
      id: idOf(one),
      root,
      environments: environmentsOf(entry),
      chart: { kind: 'tree', path },
      values,
      release: entry.release ?? chartAt(path, ground)?.name ?? 'release',
      namespace: entry.namespace ?? 'default',
      ...(version === undefined ? {} : { kubernetesVersion: version }),
      missing: files
        .filter((file) => !isFile(ground, file))
        .map((file) => ({
          message: `values file ${file} is left out: it is not there`,
          hint: 'Correct its path under targets in the configuration.',
        })),
    },
    ground,
  )
}

function kustomization(one: One, ground: Ground): RenderTarget | Unresolved {
  const { entry, path, root } = one
  if (!ground.kustomizations.has(path)) return gone(root, `${shownFolder(path)} holds no kustomization`)
  const built = kustomizationTarget({ id: idOf(one), folder: path, root, environments: environmentsOf(entry) }, ground)
  return 'target' in built ? built.target : built.unresolved
}

/** A folder of plain manifests: what a generator (cdk8s, jsonnet) left there. */
function manifestsIn({ entry, path, root }: One, ground: Ground): Found['manifests'] {
  const files = isFile(ground, path) ? [path] : filesBelow(ground, path)
  return files.map((file) => ({ path: file, root, environments: environmentsOf(entry) }))
}
