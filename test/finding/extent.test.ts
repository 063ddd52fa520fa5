// Whether one set of rights holds another.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { added, covers, reachesWider } from '../../src/finding/extent.ts'

test.each<readonly [readonly string[], readonly string[], boolean]>([
  [['get /secrets'], ['get /secrets'], true],
  [['get /secrets'], ['list /secrets'], false],
  [['* /secrets'], ['get /secrets', 'list /secrets'], true],
  [['get */*'], ['get apps/deployments'], true],
  [['get */*'], ['list apps/deployments'], false],
  [['get /*'], ['get /pods/log'], true],
  [['get /pods'], ['get /pods/log'], false],
  [['get /pods/log'], ['get /pods'], false],
  [['* */*'], ['* */*'], true],
  [['get /secrets'], ['* /secrets'], false],
  [[], ['get /secrets'], false],
  [['get /secrets'], [], true],
  [['NET_ADMIN'], ['SYS_ADMIN'], false],
])('%j holds %j: %s', (known, extent, expected) => {
  expect(covers(known, extent)).toBe(expected)
  expect(added(known, extent)).toEqual(expected ? [] : extent.filter((atom) => !covers(known, [atom])))
})

const atom = fc
  .tuple(fc.constantFrom('get', 'list', '*'), fc.constantFrom('', 'apps', '*'), fc.constantFrom('pods', 'pods/log', 'secrets', '*'))
  .map(([verb, group, resource]) => `${verb} ${group}/${resource}`)
const atoms = fc.array(atom, { maxLength: 5 })

test('what is held is held with more beside it, and a set holds itself', () => {
  fc.assert(
    fc.property(atoms, atoms, atoms, (known, more, extent) => {
      expect(covers(extent, extent)).toBe(true)
      if (covers(known, extent)) expect(covers([...more, ...known], extent)).toBe(true)
    }),
  )
})

test('holding is passed on', () => {
  fc.assert(
    fc.property(atoms, atoms, atoms, (a, b, c) => {
      if (covers(a, b) && covers(b, c)) expect(covers(a, c)).toBe(true)
    }),
  )
})

test('what is added, put beside what was known, holds all', () => {
  fc.assert(
    fc.property(atoms, atoms, (known, extent) => {
      expect(covers([...known, ...added(known, extent)], extent)).toBe(true)
    }),
  )
})

const id = (kind: string, group = 'rbac.authorization.k8s.io') => ({ group, kind, namespace: '', name: 'a' })

test.each([
  ['Role', 'ClusterRole', true],
  ['RoleBinding', 'ClusterRoleBinding', true],
  ['ClusterRole', 'Role', false],
  ['Role', 'Role', false],
  ['Role', 'ClusterRoleBinding', false],
])('%s to %s reaches more namespaces: %s', (before, now, expected) => {
  expect(reachesWider(id(before), id(now))).toBe(expected)
})

test('kinds of another group only share the word', () => {
  expect(reachesWider(id('Role', 'iam.ferry.example'), id('ClusterRole'))).toBe(false)
})
