// Objects of a document: lists unfolded, identities that never crash.

import { expect, test } from 'vitest'
import type { Document } from '../../src/resource/document.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import { nameOf } from '../../src/resource/resource.ts'

function documentOf(value: unknown): Document {
  return { path: 'a.yaml', text: '', lineStarts: [0], yaml: { span: { start: 0, end: 0 }, value, duplicates: [] }, index: 0 }
}

function found(value: unknown): readonly string[] {
  return resourcesIn(documentOf(value)).map(({ id, base }) => `${base} ${nameOf(id)}`.trim())
}

const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })

test.each([
  ['an object', pod('web'), ['Pod web']],
  [
    'an object of a group, with a namespace',
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api', namespace: 'shop' } },
    ['apps/Deployment shop/api'],
  ],
  ['a generated name', { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'load-' } }, ['batch/Job load-*']],
  ['an object without metadata', { apiVersion: 'v1', kind: 'Pod' }, ['Pod']],
  ['a List', { apiVersion: 'v1', kind: 'List', items: [pod('a'), pod('b')] }, ['/items/0 Pod a', '/items/1 Pod b']],
  [
    'a typed list whose items do not say what they are',
    { apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a' } }] },
    ['/items/0 Pod a'],
  ],
  [
    'a list in a list',
    { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [pod('a')] }] },
    ['/items/0/items/0 Pod a'],
  ],
  [
    'items under a kind that is no list, which kubectl unfolds all the same',
    { apiVersion: 'v1', kind: 'ConfigMap', items: [pod('a')] },
    ['/items/0 Pod a'],
  ],
  ['an OpenShift template', { apiVersion: 'template.openshift.io/v1', kind: 'Template', objects: [pod('a')] }, ['/objects/0 Pod a']],
  ['a name that is a number', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 12, namespace: true } }, ['Pod true/12']],
  ['a name that is a list', { apiVersion: 'v1', kind: 'Pod', metadata: { name: ['a'], namespace: {} } }, ['Pod']],
  ['metadata that is text', { apiVersion: 'v1', kind: 'Pod', metadata: 'web' }, ['Pod']],
  ['items without kind in a plain List', { apiVersion: 'v1', kind: 'List', items: [{ metadata: { name: 'a' } }, null, 'x'] }, []],
  ['a kind that is a list', { apiVersion: 'v1', kind: ['Pod'] }, []],
  ['an API version that is a number', { apiVersion: 1, kind: 'Pod' }, []],
  ['a list at the top', [pod('a')], []],
  ['nothing', null, []],
  ['a number', 12, []],
])('%s', (_, value, names) => {
  expect(found(value)).toEqual(names)
})

test('an item of a typed list carries the kind and version that the list gives it', () => {
  const [resource] = resourcesIn(
    documentOf({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleList', items: [{ metadata: { name: 'a' } }] }),
  )
  expect(resource).toMatchObject({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    base: '/items/0',
    value: { kind: 'Role', metadata: { name: 'a' } },
  })
})
