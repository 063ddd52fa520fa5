// How messages call an object.

import type { Resource } from '../../resource/resource.ts'

/** `Role "reader"`; a name that the cluster completes ends with `*`. */
export function labelOf({ id }: Resource): string {
  return `${id.kind} "${id.name}"`
}
