// What the objects of a tree say of each other: the sources, ConfigMaps and repositories that roots name.

import type { Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { below, valueAt } from '../text/pointer.ts'
import type { Ground } from './ground.ts'
import type { RepositoryUse } from './repository.ts'
import type { Environment, Place, RenderTarget, Root, Unresolved } from './target.ts'

/** What a reference to an object says; an empty namespace fits any. */
export type ObjectName = { readonly kind: string; readonly namespace: string; readonly name: string; readonly near: string }

export type Scene = {
  readonly ground: Ground
  readonly find: (name: ObjectName) => Resource | undefined
  /** What `isHere` is decided by. */
  readonly addresses: { readonly origins: readonly string[]; readonly uses: readonly RepositoryUse[] }
  /** Whether an address of a git repository means the one that is looked at. */
  readonly isHere: (url: string) => boolean
  /** Where the target lands whose output holds the objects; empty for objects that stand in files. */
  readonly environments: readonly Environment[]
  /** The folders of the clusters that Flux is bootstrapped on. */
  readonly clusters: readonly string[]
  /** How many paths the generators of all ApplicationSets may still compare with globs; they count it down. */
  readonly effort: { globs: number }
  /** Generator data that no tree holds, from the configuration: by kind of generator (`clusters`, `scmProvider`, …). */
  readonly fixtures: Readonly<Record<string, readonly Mapping[]>>
}

/** What a root names. */
export type Found = {
  readonly targets: readonly RenderTarget[]
  /** Files that a root applies as they stand. */
  readonly manifests: readonly { readonly path: string; readonly root: Root; readonly environments: readonly Environment[] }[]
  readonly unresolved: readonly Unresolved[]
}

export const nothing: Found = { targets: [], manifests: [], unresolved: [] }

/** What several roots name, together. */
export function together(all: readonly Found[]): Found {
  return {
    targets: all.flatMap(({ targets }) => targets),
    manifests: all.flatMap(({ manifests }) => manifests),
    unresolved: all.flatMap(({ unresolved }) => unresolved),
  }
}

/** Where a value of a resource stands; the pointer starts at the object. */
export function placeIn({ document, base }: Resource, pointer: string): Place {
  return { document, pointer: base + pointer }
}

/** The place of one item of a list, or of one key, below another place. */
export function placeBelow({ document, pointer }: Place, segment: string | number): Place {
  return { document, pointer: below(pointer, segment) }
}

/** The name of an object as roots are called: `argocd/api`. */
export function shortName({ id }: Resource): string {
  return id.namespace === '' ? id.name : `${id.namespace}/${id.name}`
}

/** The id of the target of a root object, or of one of its parts. */
export function rootId(root: Root, part = ''): string {
  return `${root.kind} ${root.name}${part} in ${root.path}`
}

/** The text at a pointer of an object; empty where there is none. */
export function textAt(value: unknown, pointer: string): string {
  const found = valueAt(value, pointer)
  return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? String(found) : ''
}
