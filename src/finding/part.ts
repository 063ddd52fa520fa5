// What can be told of an object of which only a part is known: what is set in it to bad; what it lacks may stand in the rest.

import { chartId, chartVersion } from '../discover/helm/object.ts'
import type { Sight } from '../render/sight.ts'
import type { Resource } from '../resource/resource.ts'
import type { CompiledRules } from '../rule/compile.ts'
import { valueAt } from '../text/pointer.ts'
import { type Evaluation, evaluate } from './evaluate.ts'
import type { Modifier } from './finding.ts'

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

/** The part under the name by which a person knows it: what values do by convention they do in the object that holds them, else in their chart. */
export function namedPart(part: Resource, target: Sight['target']): Resource {
  if (part.document.rendering?.by !== 'convention') return part
  const root = 'root' in target ? target.root?.resource : undefined
  return root === undefined
    ? { ...part, id: chartId(part.id.name), apiVersion: chartVersion }
    : { ...part, id: root.id, apiVersion: root.apiVersion }
}

/** A convention is no proof. */
export function modifiersOf({ document }: Resource): readonly Modifier[] {
  if (document.rendering?.by !== 'convention') return []
  return [
    {
      id: 'values-convention',
      factor: 'exploitability',
      delta: -1,
      because: 'The chart was not rendered: the name of the value tells what it does.',
    },
  ]
}
