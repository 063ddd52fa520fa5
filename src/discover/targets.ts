// All targets of a tree: those that roots name, then kustomizations and charts that nobody names; each once, with where it lands.

import { mostReads } from './bounded.ts'
import { declaredTargets } from './declared.ts'
import { baseName, folderOf, isKustomizationName } from './filename.ts'
import { clusterRoots } from './flux/cluster.ts'
import type { Ground } from './ground.ts'
import { chartsAlone } from './helm/alone.ts'
import { helmfilesIn } from './helmfile.ts'
import { usesIn } from './here.ts'
import { overlaysIn } from './kustomize/overlay.ts'
import { finderOf } from './lookup.ts'
import { nested } from './nested.ts'
import { isHereBy } from './repository.ts'
import { rootsIn } from './roots.ts'
import { type Found, type Scene, together } from './scene.ts'
import { environmentNamed, type Settings } from './selection.ts'
import type { Environment, ManifestTarget, RenderTarget, Root, Unresolved } from './target.ts'

export type Targets = {
  readonly manifests: readonly ManifestTarget[]
  readonly rendered: readonly RenderTarget[]
  readonly unresolved: readonly Unresolved[]
  readonly scene: Scene
  /** Files that are applied as they stand, judged or not, and by whom. */
  readonly applied: ReadonlyMap<string, Root>
}

/** The targets of a tree whose loose manifests are read. */
export function targetsOf(manifests: readonly ManifestTarget[], ground: Ground, settings: Settings): Targets {
  const resources = manifests.flatMap((manifest) => manifest.resources)
  const origins = settings.origins ?? []
  const uses = usesIn(resources, ground)
  const scene: Scene = {
    ground,
    find: finderOf(resources),
    addresses: { origins, uses },
    isHere: isHereBy(origins, uses),
    environments: [],
    clusters: clusterRoots(resources, ground.kinds.keys()),
    effort: { globs: 5_000_000 },
    fixtures: settings.generators ?? {},
  }
  const declared = declaredTargets(settings.targets ?? [], ground)
  const rooted = together([declared, rootsIn(resources, scene), helmfilesIn(ground)])
  const overlays = overlaysIn(ground, kustomizedIn(rooted.targets))
  const charts = chartsAlone(ground, chartsIn([...rooted.targets, ...overlays.targets]))
  const applied = appliedIn(rooted)
  const nameOfPath = environmentNamed(settings.environments ?? [], settings.root)
  const all = [...rooted.targets, ...overlays.targets, ...charts.targets].map((target) => hanging(target, { applied, nameOfPath }))
  const kept = bounded(nested(distinct(all.filter((target) => !declared.removes(target)))))
  return {
    manifests: landed(manifests, applied),
    rendered: kept.targets,
    unresolved: [...rooted.unresolved, ...overlays.unresolved, ...charts.unresolved, ...kept.unresolved],
    scene,
    applied: new Map([...applied].map(([path, { root }]) => [path, root])),
  }
}

/** The folders of all kustomizations that targets build. */
function kustomizedIn(targets: readonly RenderTarget[]): ReadonlySet<string> {
  return new Set(targets.flatMap(({ covers }) => covers.filter(isKustomizationName).map(folderOf)))
}

/** The folders of all charts that targets render. */
function chartsIn(targets: readonly RenderTarget[]): ReadonlySet<string> {
  return new Set(targets.flatMap(({ covers }) => covers.filter((path) => baseName(path) === 'Chart.yaml').map(folderOf)))
}

/** Two roots of one name in one file are told apart by their order. */
function distinct(targets: readonly RenderTarget[]): readonly RenderTarget[] {
  const counts = new Map<string, number>()
  return targets.map((target) => {
    const count = (counts.get(target.id) ?? 0) + 1
    counts.set(target.id, count)
    return count === 1 ? target : { ...target, id: `${target.id} (${count})` }
  })
}

/** More targets, or more files read by them, than a review can look at; what is left is named. */
export const mostTargets = 5_000

function bounded(targets: readonly RenderTarget[]): {
  readonly targets: readonly RenderTarget[]
  readonly unresolved: readonly Unresolved[]
} {
  let inputs = 0
  const kept: RenderTarget[] = []
  const left: RenderTarget[] = []
  for (const target of targets) {
    const fits = kept.length < mostTargets && inputs + target.inputs.length <= mostReads
    if (fits) inputs += target.inputs.length
    ;(fits ? kept : left).push(target)
  }
  return {
    targets: kept,
    unresolved: left.map(({ root, id }) => ({
      root,
      code: 'limit',
      message: `${id} is left out: more than ${mostTargets} targets, or too many files in them`,
      hint: 'Look at a part of the repository: set paths.include in the configuration.',
    })),
  }
}

type Applied = ReadonlyMap<string, { readonly root: Root; readonly environments: readonly Environment[] }>

/** Files that roots apply as they stand, with all environments in which they do. */
function appliedIn({ manifests }: Found): Applied {
  const byPath = new Map<string, { readonly root: Root; readonly environments: readonly Environment[] }>()
  for (const { path, root, environments } of manifests) {
    const known = byPath.get(path)
    byPath.set(path, { root: known?.root ?? root, environments: [...new Set([...(known?.environments ?? []), ...environments])] })
  }
  return byPath
}

type Landing = { readonly applied: Applied; readonly nameOfPath: (path: string) => string | undefined }

/** The configuration says first where a root lands; a root object in a file that another root applies lands where the file does, unless it says otherwise. */
function hanging(target: RenderTarget, { applied, nameOfPath }: Landing): RenderTarget {
  const { root } = target
  const named = root.kind === 'configuration' ? undefined : nameOfPath(root.path)
  if (named !== undefined) return { ...target, environments: [named] }
  const environments = root.resource === undefined ? undefined : applied.get(root.path)?.environments
  return environments === undefined || target.environments.length > 0 ? target : { ...target, environments }
}

function landed(manifests: readonly ManifestTarget[], applied: Applied): readonly ManifestTarget[] {
  return manifests.map((manifest) => ({ ...manifest, ...applied.get(manifest.id) }))
}
