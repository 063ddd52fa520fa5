// Every rule asked about every part of an object.

import type { Problem } from '../discover/graph.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { containersIn, type Part, persistentVolumeIn, podsIn, rbacRulesIn, subjectsIn, volumesIn } from '../resource/select.ts'
import type { CompiledRule, CompiledRules } from '../rule/compile.ts'
import { unsure } from '../rule/fast-expression.ts'
import type { Item } from '../rule/item.ts'
import type { Rule } from '../rule/rule.ts'
import type { Fault } from './finding.ts'

export type Evaluation = { readonly faults: readonly (Fault & { readonly rule: Rule })[]; readonly problems: readonly Problem[] }

type Found = { readonly faults: (Fault & { readonly rule: Rule })[]; readonly problems: Problem[] }

/** What the rules find in one object. A rule that fails is a problem and costs no other rule its findings; throws `unsure` where one has to be asked with the expression library. */
export function evaluate(resource: Resource, rules: CompiledRules): Evaluation {
  const found: Found = { faults: [], problems: [] }
  const { group, kind } = resource.id
  const whole: Part = { value: resource.value, pointer: '' }
  const item = (part: Part, pod?: Part): Item => ({
    self: part.value,
    pointer: part.pointer,
    resource,
    pod: pod?.value,
    podPointer: pod?.pointer ?? '',
    facts: rules.facts,
  })
  const object = item(whole)
  const ofKind = rules.kinds.get(group === '' ? kind : `${group}/${kind}`)
  ask(ofKind === undefined ? rules.everyKind : [...rules.everyKind, ...ofKind], object, found)
  for (const pod of podsIn(resource)) {
    ask(rules.parts.pod, item(pod, pod), found)
    for (const container of containersIn(pod)) ask(rules.parts.container, item(container, pod), found)
    for (const volume of volumesIn(pod)) ask(rules.parts.volume, item(volume, pod), found)
  }
  for (const volume of persistentVolumeIn(resource)) ask(rules.parts.volume, item(volume), found)
  for (const entry of rbacRulesIn(resource)) ask(rules.parts['rbac-rule'], item(entry), found)
  for (const subject of subjectsIn(resource)) ask(rules.parts.subject, item(subject), found)
  return found
}

function ask(rules: readonly CompiledRule[], item: Item, found: Found): void {
  for (const { rule, ask } of rules) {
    try {
      for (const { pointer, shown, message, extent } of ask(item)) {
        found.faults.push({
          rule,
          item: item.pointer,
          pointer: item.pointer + pointer,
          ...(shown === undefined ? {} : { shown }),
          message,
          extent,
        })
      }
    } catch (thrown) {
      if (thrown === unsure) throw thrown
      found.problems.push(failure(rule, item, thrown))
    }
  }
}

function failure(rule: Rule, { resource, pointer }: Item, thrown: unknown): Problem {
  const reason = thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : String(thrown)
  return {
    code: 'rule-failed',
    path: resource.document.path,
    message: `rule ${rule.id} could not judge ${nameOf(resource.id)}${pointer === '' ? '' : ` at ${pointer}`}: ${reason}`,
    hint: 'The object probably does not have the form that Kubernetes expects there; correct it, or report the rule.',
  }
}
