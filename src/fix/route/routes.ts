// All ways to make changes of an object, in the order that a maintainer would prefer.

import type { Resource } from '../../resource/resource.ts'
import type { Scene } from '../../trace/trace.ts'
import { type Change, isRefusal, type Refusal } from '../../yaml/change.ts'
import type { Edit, RouteKind } from '../fix.ts'
import type { Route, Routes, RoutesOf } from '../route.ts'
import { type SiteOf, siteEdits } from './site.ts'

export type Ground = {
  /** What the objects were rendered from. */
  readonly scene: Scene
  readonly siteOf: SiteOf
  /** Files that came from elsewhere and are brought up to date from there: they are never edited. */
  readonly isUpstream: (path: string) => boolean
}

/** The ways that the files of a revision offer. */
export function routesIn(ground: Ground): RoutesOf {
  return (resource, changes) => {
    const tried = waysOf(resource, changes, ground)
    const routes = tried.filter((way): way is Route => !isRefusal(way) && way.edits.every((edit) => isOurs(edit, ground)))
    const [first] = tried
    const refused = first !== undefined && isRefusal(first) ? first.refused : 'the file comes from elsewhere and is not edited here'
    return { routes, refused } satisfies Routes
  }
}

function waysOf(resource: Resource, changes: readonly Change[], ground: Ground): readonly (Route | Refusal)[] {
  return [routed(siteKind(resource, ground), siteEdits(changes, resource, ground.siteOf))]
}

function routed(kind: RouteKind, edits: readonly Edit[] | Refusal): Route | Refusal {
  return isRefusal(edits) ? edits : { kind, edits }
}

function isOurs({ path }: Edit, { isUpstream }: Ground): boolean {
  return !isUpstream(path)
}

/** What holds the value: of a chart its values, of a kustomization the object's own file or something that is put on top of it. */
function siteKind({ document }: Resource, { scene }: Ground): RouteKind {
  const { rendering } = document
  const kind = rendering === undefined ? undefined : scene.targets.get(rendering.target)?.kind
  return kind === 'chart' ? 'values' : 'source'
}
