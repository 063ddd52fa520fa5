// What stood before a change is put back where it differs, and nowhere else.

import { expect, test } from 'vitest'
import type { Context } from '../../src/fix/context.ts'
import { restoration } from '../../src/fix/restore.ts'
import { findingOf, resourceOf, ruleOf } from '../finding/sample.ts'

test('a list of objects that is as it was is not written anew', () => {
  const policy = (podSelector: object) =>
    resourceOf({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'pier' },
      spec: { ingress: [{ from: [{ podSelector }], ports: [{ port: 80 }, { port: 443 }] }] },
    })
  const narrow = { matchLabels: { app: 'tug' } }
  const finding = findingOf(ruleOf('wide'), policy({}), '/spec/ingress/0')
  const context = { finding, item: '', podPointer: '', before: policy(narrow) } as unknown as Context
  expect(restoration(context)).toEqual([{ op: 'set', pointer: '/spec/ingress/0/from', value: [{ podSelector: narrow }] }])
})
