// Patches put on what came from elsewhere: what of them holds after a new version of it, and what says so where nothing does.

import { describe, expect, test } from 'vitest'
import { fixedText } from '../../src/report/fixed.ts'
import { definition } from './definition.ts'
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

test('resources that the next version may have more of are not named', async () => {
  const files = (folder: string) => ({
    'kustomization.yaml': `resources:\n  - ${folder}/role.yaml\n  - ${folder}/boats.yaml\n`,
    [`${folder}/role.yaml`]: role('{ apiGroups: [example.org], resources: ["*"], verbs: [get] }'),
    [`${folder}/boats.yaml`]: definition,
  })
  expect(await changesOf(files('own'))).toContain('+++ b/own/role.yaml')
  expect(await changesOf(files('upstream'))).toEqual([])
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

describe('an entry of a base that matches nothing in a new version', () => {
  const files = {
    'base/kustomization.yaml': kustomization,
    'base/upstream/role.yaml': role(pods, leases),
    'prod/kustomization.yaml': 'resources:\n  - ../base\n',
    'test/kustomization.yaml': 'resources:\n  - ../base\n',
  }
  const problemsAfter = async (change: (mended: Readonly<Record<string, string>>) => Readonly<Record<string, string>>) => {
    const { mended } = await mendTree(files)
    const { report } = await mendTree(change(withFixes(files, mended?.fixes ?? [])))
    return report.problems.map(({ path, line, message }) => `${path}:${line} ${message}`)
  }
  const renamed = { 'base/upstream/role.yaml': role(pods, leases).replace('name: crane', 'name: derrick') }

  test('is named once, however many build it', async () =>
    expect(await problemsAfter((mended) => ({ ...mended, ...renamed }))).toEqual([
      'base/kustomization.yaml:4 kustomization base has an entry of patches that no object matches, ClusterRole crane: what it should change is nowhere to be seen',
    ]))

  test('is none where another patch takes the object away', async () => {
    const away =
      'patches:\n  - patch: "{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: crane }, $patch: delete }"\n'
    const prod = files['prod/kustomization.yaml'] + away
    expect(await problemsAfter((mended) => ({ ...mended, 'prod/kustomization.yaml': prod }))).toEqual([])
  })

  test("is nobody's here where the base came from elsewhere", async () =>
    expect(
      await problemsAfter((mended) => ({
        'upstream/base/kustomization.yaml': mended['base/kustomization.yaml'] ?? '',
        'upstream/base/upstream/role.yaml': renamed['base/upstream/role.yaml'],
        'kustomization.yaml': 'resources:\n  - upstream/base\n',
      })),
    ).toEqual([]))
})

describe('the kustomization of this repository that stands nearest is patched', () => {
  const gate = `apiVersion: v1
kind: Pod
metadata:
  name: gate
spec:
  hostPID: true
  containers:
    - name: gate
      image: registry.example.org/gate:1.4.2
      securityContext: { runAsNonRoot: true, runAsUser: 1000, allowPrivilegeEscalation: false }
`
  const paths = async (files: Readonly<Record<string, string>>) =>
    (await mendTree(files)).report.fixes.map(({ edits }) => [...new Set(edits.map(({ path }) => path))])

  test('below what a whole cluster is put together by', async () => {
    expect(
      await paths({
        'clusters/prod/kustomization.yaml': 'resources:\n  - ../../apps/gate\n  - ../../apps/web\n',
        'apps/gate/kustomization.yaml': 'resources:\n  - upstream\n',
        'apps/gate/upstream/kustomization.yaml': 'resources:\n  - gate.yaml\n',
        'apps/gate/upstream/gate.yaml': gate,
        'apps/web/kustomization.yaml': 'resources: []\n',
      }),
    ).toEqual([['apps/gate/kustomization.yaml']])
  })

  const shared = {
    'base/kustomization.yaml': 'resources:\n  - upstream/gate.yaml\n',
    'base/upstream/gate.yaml': gate,
    'overlays/prod/kustomization.yaml': 'namePrefix: prod-\nresources:\n  - ../../base\n',
    'overlays/test/kustomization.yaml': 'namePrefix: test-\nresources:\n  - ../../base\n',
  }

  test('once for all that build it', async () => expect(await paths(shared)).toEqual([['base/kustomization.yaml']]))

  test('not where the same files are taken twice: what is built names each object as it is applied', async () => {
    const changes = await changesOf({
      'a/kustomization.yaml': 'namespace: a\nresources:\n  - ../upstream\n',
      'b/kustomization.yaml': 'namespace: b\nresources:\n  - ../upstream\n',
      'upstream/kustomization.yaml': 'resources:\n  - gate.yaml\n',
      'upstream/gate.yaml': gate,
      'kustomization.yaml': 'resources:\n  - a\n  - b\n',
    })
    expect(changes.filter((line) => /^\+\+\+|name/.test(line))).toEqual([
      '+++ b/kustomization.yaml',
      '+        name: gate',
      '+        namespace: a',
      '+        name: gate',
      '+        namespace: b',
    ])
  })

  test('unless its patch would not fit there: then the one that is built', async () => {
    expect(
      await paths({
        'base/kustomization.yaml': 'resources:\n  - upstream/role.yaml\n',
        'base/upstream/role.yaml': role(pods, leases),
        'prod/kustomization.yaml': `resources:
  - ../base
patches:
  - target: { kind: ClusterRole, name: crane }
    patch: |
      - op: add
        path: /rules/0
        value: ${pods}
`,
      }),
    ).toEqual([['prod/kustomization.yaml']])
  })

  test('and none of what came from elsewhere: a person hears what would have to be made', async () => {
    const { report } = await mendTree({ 'upstream/kustomization.yaml': 'resources:\n  - gate.yaml\n', 'upstream/gate.yaml': gate })
    expect(report.fixes).toEqual([])
    expect(report.findings[0]?.advice?.find).toContain(
      'The file comes from elsewhere and is not edited here, and kustomization upstream comes from there too: a kustomization of your own that takes upstream could hold a patch.',
    )
  })

  test('but not outside of what is named: a person hears where to mend it', async () => {
    const { report } = await mendTree(
      {
        ...shared,
        'base/kustomization.yaml': 'resources:\n  - upstream\n',
        'base/upstream/kustomization.yaml': 'resources:\n  - gate.yaml\n',
      },
      { below: 'base/upstream' },
    )
    expect(report.findings[0]?.advice?.find).toContain('and base takes it, which lies outside of what is mended here.')
  })

  test('in the patch that is there, which may name the object as it is applied', async () => {
    expect(
      await paths({
        'kustomization.yaml': 'resources:\n  - upstream\npatches:\n  - path: priority.yaml\n',
        'priority.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: harbour-gate\n  namespace: harbour\nspec:\n  priority: 3\n',
        'upstream/kustomization.yaml': 'namePrefix: harbour-\nnamespace: harbour\nresources:\n  - gate.yaml\n',
        'upstream/gate.yaml': gate,
      }),
    ).toEqual([['priority.yaml']])
  })

  test('and none where it cannot be built: that comes first', async () => {
    const { report } = await mendTree({
      'kustomization.yaml': 'resources:\n  - upstream/gate.yaml\n  - upstream/lost.yaml\npatches: {}\n',
      'upstream/gate.yaml': gate,
    })
    expect(report.findings[0]?.advice?.find).toContain('and . takes it, which could not be rendered: that comes first.')
  })

  test('and what is built of the files elsewhere is told as left', async () => {
    const { report } = await mendTree({
      'upstream/base/kustomization.yaml': 'resources:\n  - gate.yaml\n',
      'upstream/base/gate.yaml': gate,
      'upstream/overlays/plain/kustomization.yaml': 'resources:\n  - ../../base\n',
      'prod/kustomization.yaml': 'resources:\n  - ../upstream/base\n',
    })
    expect(report.fixes.map(({ edits }) => edits.map(({ path }) => path))).toEqual([['prod/kustomization.yaml']])
    expect(fixedText(report, { how: 'Nothing was written', look: { color: false, width: 100 } })).toMatchInlineSnapshot(`
      "Fixed 1 finding
        upstream/base/gate.yaml:6  Pod gate  host-pid (unsafe)
        may break: Processes of the node are out of sight.
        stays in kustomization upstream/overlays/plain

      Nothing was written.
      "
    `)
  })

  test('and costs what is built elsewhere nothing where it would not fit', async () => {
    const made = await paths({
      'base/kustomization.yaml': 'resources:\n  - upstream/role.yaml\n  - upstream/derrick.yaml\n',
      'base/upstream/role.yaml': role(pods, leases),
      'base/upstream/derrick.yaml': gate.replaceAll('gate', 'derrick').replace(':1.4.2', '').replace('  hostPID: true\n', ''),
      'prod/kustomization.yaml': `resources:
  - ../base
images:
  - { name: registry.example.org/derrick, newTag: 1.4.2 }
patches:
  - target: { kind: ClusterRole, name: crane }
    patch: |
      - op: add
        path: /rules/0
        value: ${pods}
`,
      'other/kustomization.yaml': 'resources:\n  - upstream/gate.yaml\n',
      'other/upstream/gate.yaml': gate,
    })
    expect(made.flat().sort()).toEqual(['other/kustomization.yaml', 'prod/kustomization.yaml'])
  })
})
