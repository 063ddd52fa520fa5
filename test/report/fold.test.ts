// Nothing twice: several rules that speak of one thing.

import { expect, test } from 'vitest'
import { loadRules } from '../../scripts/rulebook.ts'
import { policyOf } from '../../src/config.ts'
import { inspect } from '../../src/inspect.ts'
import { fold } from '../../src/report/fold.ts'
import type { Judged } from '../../src/report/judged.ts'
import type { State } from '../../src/report/report.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { ruleSet } from '../../src/rule/rule-set.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { findingOf, resourceOf, ruleOf } from '../finding/sample.ts'

const rules = loadRules()
  .map(({ rule }) => rule)
  .filter(({ topic }) => topic === 'rbac' || topic === 'lifecycle')

const policy = policyOf({}, {}, { source: 'built-in defaults', ignore: [] })

function look(text: string, asked: readonly Rule[]) {
  const starts = lineStarts(text)
  const resources = parseYaml(text).flatMap((yaml, index) => resourcesIn({ path: 'a.yaml', text, lineStarts: starts, yaml, index }))
  const target = { kind: 'manifest', id: 'a.yaml', inputs: ['a.yaml'], environments: [], resources, unrendered: false } as const
  return inspect({
    sights: [{ target, resources, parts: [], environments: [''], place: '' }],
    rules: ruleSet(asked, { kubernetesVersion: '1.37', registries: [], repositories: [] }, {}),
    policy,
  })
}

async function found(text: string, asked: readonly Rule[] = rules): Promise<readonly string[]> {
  return fold((await look(text, asked)).findings.map((finding) => ({ finding, state: 'present' }))).map(
    ({ finding }) => `${finding.rule.id} ${finding.pointer}`,
  )
}

const role = (...entries: readonly string[]) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: operator }
rules:
${entries.map((entry) => `  - ${entry}`).join('\n')}
`

const everything = '{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }'
const secrets = '{ apiGroups: [""], resources: [secrets], verbs: [get] }'

test('an entry with a wildcard is one finding, and every right before folding', async () => {
  expect(await found(role(everything))).toEqual(['rbac-wildcard /rules/0/resources/0'])
  expect((await look(role(everything), rules)).findings.length).toBeGreaterThan(15)
})

test('a wildcard silences its own entry alone', async () =>
  expect(await found(role(secrets, everything))).toEqual(['rbac-secrets-read /rules/0/resources/0', 'rbac-wildcard /rules/1/resources/0']))

test('without the wildcard rule the others speak', async () => {
  const others = rules.filter(({ id }) => id !== 'rbac-wildcard')
  expect(await found(role('{ apiGroups: [""], resources: [secrets], verbs: ["*"] }'), others)).toContain(
    'rbac-secrets-read /rules/0/resources/0',
  )
})

test('a PodSecurityPolicy is said to do nothing, and not to be of an old version too', async () =>
  expect(await found('apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: { name: restricted }\n')).toEqual([
    'psp-object /kind',
  ]))

const container = ruleOf('small', { yieldsTo: ['large'] })
const large = ruleOf('large')

function folded(...entries: readonly Judged[]): readonly string[] {
  return fold(entries).map(
    ({ finding, state, folded }) => `${state} ${finding.rule.id}${folded.map((other) => ` + ${other.finding.rule.id}`).join('')}`,
  )
}

const resource = resourceOf({ kind: 'Pod', metadata: { name: 'web' } })
const at = (rule: Rule, item: string, state: State): Judged => ({ finding: findingOf(rule, resource, `${item}/x`, { item }), state })

test('a smaller fault goes into the larger one of the same item', () =>
  expect(folded(at(container, '/a', 'new'), at(large, '/a', 'new'))).toEqual(['new large + small']))

test('another item keeps its own', () =>
  expect(folded(at(container, '/a', 'new'), at(large, '/b', 'new'))).toEqual(['new small', 'new large']))

test('what was there before does not hide what is new', () =>
  expect(folded(at(container, '/a', 'new'), at(large, '/a', 'unchanged'))).toEqual(['new small', 'unchanged large']))

test('a setting of the pod that three containers inherit is one finding', () => {
  const inherited = ['/c/0', '/c/1', '/c/2'].map((item) => ({
    finding: findingOf(large, resource, `${item}/x`, { item, shown: '/spec/x' }),
    state: 'new' as const,
  }))
  expect(folded(...inherited)).toEqual(['new large + large + large'])
})
