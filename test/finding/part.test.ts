import { expect, test } from 'vitest'
import { loadRules } from '../../scripts/rulebook.ts'
import { faultsOfPart } from '../../src/finding/part.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import { compileExpression } from '../../src/rule/cel.ts'
import { compileRules } from '../../src/rule/compile.ts'
import { severityWith } from '../../src/rule/severity.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

const rules = compileRules(
  loadRules()
    .map(({ rule }) => rule)
    .filter(({ profiles }) => profiles.includes('default')),
  { kubernetesVersion: '1.37', registries: [], repositories: [] },
  compileExpression,
)

/** The rules that a part of an object breaks, and where. */
function faultsIn(text: string): readonly string[] {
  const document = { path: 'patch.yaml', text, lineStarts: lineStarts(text), index: 0 }
  const resources = parseYaml(text).flatMap((yaml) => resourcesIn({ ...document, yaml }))
  return resources.flatMap((part) => faultsOfPart(part, rules)).map(({ rule, pointer }) => `${rule.id} ${pointer}`)
}

const deployment = (pod: string) =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: gate }, spec: { template: { spec: { ${pod} } } } }`

test.each([
  ['hostNetwork: true', ['host-network /spec/template/spec/hostNetwork']],
  [
    'containers: [{ name: a, securityContext: { privileged: true } }]',
    ['privileged-container /spec/template/spec/containers/0/securityContext/privileged'],
  ],
  ['containers: [{ name: a, image: "a:latest" }]', ['image-tag-latest /spec/template/spec/containers/0/image']],
])('what a part sets to bad is told: %s', (pod, faults) => expect(faultsIn(deployment(pod))).toEqual(faults))

test.each([
  ['a container that is only named', deployment('containers: [{ name: a }]')],
  [
    'settings that say nothing',
    deployment('securityContext: {}, containers: [{ name: a, securityContext: {}, resources: { limits: { memory: 1Gi } } }]'),
  ],
  [
    'an old version by which the object is found',
    '{ apiVersion: extensions/v1beta1, kind: Deployment, metadata: { name: gate }, spec: { replicas: 3 } }',
  ],
])('what a part does not say is no fault: %s', (_, text) => expect(faultsIn(text)).toEqual([]))

test('facts move a factor between 1 and 4, and the level with it', () => {
  const privileged = { exploitability: 4, blast: 3, position: 2 }
  expect(severityWith(privileged, [])).toBe('critical')
  expect(severityWith(privileged, [{ factor: 'exploitability', delta: -1 }])).toBe('high')
  expect(severityWith(privileged, [{ factor: 'exploitability', delta: -9 }])).toBe('medium')
  expect(severityWith(privileged, [{ factor: 'blast', delta: 9 }])).toBe('critical')
})
