// One tree, looked at: every rule asked about every object of the targets.

import type { Policy } from './config.ts'
import type { Problem } from './discover/graph.ts'
import type { Environment, ManifestTarget } from './discover/target.ts'
import type { Inspected } from './finding/compare.ts'
import { evaluate } from './finding/evaluate.ts'
import type { Finding } from './finding/finding.ts'
import { fingerprintOf } from './finding/fingerprint.ts'
import { keyOf } from './finding/identity.ts'
import type { Placed } from './finding/likeness.ts'
import type { CompiledRules } from './rule/compile.ts'

export type Inspection = Inspected & { readonly problems: readonly Problem[] }

export type Look = {
  readonly targets: readonly ManifestTarget[]
  readonly environmentOf: (path: string) => Environment
  readonly rules: CompiledRules
  readonly policy: Policy
}

/** The findings of a tree's targets, with the objects they were looked for in. */
export function inspect({ targets, environmentOf, rules, policy }: Look): Inspection {
  const findings: Finding[] = []
  const problems: Problem[] = []
  const objects: Placed[] = []
  for (const target of targets) {
    const environment = environmentOf(target.id)
    for (const resource of target.resources) {
      objects.push({ resource, environment })
      const evaluation = evaluate(resource, rules)
      problems.push(...evaluation.problems)
      for (const { rule, ...fault } of evaluation.faults) {
        const key = keyOf(resource.value, fault.pointer, rule.sensitive)
        findings.push({
          ...fault,
          rule,
          resource,
          environment,
          baseSeverity: rule.severity,
          severity: policy.rules[rule.id]?.severity ?? rule.severity,
          modifiers: [],
          related: [],
          fingerprint: fingerprintOf(rule.id, resource.id, key),
        })
      }
    }
  }
  return { findings, problems, objects }
}
