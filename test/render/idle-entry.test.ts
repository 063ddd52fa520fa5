// Entries of a kustomization that match nothing are told, and none that may match something.

import { expect, test } from 'vitest'
import type { KustomizationTarget } from '../../src/discover/target.ts'
import { idleEntries } from '../../src/render/idle-entry.ts'
import { readOutputs } from '../../src/render/rendered.ts'
import { treeOf } from '../discover/tree.ts'
import { kustomizationTarget, placeIn } from './sample.ts'

const gate = `apiVersion: apps/v1
kind: Deployment
metadata: { name: prod-gate }
spec: { template: { spec: { containers: [{ name: gate, image: "mirror.ferry.example:5000/gate:2.0.0@sha256:11" }] } } }
`

/** What is told of a kustomization whose only object is the gate. */
function told(kustomization: string, more: Readonly<Record<string, string>> = {}, parts: Partial<KustomizationTarget> = {}) {
  const target = kustomizationTarget({ covers: ['prod/kustomization.yaml'], ...parts })
  const { resources } = readOutputs(target, [{ content: gate, path: 'gate.yaml', by: 'kustomization', lines: [] }])
  return idleEntries(target, resources, treeOf({ 'prod/kustomization.yaml': kustomization, ...more })).map(
    ({ path, line, message }) => `${path}:${line} ${message}`,
  )
}

const operations = `patch: '[{ op: replace, path: /spec/replicas, value: 2 }]'`

test('what matches nothing is named on its line', () => {
  expect(
    told(
      `resources: [../base]
images:
  - { name: gate, newName: mirror.ferry.example:5000/gate }
  - { name: registry.ferry.example/crane, newTag: 1.0.0 }
patches:
  - { target: { kind: Deployment, name: gate }, ${operations} }
  - { target: { kind: Deployment, name: crane }, ${operations} }
  - { target: { kind: StatefulSet, name: gate }, path: gate.yaml }
`,
      { 'prod/gate.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: gate }\n' },
    ),
  ).toEqual([
    'prod/kustomization.yaml:4 kustomization prod has an entry of images that no image matches, registry.ferry.example/crane: what it should change is nowhere to be seen',
    'prod/kustomization.yaml:7 kustomization prod has an entry of patches that no object matches, Deployment crane: what it should change is nowhere to be seen',
    'prod/kustomization.yaml:8 kustomization prod has an entry of patches that no object matches, StatefulSet gate: what it should change is nowhere to be seen',
  ])
})

test.each([
  ['a pattern', `patches: [{ target: { kind: Deployment, name: "cr.*e" }, ${operations} }]`],
  ['a kind alone', `patches: [{ target: { kind: Deployment }, ${operations} }]`],
  ['labels alone', `patches: [{ target: { labelSelector: app=crane }, ${operations} }]`],
  ['a patch that finds its object or fails', 'patches: [{ patch: "{ apiVersion: v1, kind: Pod, metadata: { name: crane } }" }]'],
  ['what a patch takes away', 'patches: [{ target: { kind: Pod, name: crane }, patch: "{ kind: Pod, $patch: delete }" }]'],
  [
    'what a patch calls otherwise',
    `patches: [{ target: { kind: Pod, name: crane }, patch: '[{ op: replace, path: /metadata/name, value: gate }]' }]`,
  ],
  ['an image by a pattern', 'images: [{ name: "cra(ne)?", newTag: 1.0.0 }]'],
  ['what is no list', 'images: crane\npatches: { a: 1 }'],
])('what cannot be told for certain is passed over: %s', (_, kustomization) => expect(told(kustomization)).toEqual([]))

test('entries that an Application or a Kustomization of Flux adds are told at their place; images of the folder come out under names that these give', () => {
  const at = placeIn('argocd/prod.yaml', 'kind: Application\nimages:\n  - crane\n  - gate\n', '/images/0')
  const overlay = [{ field: 'images' as const, how: 'append' as const, value: { name: 'crane', newTag: '1.0.0' }, at }]
  expect(told('images: [{ name: harbour, newTag: 1.0.0 }]', {}, { overlay })).toEqual([
    'argocd/prod.yaml:3 kustomization prod has an entry of images that no image matches, crane: what it should change is nowhere to be seen',
  ])
})
