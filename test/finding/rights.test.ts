// What a change of rights, secrets and keys is: news, worse or neither. The real rules, two revisions of one file.

import { expect, test } from 'vitest'
import { loadRules } from '../../scripts/rulebook.ts'
import { policyOf } from '../../src/config.ts'
import { compare } from '../../src/finding/compare.ts'
import { inspect } from '../../src/inspect.ts'
import { fold } from '../../src/report/fold.ts'
import { judgedBy } from '../../src/report/judged.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import { ruleSet } from '../../src/rule/rule-set.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

const policy = policyOf({}, {}, { source: 'built-in defaults', ignore: [] })
const rules = ruleSet(
  loadRules()
    .map(({ rule }) => rule)
    .filter(({ topic, profiles }) => ['rbac', 'secret', 'network'].includes(topic) && profiles.includes('default')),
  { kubernetesVersion: policy.kubernetesVersion.value, registries: [], repositories: [] },
  {},
)

function look(text: string) {
  const starts = lineStarts(text)
  const resources = parseYaml(text).flatMap((yaml, index) => resourcesIn({ path: 'a.yaml', text, lineStarts: starts, yaml, index }))
  const target = { kind: 'manifest', id: 'a.yaml', inputs: ['a.yaml'], environments: [], resources, unrendered: false } as const
  return inspect({ sights: [{ target, resources, parts: [], environments: [''], place: '' }], rules, policy })
}

/** `new rbac-secrets-read`, `worse …`, `fixed …`; nothing for what is unchanged. */
async function change(base: string, head: string): Promise<readonly string[]> {
  return fold(judgedBy(compare(await look(base), await look(head), (path) => path)))
    .filter(({ state }) => state !== 'unchanged')
    .map(({ state, finding }) => `${state === 'worsened' ? 'worse' : state} ${finding.rule.id}`)
    .sort()
}

const role = (...entries: readonly string[]) => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: operator, namespace: shop }
rules:
${entries.map((entry) => `  - ${entry}\n`).join('')}`
const entry = (resources: string, verbs: string, groups = '""') =>
  `{ apiGroups: [${groups}], resources: [${resources}], verbs: [${verbs}] }`

test('a star split into words is no news, but the star is gone', async () =>
  expect(await change(role(entry('secrets', '"*"')), role(entry('secrets', 'get, list, watch')))).toEqual(['fixed rbac-wildcard']))

test('a word that became a star is new and fixes nothing', async () =>
  expect(await change(role(entry('secrets', 'get')), role(entry('secrets', '"*"')))).toEqual(['new rbac-wildcard']))

test('a star over everything split into some rights is no news', async () =>
  expect(
    await change(
      role(entry('"*"', '"*"', '"*"')),
      role(entry('secrets', 'get'), entry('deployments', 'create', 'apps'), entry('"*"', 'get, list')),
    ),
  ).not.toContainEqual(expect.stringMatching(/^(new|worse)/)))

test('a narrower set of words is not worse', async () =>
  expect(await change(role(entry('pods, secrets', 'get, list, create')), role(entry('secrets', 'get')))).toEqual(['fixed rbac-pod-create']))

test('one word more in verbs makes it worse', async () =>
  expect(await change(role(entry('secrets', 'get')), role(entry('secrets', 'get, list')))).toEqual(['worse rbac-secrets-read']))

test('one word more in resources makes it worse', async () =>
  expect(await change(role(entry('deployments', 'update', 'apps')), role(entry('deployments, statefulsets', 'update', 'apps')))).toEqual([
    'worse rbac-pod-create',
  ]))

test('another dangerous word in an entry is new', async () =>
  expect(await change(role(entry('secrets', 'get')), role(entry('pods/exec, secrets', 'get')))).toEqual(['new rbac-pod-exec']))

test('another wildcard entry is new', async () =>
  expect(await change(role(entry('"*"', 'get')), role(entry('"*"', 'get'), entry('"*"', 'get', 'apps')))).toEqual(['new rbac-wildcard']))

test('a verb that a star takes in makes it worse', async () =>
  expect(await change(role(entry('"*"', 'get, list')), role(entry('"*"', 'get, list, delete')))).toEqual(['worse rbac-wildcard']))

test('entries in another order, words in another order, are no news', async () =>
  expect(
    await change(
      role(entry('secrets, pods', 'list, get'), entry('pods/exec', 'create')),
      role(entry('pods/exec', 'create'), entry('pods, secrets', 'get, list')),
    ),
  ).toEqual([]))

test('a name that is taken away is new', async () =>
  expect(
    await change(role('{ apiGroups: [""], resources: [secrets], resourceNames: [orders], verbs: [get] }'), role(entry('secrets', 'get'))),
  ).toEqual(['new rbac-secrets-read']))

const binding = (...subjects: readonly string[]) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: admins }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
${subjects.map((name) => `  - { kind: Group, name: ${name} }\n`).join('')}`

test('one subject more makes cluster-admin worse, one less does not', async () => {
  expect(await change(binding('platform'), binding('platform', 'shop'))).toEqual(['worse rbac-cluster-admin-binding'])
  expect(await change(binding('platform', 'shop'), binding('shop'))).toEqual([])
})

const secret = (field: string, values: string) => `apiVersion: v1
kind: Secret
metadata: { name: orders, namespace: shop }
${field}: { ${values} }
`

test('a Secret whose values change was committed before: no news', async () =>
  expect(await change(secret('stringData', 'password: Zq7pWx2m'), secret('stringData', 'password: aB3dEf9h'))).toEqual([]))

test('a key more in a committed Secret makes it worse', async () =>
  expect(await change(secret('stringData', 'password: Zq7pWx2m'), secret('stringData', 'password: Zq7pWx2m, token: 9f86d081884c'))).toEqual(
    ['worse secret-data-committed'],
  ))

test('a placeholder that becomes a value is new', async () =>
  expect(await change(secret('stringData', 'password: "${PASSWORD}"'), secret('stringData', 'password: Zq7pWx2m'))).toEqual([
    'new secret-data-committed',
  ]))

const pod = (env: string) => `apiVersion: v1
kind: Pod
metadata: { name: orders }
spec: { containers: [{ name: app, env: [${env}] }] }
`

test('a credential that changes is no news, one more is', async () => {
  expect(await change(pod('{ name: DB_PASSWORD, value: Zq7pWx2m }'), pod('{ name: DB_PASSWORD, value: aB3dEf9h }'))).toEqual([])
  expect(
    await change(
      pod('{ name: DB_PASSWORD, value: Zq7pWx2m }'),
      pod('{ name: DB_PASSWORD, value: Zq7pWx2m }, { name: API_KEY, value: 9f86d081 }'),
    ),
  ).toEqual(['new hardcoded-secret-env'])
})

const policyOfNetwork = (peer: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: orders }
spec: { podSelector: {}, ingress: [{ from: [${peer}] }] }
`

test('a policy that takes all pods of all namespaces in place of some is worse, the other way it is not', async () => {
  const some = policyOfNetwork('{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }')
  const every = policyOfNetwork('{ namespaceSelector: {} }')
  expect(await change(some, every)).toEqual(['worse network-policy-cross-namespace'])
  expect(await change(every, some)).toEqual([])
})
