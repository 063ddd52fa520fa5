// What works for the node that it runs on.

import type { Resource } from '../../resource/resource.ts'

/** Whether an object runs its pod on every node, as agents of the node do. */
export function isAgent({ id }: Resource): boolean {
  return id.kind === 'DaemonSet'
}
