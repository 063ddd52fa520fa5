// Findings with what the comparison says of them.

import type { Comparison } from '../finding/compare.ts'
import type { Finding } from '../finding/finding.ts'
import type { Resource } from '../resource/resource.ts'
import type { State } from './report.ts'

/** A finding with what the comparison says of it. */
export type Judged = {
  readonly finding: Finding
  readonly state: State
  readonly before?: Finding
  /** What the object was at base. */
  readonly was?: Resource
}

/** A comparison as one list: new, worsened, unchanged, fixed. */
export function judgedBy({ new: fresh, worsened, unchanged, fixed, counterparts }: Comparison): readonly Judged[] {
  const was = (finding: Judged['finding']) => {
    const before = counterparts.get(finding.resource)?.resource
    return before === undefined ? {} : { was: before }
  }
  return [
    ...fresh.map((finding) => ({ finding, state: 'new' as const, ...was(finding) })),
    ...worsened.map(({ base, head }) => ({ finding: head, state: 'worsened' as const, before: base, ...was(head) })),
    ...unchanged.map(({ head }) => ({ finding: head, state: 'unchanged' as const })),
    ...fixed.map((finding) => ({ finding, state: 'fixed' as const })),
  ]
}
