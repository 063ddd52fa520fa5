// A folder that kustomize builds, as a target.

import { type Ground, isFile, shownFolder } from '../ground.ts'
import { pathFrom } from '../kustomization.ts'
import type { Elsewhere, Environment, KustomizationTarget, Missing, OverlayField, Root, Substitution, Unresolved } from '../target.ts'
import { closureOf } from './closure.ts'

/** What is to be built, and for whom. */
export type Build = {
  readonly id: string
  readonly folder: string
  readonly root: Root
  readonly environments: readonly Environment[]
  /** Paths relative to the folder, where it has no kustomization. */
  readonly generated?: readonly string[]
  readonly overlay?: readonly OverlayField[]
  readonly substitutions?: readonly Substitution[]
  readonly missing?: readonly Missing[]
  /** Files beside the kustomization's own that decide what comes out: ConfigMaps of a substitution. */
  readonly inputs?: readonly string[]
}

export type Built = { readonly folders: ReadonlySet<string> } & (
  | { readonly target: KustomizationTarget }
  | { readonly unresolved: Unresolved }
)

/** The target of a build whose folder lies in another repository. */
export function targetElsewhere(build: Omit<Build, 'generated'>, elsewhere: Elsewhere, ground: Ground): KustomizationTarget {
  const { id, folder, root, environments, substitutions, overlay = [], missing = [], inputs = [] } = build
  return {
    ...{
      kind: 'kustomization',
      id,
      environments,
      root,
      through: [],
      covers: [],
      folder,
      overlay,
      elsewhere,
      remotes: [],
      charts: [],
      missing,
    },
    inputs: [...new Set([root.path, ...inputs].filter((path) => isFile(ground, path)))].sort(),
    ...(substitutions === undefined ? {} : { substitutions }),
  }
}

/** The target of a build, with the folders of all kustomizations in it; unresolved where they name each other in a circle. */
export function kustomizationTarget(build: Build, ground: Ground): Built {
  const { folder, root, generated, substitutions, overlay = [] } = build
  const components = overlay.flatMap(({ field, value }) =>
    field === 'components' && typeof value === 'string' ? [pathFrom(folder, value)] : [],
  )
  const listed = (generated ?? []).map((path) => pathFrom(folder, path))
  const closure = closureOf([folder, ...components, ...listed], ground)
  if (closure.cycle !== undefined) return { folders: closure.folders, unresolved: circle(root, closure.cycle) }
  if (closure.tooDeep) return { folders: closure.folders, unresolved: tooDeep(root) }
  const covers = [...new Set([...listed.filter((path) => isFile(ground, path)), ...closure.inputs])].sort()
  const files = [root.path, ...(build.inputs ?? [])].filter((path) => isFile(ground, path))
  const target: KustomizationTarget = {
    kind: 'kustomization',
    id: build.id,
    inputs: [...new Set([...files, ...covers])].sort(),
    environments: build.environments,
    root,
    through: [],
    covers,
    folder,
    overlay,
    ...(generated === undefined ? {} : { generated }),
    ...(substitutions === undefined ? {} : { substitutions }),
    remotes: closure.remotes,
    charts: closure.charts,
    missing: [...(build.missing ?? []), ...closure.missing],
  }
  return { folders: closure.folders, target }
}

function tooDeep(root: Root): Unresolved {
  const message = 'kustomizations below it take each other more than 200 levels deep'
  return { root, code: 'limit', message, hint: 'Nest them less deeply; a circle of so many is none that kustomize would build.' }
}

function circle(root: Root, folders: readonly string[]): Unresolved {
  const way = [...folders, folders[0] ?? ''].map(shownFolder).join(' → ')
  return {
    root,
    code: 'cycle',
    message: `the kustomizations ${way} name each other in a circle`,
    hint: 'Take one of them out of the resources of another.',
  }
}
