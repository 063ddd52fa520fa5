// The objects that name what is rendered, in files or in rendered output: the same for both.

import type { Resource } from '../resource/resource.ts'
import { applicationTargets } from './argo/application.ts'
import { applicationSetTargets } from './argo/application-set.ts'
import { boundedBy, leftOut } from './bounded.ts'
import { helmRelease } from './flux/helm-release.ts'
import { fluxKustomization } from './flux/kustomization.ts'
import { usesIn } from './here.ts'
import { finderOf } from './lookup.ts'
import { isHereBy } from './repository.ts'
import { type Found, nothing, type Scene, shortName, together } from './scene.ts'
import type { RenderTarget, Root } from './target.ts'

/** What the objects of files name. */
export function rootsIn(resources: readonly Resource[], scene: Scene): Found {
  return all(resources, (resource) => resource.document.path, scene)
}

/**
 * What the objects that a target rendered name (an app of apps, a cluster's Kustomization): sources and ConfigMaps are looked for among them first, then in the tree, and where the target
 * lands they land too. Their ids tell the file of the first root, so an object that comes out again below itself has the id that is known already. Folders that they apply as they stand are
 * judged as all loose files are.
 */
export function targetsIn(resources: readonly Resource[], scene: Scene, from: RenderTarget): Omit<Found, 'manifests'> {
  const own = finderOf(resources)
  const { origins, uses } = scene.addresses
  const isHere = isHereBy(origins, [...uses, ...usesIn(resources, scene.ground)])
  const inner: Scene = {
    ...scene,
    find: (name) => own(name) ?? scene.find(name),
    isHere: (url) => scene.isHere(url) || isHere(url),
    environments: from.environments,
  }
  const { targets, unresolved } = all(resources, () => from.root.path, inner)
  return { targets: targets.map((target) => ({ ...target, through: [from.id] })), unresolved }
}

function all(resources: readonly Resource[], pathOf: (resource: Resource) => string, scene: Scene): Found {
  const roots = resources.flatMap((resource): readonly ObjectRoot[] => {
    const kind = kindOf(resource)
    return kind === undefined ? [] : [{ kind, path: pathOf(resource), name: shortName(resource), resource }]
  })
  const { found, left } = boundedBy(roots, (root) => rootTargets(root, scene))
  return together([...found, { ...nothing, unresolved: left.map((root) => leftOut(root, 'it is')) }])
}

function rootTargets(root: ObjectRoot, scene: Scene): Found {
  const { kind, resource } = root
  switch (kind) {
    case 'Application':
      return applicationTargets(resource, root, scene)
    case 'ApplicationSet':
      return applicationSetTargets(resource, root, scene)
    case 'Kustomization':
      return fluxKustomization(resource, root, scene)
    case 'HelmRelease':
      return helmRelease(resource, root, scene)
    default:
      return kind satisfies never
  }
}

type ObjectKind = 'Application' | 'ApplicationSet' | 'Kustomization' | 'HelmRelease'
type ObjectRoot = Root & { readonly kind: ObjectKind; readonly resource: Resource }

const kinds: Readonly<Record<string, ObjectKind>> = {
  'argoproj.io/Application': 'Application',
  'argoproj.io/ApplicationSet': 'ApplicationSet',
  'kustomize.toolkit.fluxcd.io/Kustomization': 'Kustomization',
  'helm.toolkit.fluxcd.io/HelmRelease': 'HelmRelease',
}

function kindOf({ id }: Resource): ObjectKind | undefined {
  return kinds[`${id.group}/${id.kind}`]
}
