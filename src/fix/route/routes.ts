// All ways to make changes of an object, in the order that a maintainer would prefer.

import type { Root } from '../../discover/target.ts'
import type { Resource } from '../../resource/resource.ts'
import { remembered } from '../../text/remembered.ts'
import type { Scene } from '../../trace/trace.ts'
import { type Change, isRefusal, type Refusal, refuse } from '../../yaml/change.ts'
import type { Edit, RouteKind } from '../fix.ts'
import type { Route, Routes, RoutesOf } from '../route.ts'
import { copiedSite } from './copied.ts'
import { overlaysOf } from './overlay.ts'
import { type SiteOf, siteEdits } from './site.ts'
import { sparedFor } from './spared.ts'
import { templateEdits } from './template.ts'

export type Ground = {
  /** What the objects were rendered from. */
  readonly scene: Scene
  readonly siteOf: SiteOf
  /** Files that are applied as they stand, judged or not, and by whom. */
  readonly applied: ReadonlyMap<string, Root>
  /** The kustomization of this repository that takes a file or a folder, also outside of what is mended. */
  readonly takerOf: (path: string) => string | undefined
  /** Files that are never edited: those that came from elsewhere and are brought up to date from there, those outside of the folder that is mended. */
  readonly isForeign: (path: string) => boolean
}

/** The ways that the files of a revision offer. */
export function routesIn(ground: Ground): RoutesOf {
  const spared = remembered((path) => sparedFor(path, ground.scene.sources.text(path)?.text ?? ''))
  const kept = ({ kind, edits }: Way): Way => {
    const own = isRefusal(edits) ? [] : edits.filter((edit) => isOurs(edit, ground))
    const reason = own.map(({ path }) => spared(path)).find((one) => one !== undefined)
    return { kind, edits: reason === undefined ? edits : refuse(reason) }
  }
  return (resource, changes) => {
    const tried = waysOf(resource, changes, ground).map(kept)
    const made = tried.flatMap(({ kind, edits }): readonly Route[] => (isRefusal(edits) ? [] : [{ kind, edits }]))
    const routes = made.filter(({ edits }) => edits.every((edit) => isOurs(edit, ground)))
    const foreign = routes.length < made.length ? ['the file comes from elsewhere and is not edited here'] : []
    return { routes, refused: [...foreign, ...reasonsOf(tried)].slice(0, 2).join(', and ') } satisfies Routes
  }
}

type Way = { readonly kind: RouteKind; readonly edits: readonly Edit[] | Refusal }

/** Why ways lead nowhere: what stands against the file that holds the place tells more than that no other one does. */
function reasonsOf(ways: readonly Way[]): readonly string[] {
  const order: readonly RouteKind[] = ['source', 'patch', 'template', 'values', 'overlay']
  const inOrder = [...ways].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  return [...new Set(inOrder.flatMap(({ edits }) => (isRefusal(edits) ? [edits.refused] : [])))]
}

function waysOf(resource: Resource, changes: readonly Change[], { scene, siteOf, applied, takerOf, isForeign }: Ground): readonly Way[] {
  const { sources, targets } = scene
  const target = targets.get(resource.document.rendering?.target ?? '')
  const own = siteEdits(changes, resource, siteOf)
  const overlays = overlaysOf(changes, resource, { target, sources, applied, takerOf, isForeign }).map(
    (edits): Way => ({ kind: 'overlay', edits }),
  )
  if (target === undefined) return [{ kind: 'source', edits: own }, ...(isForeign(resource.document.path) ? overlays : [])]
  if (target.kind === 'kustomization') return [{ kind: isBase(own, resource) ? 'source' : 'patch', edits: own }, ...overlays]
  const chart = { target, sources }
  const values = isRefusal(own)
    ? siteEdits(changes, resource, (object, pointer) => siteOf(object, pointer) ?? copiedSite(object, pointer, chart))
    : own
  return [{ kind: 'values', edits: values }, { kind: 'template', edits: templateEdits(changes, resource, chart) }, ...overlays]
}

/** Whether the edits are of the file that holds the object itself. */
function isBase(edits: readonly Edit[] | Refusal, { document }: Resource): boolean {
  return !isRefusal(edits) && edits.every(({ path }) => path === document.path)
}

function isOurs({ path }: Edit, { isForeign }: Ground): boolean {
  return !isForeign(path)
}
