// Changes of what a chart renders, made in its template: the lines that wrote the place, or the block that a new key goes into.

import type { Resource } from '../../resource/resource.ts'
import type { ChartScene } from '../../trace/decide.ts'
import { type Change, isRefusal, type Refusal } from '../../yaml/change.ts'
import type { Edit } from '../fix.ts'
import { placeInTemplate } from './template-place.ts'

/** The changes in the template that wrote the object; a chart that came from elsewhere keeps its templates as they are. */
export function templateEdits(changes: readonly Change[], resource: Resource, scene: ChartScene): readonly Edit[] | Refusal {
  const edits: Edit[] = []
  for (const change of changes) {
    const place = placeInTemplate(resource, change.pointer, scene)
    if (isRefusal(place)) return place
    const { path, document, pointer, rest } = place
    edits.push(
      rest === undefined
        ? { path, document, change: { ...change, pointer }, as: 'template' }
        : { path, document, pointer, otherwise: { ...change, pointer: rest } },
    )
  }
  return edits
}
