// What an entry of a Role grants, as the RBAC authorizer reads it.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryOf, grantOf, type Right } from '../../../src/rule/check/grant.ts'

const secrets: readonly Right[] = [{ groups: [''], resources: ['secrets'], verbs: ['get', 'list'] }]
const exec: readonly Right[] = [{ groups: [''], resources: ['pods/exec'], verbs: ['create'] }]

const entry = (groups: readonly string[], resources: readonly string[], verbs: readonly string[]) =>
  entryOf({ apiGroups: groups, resources, verbs })

test('the words that grant are named with their place', () =>
  expect(grantOf(entry([''], ['pods', 'secrets'], ['create', 'list', 'get']), secrets)).toEqual({
    verb: 1,
    resource: 1,
    verbs: ['list', 'get'],
    resources: ['secrets'],
    rights: ['get /secrets', 'list /secrets'],
  }))

test('a star stands for each word', () =>
  expect(grantOf(entry(['*'], ['*'], ['*']), [...secrets, ...exec])?.rights).toEqual([
    'get /secrets',
    'list /secrets',
    'create /pods/exec',
  ]))

test.each([
  ['another group', entry(['apps'], ['secrets'], ['get'])],
  ['another resource', entry([''], ['secrets1'], ['get'])],
  ['another verb', entry([''], ['secrets'], ['getter'])],
  ['a pattern, which RBAC does not know', entry([''], ['secret*'], ['g*t'])],
  ['no group', entry([], ['secrets'], ['get'])],
])('%s grants nothing', (_, value) => expect(grantOf(value, secrets)).toBeUndefined())

test.each([
  ['pods/exec', true],
  ['*', true],
  ['*/exec', true],
  ['pods', false],
  ['pods/*', false],
  ['*/attach', false],
])('%s grants pods/exec: %s', (resource, grants) => expect(grantOf(entry([''], [resource], ['create']), exec) !== undefined).toBe(grants))

test.each([undefined, null, 'rules', [], { verbs: 'get', resources: { a: 1 }, apiGroups: [1, null] }])(
  '%j is an entry that grants nothing',
  (value) => expect(grantOf(entryOf(value), secrets)).toBeUndefined(),
)

test('more words never grant less', () => {
  const words = fc.array(fc.constantFrom('*', '', 'apps', 'secrets', 'pods', 'get', 'list', 'create'), { maxLength: 4 })
  fc.assert(
    fc.property(words, words, words, fc.constantFrom('*', 'get', 'list'), (groups, resources, verbs, more) => {
      const before = grantOf(entry(groups, resources, verbs), secrets)?.rights ?? []
      const after = new Set(grantOf(entry(groups, resources, [...verbs, more]), secrets)?.rights)
      expect(before.every((right) => after.has(right))).toBe(true)
    }),
  )
})
