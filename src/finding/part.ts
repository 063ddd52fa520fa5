// What can be told of an object of which only a part is known: what is set in it to bad; what it lacks may stand in the rest.

import type { Resource } from '../resource/resource.ts'
import type { CompiledRules } from '../rule/compile.ts'
import { valueAt } from '../text/pointer.ts'
import { type Evaluation, evaluate } from './evaluate.ts'

/** The faults whose place holds a value. A rule that cannot judge the part may well judge the whole, so that is no problem. */
export function faultsOfPart(part: Resource, rules: CompiledRules): Evaluation['faults'] {
  return evaluate(part, rules).faults.filter(({ pointer, shown }) => isSet(part, pointer) && isSet(part, shown ?? pointer))
}

/** That a part says which object it means sets nothing. */
const identity = /^$|^\/apiVersion$|^\/kind$|^\/metadata$|^\/metadata\/name(?:space)?$/

function isSet({ value }: Resource, pointer: string): boolean {
  const set = valueAt(value, pointer)
  if (identity.test(pointer) || set === undefined || set === null) return false
  return typeof set !== 'object' || Object.keys(set).length > 0
}
