import { describe, expect, test } from 'vitest'
import type { KustomizationTarget } from '../../src/discover/target.ts'
import { patchedParts } from '../../src/render/part.ts'
import { readOutputs } from '../../src/render/rendered.ts'
import { treeOf } from '../discover/tree.ts'
import { kustomizationTarget } from './sample.ts'

const lacking = { missing: [{ message: 'the base was not fetched', hint: 'Allow it.' }], covers: ['prod/kustomization.yaml'] }

function partsIn(kustomization: object, more: Readonly<Record<string, string>> = {}, target: Partial<KustomizationTarget> = lacking) {
  const tree = treeOf({ 'prod/kustomization.yaml': JSON.stringify(kustomization), ...more })
  const whole = kustomizationTarget(target)
  const { resources } = readOutputs(whole, [
    {
      content: '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: prod-web } }',
      path: 'web.yaml',
      by: 'kustomization',
      lines: [],
    },
  ])
  return patchedParts(whole, resources, tree)
}

const valuesOf = (parts: ReturnType<typeof partsIn>) => parts.parts.map(({ value }) => value)

describe('of an object that is not there', () => {
  test('a patch in a file tells its part, placed in the file', () => {
    const found = partsIn(
      { patches: [{ path: 'gate.yaml' }] },
      { 'prod/gate.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: gate }\nspec: { replicas: 3 }\n' },
    )
    expect(valuesOf(found)).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'gate' }, spec: { replicas: 3 } }])
    expect(found.parts[0]?.document.path).toBe('prod/gate.yaml')
    expect(found.missing.map(({ message }) => message)).toEqual(['of Deployment gate only what a patch sets was judged'])
  })

  test('a JSON Patch tells what it sets, items by their number', () => {
    const patch = JSON.stringify([
      { op: 'add', path: '/spec/template/spec/containers/1/securityContext/privileged', value: true },
      { op: 'add', path: '/spec/template/spec/volumes/-', value: { name: 'host' } },
      { op: 'remove', path: '/spec/replicas' },
    ])
    const target = { group: 'apps', version: 'v1', kind: 'DaemonSet', name: 'lamp' }
    expect(valuesOf(partsIn({ patches: [{ target, patch }] }))).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'lamp' },
        spec: {
          template: {
            spec: {
              containers: [{ name: 'number 1' }, { name: 'number 2', securityContext: { privileged: true } }],
              volumes: [{ name: 'host' }],
            },
          },
        },
      },
    ])
  })

  test('a number of an item beyond all reason makes no list of that length', () => {
    const patch = JSON.stringify([{ op: 'add', path: '/spec/items/999999999/name', value: 'x' }])
    expect(JSON.stringify(valuesOf(partsIn({ patches: [{ target: { kind: 'Gate' }, patch }] }))).length).toBeLessThan(5_000)
  })
})

describe('no part is', () => {
  const web = { target: { kind: 'Deployment', name: 'web' }, patch: '{ spec: { replicas: 3 } }' }

  test.each([
    ['a patch of an object that was built, also under a longer name', { patches: [web] }, lacking],
    ['a patch of all objects of a kind of which one was built', { patches: [{ ...web, target: { kind: 'Deployment' } }] }, lacking],
    ['a patch that means nothing where nothing is missing', { patches: [{ ...web, target: { kind: 'Job', name: 'x' } }] }, { covers: [] }],
    ['a patch that says of no kind', { patches: [{ target: { labelSelector: 'a=b' }, patch: '[]' }] }, lacking],
    ['an entry that is none', { patches: ['web.yaml', 7, null], patchesStrategicMerge: ['away.yaml'] }, lacking],
  ])('%s', (_, kustomization, target) => {
    expect(partsIn(kustomization, {}, target)).toEqual({ parts: [], missing: [] })
  })
})
