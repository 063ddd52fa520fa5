// What the remediation of a finding changes in the object: what the rule file says, or another value at the place where only a person knows the right one.

import { propose } from '../../src/fix/propose.ts'
import type { RoutesOf } from '../../src/fix/route.ts'
import { below, valueAt } from '../../src/text/pointer.ts'
import { type Change, refuse } from '../../src/yaml/change.ts'
import type { Candidate } from './seen.ts'

/** Changes with pointers that start at the object. `isPlain`: only the place itself is changed, since what it takes to mend a list in a template is for a person. */
export function changesFor(candidate: Candidate, isPlain = false): readonly Change[] {
  const { finding, seen } = candidate
  const { objects } = seen.observation
  let changes: readonly Change[] = []
  const routesOf: RoutesOf = (_, meant) => {
    if (changes.length === 0) changes = meant
    return { routes: [{ kind: 'source', edits: [] }], refused: '' }
  }
  propose([finding], {
    objects,
    facts: seen.facts,
    lookup: () => refuse('the bench asks nobody'),
    routesOf,
    definitionsOf: () => [],
    before: new Map(),
    isForeign: () => false,
  })
  if (changes.length > 0 && (!isPlain || changes.every(isScalar))) return changes
  const pointer = firstScalar(finding.resource.value, finding.shown ?? finding.pointer)
  return [{ op: 'set', pointer, value: other(valueAt(finding.resource.value, pointer)) }]
}

/** Whether a change gives a line another value. */
function isScalar(change: Change): boolean {
  return change.op === 'set' && (change.value === null || typeof change.value !== 'object')
}

/** The first scalar of a block: the block's own line holds no value. */
function firstScalar(root: unknown, pointer: string): string {
  const value = valueAt(root, pointer)
  const [first] = value !== null && typeof value === 'object' ? Object.keys(value) : []
  return first === undefined ? pointer : firstScalar(root, below(pointer, first))
}

/** A value that nobody would have written there: that it comes out shows that the place decides. */
function other(value: unknown) {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  return typeof value === 'string' ? value.replace(/\n?$/, 'x$&') : 'plimsoll-bench'
}
