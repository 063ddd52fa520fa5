// Root objects that come out of other targets: through which, and where they land then.

import { mostReads } from './bounded.ts'
import type { RenderTarget } from './target.ts'

/**
 * Says through which targets each root object comes out, and gives it their environments where it has none. Ways in a circle (Flux's own Kustomization builds the file that it stands in)
 * are cut: a target is reached only from those that are reached without it. Of more ways than can be followed the last are left out: these targets are rendered as their files have them.
 */
export function nested(targets: readonly RenderTarget[]): readonly RenderTarget[] {
  const { parents, children } = waysIn(targets)
  const waiting = new Map(targets.map((target) => [target, parents.get(target)?.length ?? 0]))
  const done = new Map<RenderTarget, RenderTarget>()
  const settle = (first: RenderTarget): void => {
    const ready = [first]
    for (let target = ready.pop(); target !== undefined; target = ready.pop()) {
      if (done.has(target)) continue
      done.set(
        target,
        hungBelow(
          target,
          (parents.get(target) ?? []).flatMap((parent) => done.get(parent) ?? []),
        ),
      )
      for (const child of children.get(target) ?? []) {
        const left = (waiting.get(child) ?? 0) - 1
        waiting.set(child, left)
        if (left === 0) ready.push(child)
      }
    }
  }
  for (const target of targets) if (waiting.get(target) === 0) settle(target)
  // Only circles, and what hangs from them, are left: the first in each is taken as reached.
  for (const target of targets) settle(target)
  return targets.flatMap((target) => done.get(target) ?? [])
}

function hungBelow(target: RenderTarget, parents: readonly RenderTarget[]): RenderTarget {
  if (parents.length === 0) return target
  const environments = target.environments.length > 0 ? target.environments : [...new Set(parents.flatMap((parent) => parent.environments))]
  return { ...target, through: parents.map(({ id }) => id), environments }
}

type Ways = {
  readonly parents: ReadonlyMap<RenderTarget, readonly RenderTarget[]>
  readonly children: ReadonlyMap<RenderTarget, readonly RenderTarget[]>
}

/** From each target to those whose root object stands in a file that comes out of it. */
function waysIn(targets: readonly RenderTarget[]): Ways {
  const inFile = new Map<string, RenderTarget[]>()
  for (const target of targets) if (target.root.resource !== undefined) add(inFile, target.root.path, target)
  const parents = new Map<RenderTarget, RenderTarget[]>()
  const children = new Map<RenderTarget, RenderTarget[]>()
  let ways = 0
  for (const parent of targets) {
    for (const child of parent.covers.flatMap((path) => inFile.get(path) ?? [])) {
      if (child === parent || ways >= mostReads) continue
      ways++
      add(parents, child, parent)
      add(children, parent, child)
    }
  }
  return { parents, children }
}

function add<Key>(map: Map<Key, RenderTarget[]>, key: Key, target: RenderTarget): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [target])
  else known.push(target)
}
