// Patches put on what came from elsewhere: what of them holds after a new version of it, and what says so where nothing does.

import { describe, expect, test } from 'vitest'
import { mendTree, withFixes } from './mended.ts'

/** Added and removed lines of all that is offered. */
async function changesOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { report } = await mendTree(files)
  return report.fixes.flatMap(({ patch }) => patch.split('\n')).filter((line) => /^[-+]/.test(line))
}

const role = (...rules: readonly string[]) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: crane
rules:
${rules.map((rule) => `  - ${rule}\n`).join('')}`
const leases = '{ apiGroups: [coordination.k8s.io], resources: [leases], verbs: ["*"] }'
const pods = '{ apiGroups: [""], resources: [pods], verbs: [get] }'
const kustomization = 'resources:\n  - upstream/role.yaml\n'

describe('an item of a list without names', () => {
  const files = { 'kustomization.yaml': kustomization, 'upstream/role.yaml': role(pods, leases) }

  test('is changed where it is still the same item', async () => {
    expect(await changesOf(files)).toEqual([
      '--- a/kustomization.yaml',
      '+++ b/kustomization.yaml',
      '+patches:',
      '+  - target:',
      '+      group: rbac.authorization.k8s.io',
      '+      kind: ClusterRole',
      '+      name: crane',
      '+    patch: |',
      '+      - op: test',
      '+        path: /rules/1',
      '+        value:',
      '+          apiGroups:',
      '+            - coordination.k8s.io',
      '+          resources:',
      '+            - leases',
      '+          verbs:',
      '+            - "*"',
      '+      - op: replace',
      '+        path: /rules/1/verbs',
      '+        value:',
      '+          - create',
      '+          - delete',
      '+          - get',
      '+          - list',
      '+          - patch',
      '+          - update',
      '+          - watch',
    ])
  })

  test.each([
    ['stands elsewhere', role(leases, pods)],
    ['says something else', role(pods, leases.replace('leases', 'leases, leasecandidates'))],
    ['is gone', role(pods)],
  ])('is not where it %s in a new version: the entry is named', async (_, next) => {
    const { mended } = await mendTree(files)
    const bumped = { ...withFixes(files, mended?.fixes ?? []), 'upstream/role.yaml': next }
    const { report } = await mendTree(bumped)
    expect(report.problems.map(({ path, line, message }) => [path, line, message])).toEqual([
      ['kustomization.yaml', 4, expect.stringContaining('/rules/1')],
    ])
  })
})

test('of a list that stands in what came from elsewhere one item is taken away, and the others are not written anew', async () => {
  const changes = await changesOf({
    'kustomization.yaml': 'resources:\n  - upstream/crane.yaml\n',
    'upstream/crane.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: crane
spec:
  containers:
    - name: lift
      image: registry.example.org/crane:1.4.2
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        allowPrivilegeEscalation: false
        capabilities: { drop: [ALL], add: [NET_BIND_SERVICE, SYS_TIME] }
`,
  })
  expect(changes.slice(6)).toEqual([
    '+    patch: |',
    '+      - op: test',
    '+        path: /spec/containers/0/name',
    '+        value: lift',
    '+      - op: test',
    '+        path: /spec/containers/0/securityContext/capabilities/add/1',
    '+        value: SYS_TIME',
    '+      - op: remove',
    '+        path: /spec/containers/0/securityContext/capabilities/add/1',
  ])
})

test('a right of a role that another role takes in by its labels is left to a person', async () => {
  const files = {
    'roles.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: crane-core
  labels: { crane.example.org/controller: "true" }
rules:
  - apiGroups: [""]
    resources: [pods, services]
    verbs: [get, list, create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: crane
aggregationRule:
  clusterRoleSelectors:
    - matchLabels: { crane.example.org/controller: "true" }
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: crane
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: crane }
subjects:
  - { kind: ServiceAccount, name: crane, namespace: harbour }
`,
  }
  expect(await changesOf(files)).toEqual([])
  expect(await changesOf({ 'roles.yaml': files['roles.yaml'].replace('"true" }\nrules:', '"no" }\nrules:') })).not.toEqual([])
})
