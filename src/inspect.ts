// One tree, looked at: every rule asked about every object of the targets.

import type { Policy } from './config.ts'
import type { Problem } from './discover/graph.ts'
import type { Environment } from './discover/target.ts'
import type { Inspected } from './finding/compare.ts'
import { type Evaluation, evaluate } from './finding/evaluate.ts'
import type { Finding } from './finding/finding.ts'
import { fingerprintOf } from './finding/fingerprint.ts'
import { keyOf } from './finding/identity.ts'
import type { Placed } from './finding/likeness.ts'
import { faultsOfPart, modifiersOf, namedPart } from './finding/part.ts'
import type { Sight } from './render/sight.ts'
import type { RuleSet } from './rule/rule-set.ts'
import { severityWith } from './rule/severity.ts'

export type Inspection = Inspected & { readonly problems: readonly Problem[] }

export type Look = {
  readonly sights: readonly Sight[]
  readonly rules: RuleSet
  readonly policy: Policy
}

/** The findings of a tree's targets, with the objects they were looked for in; an object that lands in several environments is there once for each. */
export async function inspect({ sights, rules, policy }: Look): Promise<Inspection> {
  const findings: Finding[] = []
  const problems: Problem[] = []
  const objects: Placed[] = []
  for (const { target, resources, parts, environments, place } of sights) {
    for (const resource of resources) {
      const { faults, problems: failures } = await rules((compiled) => evaluate(resource, compiled))
      problems.push(...failures)
      for (const environment of environments) objects.push({ resource, environment, place })
      for (const fault of faults) findings.push(...findingsOf({ resource, ofPart: false }, fault, environments, policy))
    }
    for (const part of parts) {
      const resource = namedPart(part, target)
      for (const environment of environments) objects.push({ resource, environment, place })
      for (const fault of await rules((compiled) => faultsOfPart(part, compiled)))
        findings.push(...findingsOf({ resource, ofPart: true }, fault, environments, policy))
    }
  }
  return { findings, problems, objects }
}

type Found = Evaluation['faults'][number]

/** One finding in each environment. */
function findingsOf(
  { resource, ofPart }: Pick<Finding, 'resource' | 'ofPart'>,
  { rule, ...fault }: Found,
  environments: readonly Environment[],
  policy: Policy,
): readonly Finding[] {
  const modifiers = modifiersOf(resource)
  const found = {
    ...fault,
    rule,
    resource,
    ofPart,
    baseSeverity: rule.severity,
    severity: policy.rules[rule.id]?.severity ?? severityWith(rule.factors, modifiers),
    modifiers,
    related: [],
    fingerprint: fingerprintOf(rule.id, resource.id, keyOf(resource.value, fault.pointer, rule.sensitive)),
  }
  return environments.map((environment) => ({ ...found, environment }))
}
