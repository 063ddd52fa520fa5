// Changes where their values are written: in the object's own file, or in the values, patch or base that it is rendered from.

import { isScript } from '../../discover/references.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import type { Site } from '../../trace/spot.ts'
import { type Change, isRefusal, type Refusal, refuse } from '../../yaml/change.ts'
import type { DocumentEdit } from '../fix.ts'
import { pinnedBeside } from '../pin.ts'

/** Where the value at a pointer of an object is edited; undefined where no file holds such a place. */
export type SiteOf = (resource: Resource, pointer: string) => Site | undefined

export function siteEdits(changes: readonly Change[], resource: Resource, siteOf: SiteOf): readonly DocumentEdit[] | Refusal {
  const edits: DocumentEdit[] = []
  for (const change of changes) {
    const site = siteOf(resource, change.pointer)
    if (site === undefined) return refuse('no file holds the place as a value that could be edited')
    const routed = routedTo(site, change, valueAt(resource.value, change.pointer))
    if (isRefusal(routed)) return routed
    const { path, document, within } = site
    const as = isScript(resource) ? { as: 'script' as const } : {}
    for (const own of routed)
      edits.push({ path, document, change: within === undefined ? own : { op: 'within', pointer: within, change: own }, ...as })
  }
  return edits
}

/** What a change of the object is at its place in a file. */
function routedTo(site: Site, change: Change, applied: unknown): readonly Change[] | Refusal {
  const beside = pinnedBeside(change, applied, site)
  if (beside !== undefined) return beside
  const own = throughPart({ ...change, pointer: site.pointer }, applied, site.value)
  return isRefusal(own) ? own : [own]
}

/** Where a value is put together from parts (`name:tag`) and the place holds one of them, that part is changed, if what is wanted differs there alone. */
function throughPart(change: Change, applied: unknown, written: unknown): Change | Refusal {
  if (change.op !== 'set' || typeof change.value !== 'string' || typeof applied !== 'string') return change
  if (typeof written !== 'string' || written === applied) return change
  const at = applied.indexOf(written)
  const [before, after] = [applied.slice(0, at), applied.slice(at + written.length)]
  const fits =
    at >= 0 && change.value.startsWith(before) && change.value.endsWith(after) && change.value.length >= before.length + after.length
  return fits
    ? { ...change, value: change.value.slice(before.length, change.value.length - after.length) }
    : refuse('the value is put together from several places')
}
