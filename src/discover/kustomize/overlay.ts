// Kustomizations that no other one names: the overlays that people build, and the environment that their place stands for.

import { boundedBy, leftOut } from '../bounded.ts'
import { baseName, folderOf } from '../filename.ts'
import { type Ground, type Kustomization, shownFolder } from '../ground.ts'
import { isComponent } from '../kustomization.ts'
import { type Found, nothing, together } from '../scene.ts'
import type { Root } from '../target.ts'
import { kustomizationTarget } from './target.ts'

/**
 * A target for each kustomization that no other names and that no root (`claimed`, by folder) builds. Where kustomizations only name each other in a circle, the circle is named.
 * Components are built within others and never alone.
 */
export function overlaysIn(ground: Ground, claimed: ReadonlySet<string>): Found {
  const siblings = siblingsIn(ground)
  const wanted = [...ground.kustomizations].filter(([, { path }]) => ground.wanted(path))
  const named = new Set(wanted.flatMap(([, { names }]) => names.references.map(({ path }) => path)))
  const reached = new Set(claimed)
  const build = ([folder, { path }]: Entry): Found => {
    const root: Root = { kind: 'overlay', path, name: shownFolder(folder) }
    const environment = environmentOfPath(path) ?? (siblings.has(folder) && !shared.test(baseName(folder)) ? baseName(folder) : undefined)
    const id = `kustomization ${shownFolder(folder)}`
    const made = kustomizationTarget({ folder, id, root, environments: environment === undefined ? [] : [environment] }, ground)
    for (const member of made.folders) reached.add(member)
    return 'target' in made ? { ...nothing, targets: [made.target] } : { ...nothing, unresolved: [made.unresolved] }
  }
  const own = wanted.filter(([folder, { value }]) => !claimed.has(folder) && !isComponent(value))
  const roots = own.filter(([folder]) => !named.has(folder))
  const others = own.filter(([folder]) => named.has(folder))
  const { found, left } = boundedBy(roots, build)
  const circles = boundedBy(others, (entry) => (!reached.has(entry[0]) && isCircular(entry[0], ground) ? build(entry) : nothing))
  const unresolved = left.map(([folder, { path }]) => leftOut({ kind: 'overlay', path, name: shownFolder(folder) }, 'it is'))
  return together([...found, ...circles.found, { ...nothing, unresolved }])
}

type Entry = readonly [string, Kustomization]

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
