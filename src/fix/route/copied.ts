// Values that a template would copy if there were any: the block that writes a missing key asks for them.

import { posix } from 'node:path'
import type { Resource } from '../../resource/resource.ts'
import { segmentsOf } from '../../text/pointer.ts'
import { addedAt, type ChartScene, decidedBy } from '../../trace/decide.ts'
import { layersOf } from '../../trace/layer.ts'
import type { Site } from '../../trace/spot.ts'
import { isRefusal } from '../../yaml/change.ts'
import { conditionOf, copiedBy } from '../condition.ts'
import { placeInTemplate, templateAt } from './template-place.ts'

/** Where the values stand, or would be added, that come out at a place that is missing; undefined where the template copies none there. */
export function copiedSite(resource: Resource, pointer: string, scene: ChartScene): Site | undefined {
  const { target, sources } = scene
  const place = placeInTemplate(resource, pointer, scene)
  if (isRefusal(place) || place.rest === undefined || target.chart.kind !== 'tree') return undefined
  const template = templateAt(place.path, sources)
  const block = template === undefined ? undefined : conditionOf(place, template)
  const keys = block === undefined ? undefined : copiedBy(block)
  if (keys === undefined) return undefined
  const [chart = ''] = posix.relative(target.chart.path, place.path).split(/\/?templates\//)
  const above = chart.split('/').filter((name) => name !== '' && name !== 'charts')
  const read = { path: [...above, ...keys], chart, prefix: above.length }
  const rest = segmentsOf(place.rest)
  const layers = layersOf(target, read, sources)
  return (decidedBy(read, rest, layers) ?? addedAt([...read.path, ...rest], layers))?.site
}
