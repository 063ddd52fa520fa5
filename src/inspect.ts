// One tree, looked at: every rule asked about every object of the targets.

import type { Policy } from './config.ts'
import type { Problem } from './discover/graph.ts'
import type { Inspected } from './finding/compare.ts'
import { evaluate } from './finding/evaluate.ts'
import type { Finding } from './finding/finding.ts'
import { fingerprintOf } from './finding/fingerprint.ts'
import { keyOf } from './finding/identity.ts'
import type { Placed } from './finding/likeness.ts'
import type { Sight } from './render/sight.ts'
import type { CompiledRules } from './rule/compile.ts'

export type Inspection = Inspected & { readonly problems: readonly Problem[] }

export type Look = {
  readonly sights: readonly Sight[]
  readonly rules: CompiledRules
  readonly policy: Policy
}

/** The findings of a tree's targets, with the objects they were looked for in; an object that lands in several environments is there once for each. */
export function inspect({ sights, rules, policy }: Look): Inspection {
  const findings: Finding[] = []
  const problems: Problem[] = []
  const objects: Placed[] = []
  for (const { resources, environments } of sights) {
    for (const resource of resources) {
      const evaluation = evaluate(resource, rules)
      problems.push(...evaluation.problems)
      for (const environment of environments) objects.push({ resource, environment })
      for (const { rule, ...fault } of evaluation.faults) {
        const found = {
          ...fault,
          rule,
          resource,
          baseSeverity: rule.severity,
          severity: policy.rules[rule.id]?.severity ?? rule.severity,
          modifiers: [],
          related: [],
          fingerprint: fingerprintOf(rule.id, resource.id, keyOf(resource.value, fault.pointer, rule.sensitive)),
        }
        for (const environment of environments) findings.push({ ...found, environment })
      }
    }
  }
  return { findings, problems, objects }
}
