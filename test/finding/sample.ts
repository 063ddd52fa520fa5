// Objects and findings made by hand, for tests of the comparison.

import type { Finding } from '../../src/finding/finding.ts'
import { fingerprintOf } from '../../src/finding/fingerprint.ts'
import { keyOf } from '../../src/finding/identity.ts'
import type { Placed } from '../../src/finding/likeness.ts'
import type { Resource } from '../../src/resource/resource.ts'
import type { Rule } from '../../src/rule/rule.ts'

type Object = { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } } & Readonly<
  Record<string, unknown>
>

export function resourceOf(value: Object, path = 'app.yaml'): Resource {
  const id = { group: '', kind: value.kind, namespace: value.metadata.namespace ?? '', name: value.metadata.name }
  const yaml = { span: { start: 0, end: 0 }, value, duplicates: [] }
  return { id, apiVersion: 'v1', value, base: '', document: { path, text: '', lineStarts: [0], yaml, index: 0 } }
}

export function ruleOf(id: string, over: Partial<Rule> = {}): Rule {
  return {
    id,
    topic: 'test',
    title: id,
    severity: 'high',
    factors: { exploitability: 3, blast: 2, position: 2 },
    profiles: ['default'],
    since: '0.1.0',
    rationale: '',
    remediation: '',
    references: [],
    compliance: {},
    each: 'container',
    kinds: [],
    at: '',
    message: '',
    sensitive: false,
    fixes: [],
    ...over,
  }
}

export function findingOf(rule: Rule, resource: Resource, pointer: string, over: Partial<Finding> = {}): Finding {
  return {
    rule,
    resource,
    pointer,
    item: '',
    message: `${rule.id} at ${pointer}`,
    environment: '',
    extent: [],
    baseSeverity: rule.severity,
    severity: rule.severity,
    modifiers: [],
    related: [],
    ofPart: false,
    fingerprint: fingerprintOf(rule.id, resource.id, keyOf(resource.value, pointer, rule.sensitive)),
    ...over,
  }
}

export function placed(...resources: readonly Resource[]): readonly Placed[] {
  return resources.map((resource) => ({ resource, environment: '', place: '' }))
}
