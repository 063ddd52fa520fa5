// What a patch says so that an object changes as it should.

import { describe, expect, test } from 'vitest'
import { patchContent } from '../../src/fix/patch-content.ts'
import { sourcesIn } from '../../src/trace/source.ts'
import type { Change } from '../../src/yaml/change.ts'
import { treeOf } from '../discover/tree.ts'

const contentFor = (text: string, ...changes: readonly Change[]) => {
  const [resource] = sourcesIn(treeOf({ 'a.yaml': text })).resources('a.yaml')
  if (resource === undefined) throw new Error('the text holds no object')
  return patchContent(changes, resource)
}

const monitor = (endpoint: string) =>
  `apiVersion: monitoring.example.org/v1\nkind: Watch\nmetadata: { name: crane }\nspec: { endpoints: [${endpoint}] }\n`
const unverified: Change = { op: 'remove', pointer: '/spec/endpoints/0/tls/insecureSkipVerify' }

describe('operations say first what has to stand there', () => {
  test('the name of an item', () =>
    expect(contentFor(monitor('{ name: web, tls: { insecureSkipVerify: true } }'), unverified)).toEqual({
      kind: 'operations',
      list: [
        { op: 'test', path: '/spec/endpoints/0/name', value: 'web' },
        { op: 'remove', path: '/spec/endpoints/0/tls/insecureSkipVerify' },
      ],
    }))

  test('all of an item without a name, once for all changes of it', () => {
    const path = '/spec/endpoints/0'
    expect(
      contentFor(monitor('{ port: 80, tls: { insecureSkipVerify: true } }'), unverified, {
        op: 'set',
        pointer: `${path}/port`,
        value: 443,
      }),
    ).toEqual({
      kind: 'operations',
      list: [
        { op: 'test', path, value: { port: 80, tls: { insecureSkipVerify: true } } },
        { op: 'replace', path: `${path}/port`, value: 443 },
        { op: 'remove', path: `${path}/tls/insecureSkipVerify` },
      ],
    })
  })

  test('nothing that is secret', () =>
    expect(contentFor(monitor('{ password: kF9-vq2Lw8sZ, tls: { insecureSkipVerify: true } }'), unverified)).toEqual({
      refused: 'what tells the item of the list apart is secret',
    }))
})

test('a list that is new is written as a part of the object', () =>
  expect(
    contentFor('apiVersion: v1\nkind: Pod\nmetadata: { name: crane }\nspec: { containers: [{ name: lift }] }\n', {
      op: 'append',
      pointer: '/spec/containers/0/securityContext/capabilities/drop',
      value: 'ALL',
    }),
  ).toEqual({
    kind: 'merge',
    value: { spec: { containers: [{ name: 'lift', securityContext: { capabilities: { drop: ['ALL'] } } }] } },
  }))
