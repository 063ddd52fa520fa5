// The entry of a kustomization that a build failed at is found by what kustomize says.

import { expect, test } from 'vitest'
import { lostPatch } from '../../src/render/lost-patch.ts'
import { treeOf } from '../discover/tree.ts'
import { kustomizationTarget, placeIn } from './sample.ts'

const target = kustomizationTarget({ covers: ['base/kustomization.yaml', 'base/roles.yaml', 'prod/kustomization.yaml'] })

test('where a patch has to find its object and does not, its entry is the place', () => {
  const said = 'no resource matches strategic merge patch "Deployment.v1.apps/gate.[noNs]"'
  const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: gate }\n'
  const lost = (kustomization: string, message = said) =>
    lostPatch(message, target, treeOf({ 'prod/kustomization.yaml': kustomization, 'prod/gate.yaml': patch }))
  expect(lost('patches:\n  - patch: "{ kind: Pod, metadata: { name: gate } }"\n  - path: gate.yaml\n')).toEqual({
    file: 'prod/kustomization.yaml',
    line: 3,
    message: said,
  })
  expect(lost('patchesStrategicMerge:\n  - gate.yaml\n')).toEqual({ file: 'prod/kustomization.yaml', line: 2, message: said })
  expect(lost('resources: [../base]\n')).toBeUndefined()
  expect(lost('patches:\n  - path: gate.yaml\n', 'accumulating resources')).toBeUndefined()
})

test('where several patches test the same place, it is the one whose object differs, also of a base', () => {
  const role = (name: string, resource: string) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: ${name} }\nrules: [{ apiGroups: [""], resources: [${resource}], verbs: [get] }]\n`
  const entry = (name: string) =>
    `  - { target: { kind: Role, name: ${name} }, patch: '[{ op: test, path: /rules/0/resources, value: [pods] }, { op: remove, path: /rules/0 }]' }\n`
  const said = 'testing value /rules/0/resources failed: test failed'
  const files = {
    'base/kustomization.yaml': `resources: [roles.yaml]\npatches:\n${entry('crane')}${entry('gate')}`,
    'base/roles.yaml': `${role('crane', 'pods')}---\n${role('gate', 'services')}`,
    'prod/kustomization.yaml': 'resources: [../base]\n',
  }
  const found = { file: 'base/kustomization.yaml', line: 4, message: `a patch does not fit Role gate any more: ${said}` }
  expect(lostPatch(said, target, treeOf(files))).toEqual(found)
})

test('a patch that the root adds is told at its place there', () => {
  const said = "error in test for path: '/rules/4': Unable to access invalid index: 4: invalid index referenced"
  const text = 'kind: Kustomization\npatches:\n  - {}\n'
  const value = { target: { kind: 'Role', name: 'gate' }, patch: '[{ op: test, path: /rules/4, value: {} }]' }
  const overlay = [{ field: 'patches' as const, how: 'append' as const, value, at: placeIn('cluster/apps.yaml', text, '/patches/0') }]
  expect(lostPatch(said, kustomizationTarget({ covers: [], overlay }), treeOf({}))).toMatchObject({ file: 'cluster/apps.yaml', line: 3 })
})
