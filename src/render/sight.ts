// What there is to judge of one revision: manifests as they are written, and what targets became.

import { placeOf } from '../discover/environments.ts'
import type { Environment, ManifestTarget, ReferenceTarget } from '../discover/target.ts'
import type { Resource } from '../resource/resource.ts'
import type { Rendered } from './rendered.ts'
import type { Sides } from './sides.ts'

/** Objects that land together. */
export type Sight = {
  readonly target: ManifestTarget | ReferenceTarget | Rendered['target']
  readonly resources: readonly Resource[]
  /** What is known of objects that are not there themselves. */
  readonly parts: readonly Resource[]
  readonly environments: readonly Environment[]
  /** The environment that its place in the tree stands for, whatever it is said to land in. */
  readonly place: Environment
}

type Revision = {
  readonly manifests: readonly ManifestTarget[]
  readonly references: readonly ReferenceTarget[]
  readonly rendered: readonly Rendered[]
}

/**
 * The sights of both revisions. What could not be rendered on one side is left out on both, so that its findings are neither new nor fixed; a file that a kustomization takes is judged
 * as written only where nothing that takes it could be rendered. `environmentOf` tells where a path lands that nobody names.
 */
export function sightsOf(sides: Sides<Revision>, environmentOf: (path: string) => Environment): Sides<readonly Sight[]> {
  const broken = new Set([...sides.base.rendered, ...sides.head.rendered].filter(({ failed }) => failed).map(({ target }) => target.id))
  const wholes = new Set([...sides.base.rendered, ...sides.head.rendered].filter(({ failed }) => !failed).map(({ target }) => target.id))
  const sights = ({ manifests, references, rendered }: Revision): readonly Sight[] => {
    const whole = rendered.filter(({ target }) => !broken.has(target.id))
    const taken = new Set(whole.flatMap(({ target }) => target.covers))
    return [
      ...manifests
        .filter(({ id, unrendered }) => !unrendered || !taken.has(id))
        .map((target) => ({ target, resources: target.resources, parts: [], ...landing(target.environments, environmentOf(target.id)) })),
      ...references.map((target) => ({
        target,
        resources: target.resources,
        parts: [],
        ...landing([], environmentOf(target.inputs[0] ?? '')),
      })),
      ...rendered
        .filter(({ target: { id }, parts }) => !broken.has(id) || (parts.length > 0 && !wholes.has(id)))
        .map(({ target, resources, parts }) => ({
          target,
          resources,
          parts,
          ...landing(target.environments, placeOf(target, environmentOf)),
        })),
    ]
  }
  return { base: sights(sides.base), head: sights(sides.head) }
}

function landing(named: readonly Environment[], place: Environment): Pick<Sight, 'environments' | 'place'> {
  return { place, environments: named.length === 0 ? [place] : named }
}
