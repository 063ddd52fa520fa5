// What is said about one object by several rules.

import { expect, test } from 'vitest'
import { loadRules } from '../../scripts/rulebook.ts'
import { evaluate } from '../../src/finding/evaluate.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import { compileRules } from '../../src/rule/compile.ts'
import type { Profile, Rule } from '../../src/rule/rule.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

const rules = loadRules()
  .map(({ rule }) => rule)
  .filter(({ topic }) => topic === 'rbac' || topic === 'lifecycle')

function found(text: string, profile: Profile, asked: readonly Rule[] = rules): readonly string[] {
  const compiled = compileRules(asked, { kubernetesVersion: '1.37', registries: [], profile })
  const documents = parseYaml(text).map((yaml, index) => ({ path: 'a.yaml', text, lineStarts: lineStarts(text), yaml, index }))
  return documents
    .flatMap(resourcesIn)
    .flatMap((resource) => evaluate(resource, compiled).faults)
    .map(({ rule, pointer }) => `${rule.id} ${pointer}`)
}

const role = (...entries: readonly string[]) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: operator }
rules:
${entries.map((entry) => `  - ${entry}`).join('\n')}
`

const everything = '{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }'
const secrets = '{ apiGroups: [""], resources: [secrets], verbs: [get] }'

test('an entry with a wildcard is one finding, under the profile all it is every right', () => {
  expect(found(role(everything), 'default')).toEqual(['rbac-wildcard /rules/0/resources/0'])
  expect(found(role(everything), 'all').length).toBeGreaterThan(15)
})

test('a wildcard silences its own entry alone', () =>
  expect(found(role(secrets, everything), 'default')).toEqual([
    'rbac-secrets-read /rules/0/resources/0',
    'rbac-wildcard /rules/1/resources/0',
  ]))

test('without the wildcard rule the others speak', () => {
  const others = rules.filter(({ id }) => id !== 'rbac-wildcard')
  expect(found(role('{ apiGroups: [""], resources: [secrets], verbs: ["*"] }'), 'default', others)).toContain(
    'rbac-secrets-read /rules/0/resources/0',
  )
})

test('a PodSecurityPolicy is said to do nothing, and not to be of an old version too', () =>
  expect(found('apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: { name: restricted }\n', 'default')).toEqual([
    'psp-object /kind',
  ]))
