// Reading parts of objects whose form nobody has checked.

import { isMapping, type Mapping } from '../../resource/read.ts'
import type { Item } from '../item.ts'

/** A mapping, or an empty one for anything else. */
export function mappingAt(value: Mapping | undefined, key: string): Mapping {
  const inner = value?.[key]
  return isMapping(inner) ? inner : {}
}

/** The items of a list, none for anything else. */
export function listAt(value: Mapping | undefined, key: string): readonly unknown[] {
  const inner = value?.[key]
  return Array.isArray(inner) ? inner : []
}

/** A text, empty for anything else. */
export function textAt(value: Mapping | undefined, key: string): string {
  const inner = value?.[key]
  return typeof inner === 'string' ? inner : ''
}

/** `Container "web"`, `Volume "data"`; for a part that is named only by its object, the object's kind and name. */
export function labelOf(item: Item, noun: string): string {
  const name = textAt(item.self, 'name')
  return name === '' ? objectLabel(item) : `${noun} "${name}"`
}

export function objectLabel({ resource }: Item): string {
  return `${resource.id.kind} "${resource.id.name}"`
}

/** Rules about Linux say nothing of a pod that is declared to be for Windows. */
export function isWindows({ pod }: Item): boolean {
  return textAt(mappingAt(pod, 'os'), 'name') === 'windows'
}
