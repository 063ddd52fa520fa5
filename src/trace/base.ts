// The object as its file has it, behind one that was built of it.

import { keyOf, pointerOf, unnamed } from '../finding/identity.ts'
import type { Resource } from '../resource/resource.ts'
import { below, pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import type { Sources } from './source.ts'

/** Kind and name are the same, where the name may have got a prefix, a suffix or a hash, and values in the place of variables. Undefined where its file has none. */
export function baseOf({ id, document }: Resource, sources: Sources): Resource | undefined {
  const alike = sources.resources(document.path).filter((other) => other.id.kind === id.kind && bears(id.name, other.id.name))
  const exact = alike.filter((other) => other.id.name === id.name)
  const named = exact.length > 0 ? exact : [...alike].sort((a, b) => b.id.name.length - a.id.name.length)
  return named.find((other) => other.id.namespace === id.namespace) ?? named[0]
}

/** Whether a name holds what is written, in order: what stands around `$(variables)` and `${variables}`. */
function bears(name: string, written: string): boolean {
  let at = 0
  for (const part of written.replace(/\*$/, '').split(/\$\([^)]*\)|\$\{[^}]*\}/)) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return true
}

/** The pointer in the base that leads to the same item: by what names it, else by its number. A key that is missing there is taken as it is; an item leads to no other item. */
export function placeIn(base: Resource, resource: Resource, pointer: string): string {
  const segments = segmentsOf(pointer)
  const key = keyOf(resource.value, pointer, false)
  let there = ''
  for (const [at, segment] of segments.entries()) {
    const name = key[at] ?? segment
    const list = valueAt(base.value, there)
    if (!Array.isArray(list) || name === unnamed) {
      there = below(there, segment)
      continue
    }
    const parent = segments[at - 1] ?? ''
    const found = pointerOf({ [parent]: list }, [parent, name], false)
    if (found === undefined) return there + pointerTo(['-', ...segments.slice(at + 1)])
    there += found.slice(below('', parent).length)
  }
  return there
}
