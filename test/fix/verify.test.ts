// What is offered was proved, and what was not is said.

import { describe, expect, test } from 'vitest'
import { editedTree } from '../../src/change/edited.ts'
import type { Tree } from '../../src/change/tree.ts'
import { compare } from '../../src/finding/compare.ts'
import type { Finding } from '../../src/finding/finding.ts'
import type { Edit, Fix } from '../../src/fix/fix.ts'
import { verify } from '../../src/fix/verify.ts'
import type { Inspection } from '../../src/inspect.ts'
import { observeTree } from '../../src/observe.ts'
import { treeOf } from '../discover/tree.ts'
import { findingLines, mendTree, observer, withFixes } from './mended.ts'

const pod = (name: string, more: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  hostPID: true # for the profiler
  containers:
    - name: app
      image: registry.example.org/shop/app:1.4.2
      securityContext:
        runAsNonRoot: true
        allowPrivilegeEscalation: false
${more}`

test('every fix of a file is proved with the others of it, and the report has it as lines and as a patch', async () => {
  const files = { 'a.yaml': pod('a', '        privileged: true\n'), 'b.yaml': pod('b', '') }
  const { report, mended } = await mendTree(files)
  expect(report.findings.map(({ rule, fix }) => `${rule} ${fix}`)).toEqual(['privileged-container 0', 'host-pid 1', 'host-pid 2'])
  expect(report.fixes.map(({ titles, safety }) => `${titles.join()} ${safety}`)).toEqual([
    'Set privileged to false unsafe',
    'Remove hostPID unsafe',
    'Remove hostPID unsafe',
  ])
  expect(report.fixes[1]?.edits).toEqual([{ path: 'a.yaml', line: 6, lines: 1, text: '' }])
  expect(report.fixes[0]?.patch).toBe(`diff --git a/a.yaml b/a.yaml
--- a/a.yaml
+++ b/a.yaml
@@ -10,4 +10,4 @@
       securityContext:
         runAsNonRoot: true
         allowPrivilegeEscalation: false
-        privileged: true
+        privileged: false
`)
  expect(report.fixes[0]?.proof).toBe(
    'Proved: 2 objects judged again; the finding is gone, nothing is new, and only securityContext.privileged of Pod a differs.',
  )
  expect(findingLines(await mendTree(withFixes(files, mended?.fixes ?? [])))).toEqual([])
})

test('fixes of the same lines are one', async () => {
  const { report } = await mendTree({
    'a.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
    - name: app
      image: redis:7.2
      securityContext:
        seccompProfile: { type: RuntimeDefault }
`,
  })
  expect(report.findings.map(({ rule, fix }) => `${rule} ${fix}`)).toEqual(['allow-privilege-escalation 0', 'run-as-root 0'])
  expect(report.fixes.map(({ edits }) => edits)).toEqual([
    [
      {
        path: 'a.yaml',
        line: 11,
        lines: 0,
        text: '        allowPrivilegeEscalation: false\n        runAsNonRoot: true\n        runAsUser: 999\n',
      },
    ],
  ])
})

test('a fix that another object of the file stands against costs the others nothing', async () => {
  const twice = `apiVersion: v1
kind: Pod
metadata: { name: a }
spec: &spec
  hostPID: true
  containers: [{ name: app, image: registry.example.org/shop/app:1.4.2, securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false } }]
status: *spec
---
${pod('b', '')}`
  const { report } = await mendTree({ 'a.yaml': twice })
  const told = report.findings.map(
    ({ resource, fix, advice }) => `${resource.name}: ${fix === undefined ? advice?.find : report.fixes[fix]?.titles}`,
  )
  expect(told.sort()).toEqual([
    'a: No edit was made: the same text stands for other values too, through an anchor, and would change them.',
    'b: Remove hostPID',
  ])
})

test('a secret on a line of the fix keeps the fix from being shown, and one beside it the patch', async () => {
  const secret = (line: string) => pod('a', '').replace('hostPID: true # for the profiler', line)
  const same = await mendTree({ 'a.yaml': secret('hostPID: true # password: Tackle-Block-6112') })
  expect(same.report.fixes.map(({ edits, patch }) => ({ edits, patch }))).toEqual([{ edits: [], patch: '' }])
  const beside = await mendTree({ 'a.yaml': secret('hostPID: true\n  # password: Tackle-Block-6112') })
  expect(beside.report.fixes.map(({ edits, patch }) => ({ lines: edits.length, patch }))).toEqual([{ lines: 1, patch: '' }])
  expect(JSON.stringify(beside.report)).not.toContain('Tackle')
})

test('where the time is over nothing is claimed', async () => {
  const { report } = await mendTree({ 'a.yaml': pod('a', '') }, {}, 0)
  expect(report.fixes).toEqual([])
  expect(report.notes).toEqual(['1 fix was not proved in time and is not offered; "plimsoll fix" takes as long as it needs.'])
  expect(report.findings[0]?.advice?.find).toMatch(/time for proving was over/)
})

test('a look that would end too late is not begun', async () => {
  const files = { 'a.yaml': pod('a', '        privileged: true\n') }
  const { mended } = await mendTree(files)
  let now = 0
  const { fixes, unproved, looks } = await verify(
    (mended?.fixes ?? []).map((fix) => [fix as Fix] as const),
    {
      tree: treeOf(files),
      look: async () => {
        now += 6
        const base = await observeTree(treeOf(files), observer)
        const another = base.findings.slice(0, 1).map((finding) => ({ ...finding, fingerprint: 'another', pointer: '/spec/hostIPC' }))
        return { base, head: { ...base, findings: another } }
      },
      isForeign: () => false,
      now: () => now,
      budget: 10,
    },
  )
  expect([fixes.length, unproved.length, looks]).toEqual([0, mended?.fixes.length, 1])
})

describe('of several routes', () => {
  const files = { 'a.yaml': pod('a', ''), 'b.yaml': pod('b', '') }
  /** The routes of one fix by their edits, tried in a tree of two pods. */
  async function held(edits: readonly (readonly Edit[])[]) {
    const { mended } = await mendTree(files)
    const [fix] = mended?.fixes ?? []
    if (fix === undefined) throw new Error('there is no fix to prove')
    const [best, ...others] = edits.map((own): Fix => ({ ...fix, edits: own }))
    if (best === undefined) throw new Error('there is no route')
    const observation = (tree: Tree) => observeTree(tree, observer)
    const { fixes, refused } = await verify([[best, ...others]], {
      tree: treeOf(files),
      look: async (edited) => ({ base: await observation(treeOf(files)), head: await observation(edited) }),
      isForeign: () => false,
      now: () => 0,
      budget: 1,
    })
    return { held: fixes.map((one) => one.edits), refused: refused.map(({ reason }) => reason) }
  }
  const removal = (path: string, pointer: string): Edit => ({ path, document: 0, change: { op: 'remove', pointer } })

  test('the first that holds is taken', async () => {
    const wrong = [removal('a.yaml', '/spec/restartPolicy')]
    const right = [removal('a.yaml', '/spec/hostPID')]
    expect(await held([wrong, right, [removal('b.yaml', '/spec/hostPID')]])).toEqual({ held: [right], refused: [] })
  })
  test('none, where none holds, for what stood against the first', async () => {
    const unclean: readonly Edit[] = [{ path: 'a.yaml', document: 0, change: { op: 'set', pointer: '/kind/of', value: 1 } }]
    expect(await held([unclean, [removal('b.yaml', '/spec/hostPID')]])).toEqual({
      held: [],
      refused: ['a mapping is wanted above "of", and a single value stands there'],
    })
  })
})

describe('a fix is refused', () => {
  /** One fix of the only finding, looked at again by a look that tells something else. */
  async function proved(look: (edited: Inspection) => Inspection, isForeign = (_path: string) => false): Promise<readonly string[]> {
    const { mended } = await mendTree({ 'a.yaml': pod('a', '') })
    const [fix] = mended?.fixes ?? []
    if (fix === undefined) throw new Error('there is no fix to prove')
    const before: Inspection = {
      findings: fix.findings,
      problems: [],
      objects: fix.findings.map(({ resource, environment }) => ({ resource, environment, place: environment })),
    }
    const { fixes, refused } = await verify([[fix as Fix]], {
      tree: treeOf({ 'a.yaml': pod('a', '') }),
      look: () => Promise.resolve({ base: before, head: look({ ...before, findings: [] }) }),
      isForeign,
      now: () => 0,
      budget: 1,
    })
    return [...fixes.map(() => 'proved'), ...refused.map(({ reason }) => reason)]
  }
  const other = (finding: Finding): Finding => ({ ...finding, fingerprint: 'another', pointer: '/spec/hostIPC' })

  test('not, where all is well', async () => expect(await proved((edited) => edited)).toEqual(['proved']))
  test('when the finding stays', async () => {
    const { mended } = await mendTree({ 'a.yaml': pod('a', '') })
    const findings = mended?.fixes[0]?.findings ?? []
    expect(
      await proved((edited) => ({
        ...edited,
        findings: findings.map((finding) => ({ ...finding, resource: edited.objects[0]?.resource ?? finding.resource })),
      })),
    ).toEqual(['host-pid would stay in Pod a'])
  })
  test('when another one comes', async () => {
    const { mended } = await mendTree({ 'a.yaml': pod('a', '') })
    const [finding] = mended?.fixes[0]?.findings ?? []
    if (finding === undefined) throw new Error('there is no finding')
    expect(await proved((edited) => ({ ...edited, findings: [other(finding)] }))).toEqual(['it would bring host-pid in Pod a'])
  })
  test('when something can not be looked at any more', async () => {
    const problem = { code: 'render', path: 'a.yaml', message: 'the chart does not render', hint: '' }
    expect(await proved((edited) => ({ ...edited, problems: [problem] }))).toEqual(['it would bring a problem: the chart does not render'])
  })
  test('when its file came from elsewhere, whatever else is well', async () =>
    expect(
      await proved(
        (edited) => edited,
        (path) => path === 'a.yaml',
      ),
    ).toEqual(['a.yaml comes from elsewhere and stays as it is']))
  test('when an object is gone', async () =>
    expect(await proved((edited) => ({ ...edited, objects: [] }))).toEqual(['Pod a would not be there as before']))
  test('when something else changes', async () => {
    const change = ({ resource, ...where }: Inspection['objects'][number]) => ({
      ...where,
      resource: { ...resource, value: { ...resource.value, status: 'new' } },
    })
    expect(await proved((edited) => ({ ...edited, objects: edited.objects.map(change) }))).toEqual([
      '/status of Pod a would change, which nobody means',
    ])
  })
})

test('an edited tree differs from its tree in the files that were written anew alone', () => {
  const tree = treeOf({ 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' })
  const edited = editedTree(
    tree,
    new Map([
      ['b.yaml', 'b: 2\n'],
      ['c.yaml', 'c: 3\n'],
    ]),
  )
  const text = (path: string) => new TextDecoder().decode(edited.read(path))
  expect(edited.files.map(({ path }) => `${path} ${text(path).trim()}`)).toEqual(['a.yaml a: 1', 'b.yaml b: 2', 'c.yaml c: 3'])
  expect(edited.identify('a.yaml')).toBe(tree.identify('a.yaml'))
  expect(edited.identify('b.yaml')).not.toBe(tree.identify('b.yaml'))
})

/** A role for resources of a group of one's own. */
const role = (resources: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: keeper, namespace: shop }
rules:
  - apiGroups: [shop.example.org]
    resources: [${resources}]
    verbs: [get, list]
`

test('a wildcard of a group is named by what is rendered with the role', async () => {
  const definition = (plural: string, subresources: string) => `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.shop.example.org }
spec:
  group: shop.example.org
  names: { kind: Any, plural: ${plural} }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, subresources: ${subresources}, schema: { openAPIV3Schema: { type: object } } }]
`
  const files = {
    'keeper.yaml': role("'*'"),
    'definitions.yaml': definition('baskets', '{ status: {} }') + definition('coupons', '{}'),
    'kustomization.yaml': 'resources: [keeper.yaml, definitions.yaml]\n',
  }
  const { mended } = await mendTree(files)
  expect(withFixes(files, mended?.fixes ?? [])['keeper.yaml']).toBe(
    role("'baskets', 'baskets/finalizers', 'baskets/status', 'coupons', 'coupons/finalizers'"),
  )
})

test('a wildcard of a group is named by the definitions that the chart of the role brings', async () => {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'crds/baskets.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: baskets.shop.example.org }
spec:
  group: shop.example.org
  names: { kind: Basket, plural: baskets }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`,
    'templates/keeper.yaml': role("'*'"),
  }
  const { mended } = await mendTree(files)
  expect(withFixes(files, mended?.fixes ?? [])['templates/keeper.yaml']).toBe(role("'baskets', 'baskets/finalizers'"))
})

test('what was told with another finding is no news once that one is mended', async () => {
  const files = {
    'a.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
    - name: app
      image: registry.example.org/shop/app:1.4.2
`,
  }
  const before = await mendTree(files)
  expect(before.report.findings.map(({ rule }) => rule)).toEqual(['security-context-missing'])
  const after = withFixes(files, before.mended?.fixes ?? [])
  expect(findingLines(await mendTree(after))).toEqual(['run-as-root Pod a /spec/containers/0/securityContext/runAsNonRoot'])
  const looks = [await observeTree(treeOf(files), observer), await observeTree(treeOf(after), observer)] as const
  expect(compare(...looks, (path) => path).new).toEqual([])
})
