// Kustomizations that no other one names: the overlays that people build, and the environment that their place stands for.

import { baseName, folderOf } from '../filename.ts'
import { type Ground, shownFolder } from '../ground.ts'
import { isComponent } from '../kustomization.ts'
import type { KustomizationTarget, Root, Unresolved } from '../target.ts'
import { kustomizationTarget } from './target.ts'

export type Overlays = { readonly targets: readonly KustomizationTarget[]; readonly unresolved: readonly Unresolved[] }

/**
 * A target for each kustomization that no other names and that no root (`claimed`, by folder) builds. Where kustomizations only name each other in a circle, the circle is named.
 * Components are built within others and never alone.
 */
export function overlaysIn(ground: Ground, claimed: ReadonlySet<string>): Overlays {
  const siblings = siblingsIn(ground)
  const named = new Set([...ground.kustomizations.values()].flatMap(({ names }) => names.references.map(({ path }) => path)))
  const targets: KustomizationTarget[] = []
  const unresolved: Unresolved[] = []
  const reached = new Set(claimed)
  const build = (folder: string, path: string) => {
    const root: Root = { kind: 'overlay', path, name: shownFolder(folder) }
    const environment = environmentOfPath(path) ?? (siblings.has(folder) && !shared.test(baseName(folder)) ? baseName(folder) : undefined)
    const id = `kustomization ${shownFolder(folder)}`
    const made = kustomizationTarget({ folder, id, root, environments: environment === undefined ? [] : [environment] }, ground)
    for (const member of made.folders) reached.add(member)
    if ('target' in made) targets.push(made.target)
    else unresolved.push(made.unresolved)
  }
  for (const [folder, { path, value }] of ground.kustomizations)
    if (!named.has(folder) && !claimed.has(folder) && !isComponent(value) && ground.wanted(path)) build(folder, path)
  for (const [folder, { path, value }] of ground.kustomizations)
    if (!reached.has(folder) && !isComponent(value) && ground.wanted(path) && isCircular(folder, ground)) build(folder, path)
  return { targets, unresolved }
}

/** Whether following what a kustomization names leads back to it. */
function isCircular(folder: string, { kustomizations }: Ground): boolean {
  const seen = new Set<string>()
  const open = [folder]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { path } of kustomizations.get(at)?.names.references ?? []) {
      if (path === folder) return true
      if (!kustomizations.has(path) || seen.has(path)) continue
      seen.add(path)
      open.push(path)
    }
  }
  return false
}

const shared = /^(?:bases?|common|default|shared)$/i
const parents = /^(?:overlays?|environments?|envs?|clusters?|stages?)$/i

/** The environment that a path speaks of: the folder (or file) below `overlays`, `environments`, `envs` or `clusters`. */
export function environmentOfPath(path: string): string | undefined {
  const segments = folderOf(path).split('/')
  const at = segments.findIndex((segment) => parents.test(segment))
  return at < 0 ? undefined : segments[at + 1]
}

/** Overlays that stand side by side (`app/staging`, `app/production`) and take the same folder. */
function siblingsIn({ kustomizations }: Ground): ReadonlySet<string> {
  const families = new Map<string, Set<string>>()
  for (const [folder, { names }] of kustomizations) {
    for (const { field, path } of names.references) {
      if (folder === '' || field === 'components' || !kustomizations.has(path)) continue
      const key = `${folderOf(folder)}\n${path}`
      families.set(key, (families.get(key) ?? new Set()).add(folder))
    }
  }
  return new Set([...families.values()].filter(({ size }) => size > 1).flatMap((family) => [...family]))
}
