// The clusters that a repository of Flux holds, and which of them an object belongs to.

import type { Resource } from '../../resource/resource.ts'
import { baseName, folderOf } from '../filename.ts'
import { pathFrom } from '../kustomization.ts'
import { environmentOfPath } from '../kustomize/overlay.ts'
import { type Scene, textAt } from '../scene.ts'
import type { Environment } from '../target.ts'

/** The folders that Flux is bootstrapped on: those of the Kustomizations called `flux-system`, of a FluxInstance, and those that hold `flux-system/gotk-sync.yaml`. */
export function clusterRoots(resources: readonly Resource[], paths: Iterable<string>): readonly string[] {
  const roots = new Set<string>()
  for (const { id, value } of resources) {
    if (id.group === 'kustomize.toolkit.fluxcd.io' && id.name === 'flux-system') roots.add(pathFrom('', textAt(value, '/spec/path')))
    if (id.kind === 'FluxInstance') roots.add(pathFrom('', textAt(value, '/spec/sync/path')))
  }
  for (const path of paths) if (path.endsWith('flux-system/gotk-sync.yaml')) roots.add(folderOf(folderOf(path)))
  return [...roots].filter((root) => root !== '')
}

/** Where an object of Flux lands: with the target whose output holds it; else the cluster whose folder it stands in; else what its path, or the path that it builds, speaks of. */
export function environmentsOfFlux(by: Resource, path: string, scene: Scene): readonly Environment[] {
  if (scene.environments.length > 0) return scene.environments
  const file = by.document.path
  const cluster = clusterOf(file, scene.clusters) ?? clusterOf(`${pathFrom('', path)}/.`, scene.clusters)
  const environment = cluster ?? environmentOfPath(file) ?? environmentOfPath(`${path}/.`)
  return environment === undefined ? [] : [environment]
}

/** One cluster is the repository itself. Two of one name are told apart by their whole path. */
function clusterOf(path: string, clusters: readonly string[]): string | undefined {
  if (clusters.length < 2) return undefined
  const [root] = clusters.filter((cluster) => path.startsWith(`${cluster}/`)).sort((a, b) => b.length - a.length)
  if (root === undefined) return undefined
  return clusters.filter((cluster) => baseName(cluster) === baseName(root)).length > 1 ? root : baseName(root)
}
