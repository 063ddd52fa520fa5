// All ways to make changes of an object, in the order that a maintainer would prefer.

import type { ManifestTarget } from '../../discover/target.ts'
import type { Resource } from '../../resource/resource.ts'
import type { Scene } from '../../trace/trace.ts'
import { type Change, isRefusal, type Refusal } from '../../yaml/change.ts'
import type { Edit, RouteKind } from '../fix.ts'
import type { Route, Routes, RoutesOf } from '../route.ts'
import { overlayEdits } from './overlay.ts'
import { type SiteOf, siteEdits } from './site.ts'
import { templateEdits } from './template.ts'

export type Ground = {
  /** What the objects were rendered from. */
  readonly scene: Scene
  readonly siteOf: SiteOf
  /** Files that are applied as they stand, by path. */
  readonly manifests: ReadonlyMap<string, ManifestTarget>
  /** Files that are never edited: those that came from elsewhere and are brought up to date from there, those outside of the folder that is mended. */
  readonly isForeign: (path: string) => boolean
}

/** Folders of what tests are fed with. */
const testData = /(?:^|\/)(?:test-?data|(?:__)?fixtures(?:__)?)\//

/** The ways that the files of a revision offer. */
export function routesIn(ground: Ground): RoutesOf {
  return (resource, changes) => {
    const tried = waysOf(resource, changes, ground)
    const routes = tried.filter((way): way is Route => !isRefusal(way) && way.edits.every((edit) => isOurs(edit, ground)))
    if (routes.some(({ edits }) => edits.some(({ path }) => testData.test(path))))
      return { routes: [], refused: 'the file is test data, whose faults may be meant' }
    const isKept = tried.some((way) => !isRefusal(way) && !routes.includes(way))
    const reasons = [
      ...(isKept ? ['the file comes from elsewhere and is not edited here'] : []),
      ...tried.filter(isRefusal).map(({ refused }) => refused),
    ]
    return { routes, refused: reasons.slice(0, isKept ? 2 : 1).join(', and ') } satisfies Routes
  }
}

function waysOf(
  resource: Resource,
  changes: readonly Change[],
  { scene, siteOf, manifests, isForeign }: Ground,
): readonly (Route | Refusal)[] {
  const { sources, targets } = scene
  const target = targets.get(resource.document.rendering?.target ?? '')
  const own = siteEdits(changes, resource, siteOf)
  const overlay = routed('overlay', overlayEdits(changes, resource, { target, sources, manifests, isForeign }))
  if (target === undefined) return isForeign(resource.document.path) ? [routed('source', own), overlay] : [routed('source', own)]
  if (target.kind === 'kustomization') return [routed(isBase(own, resource) ? 'source' : 'patch', own), overlay]
  return [routed('values', own), routed('template', templateEdits(changes, resource, { target, sources })), overlay]
}

/** Whether the edits are of the file that holds the object itself. */
function isBase(edits: readonly Edit[] | Refusal, { document }: Resource): boolean {
  return !isRefusal(edits) && edits.every(({ path }) => path === document.path)
}

function routed(kind: RouteKind, edits: readonly Edit[] | Refusal): Route | Refusal {
  return isRefusal(edits) ? edits : { kind, edits }
}

function isOurs({ path }: Edit, { isForeign }: Ground): boolean {
  return !isForeign(path)
}
