// A difference is meant where a fix means the field, and the value that came out.

import { expect, test } from 'vitest'
import { differences, meaningOf, unmeant } from '../../src/fix/difference.ts'
import type { Resource } from '../../src/resource/resource.ts'
import type { Change } from '../../src/yaml/change.ts'

/** What is said of an object that had an empty spec. */
function said(spec: object, ...changes: readonly Change[]): readonly (string | undefined)[] {
  const id = { group: '', kind: 'Pod', namespace: '', name: 'tug' }
  const resource = { id, value: { spec } } as unknown as Resource
  return differences({ spec: { ports: ['a', 'b'] } }, { spec }).map((pointer) => unmeant(pointer, changes.map(meaningOf), resource))
}

const ports = ['a', 'b']
const profile: Change = { op: 'set', pointer: '/spec/profile', value: { type: 'Strict', names: ['x'] } }

test.each([
  ['what was set', { ports, profile: { type: 'Strict', names: ['x'] } }, undefined],
  ['what another fix adds to it', { ports, profile: { type: 'Strict', names: ['w', 'x'], more: 1 } }, undefined],
  ['what was written as a text', { ports, profile: 'map[type:Strict]' }, '/spec/profile of Pod tug would not be what is meant'],
  ['a part of it', { ports, profile: { type: 'Strict' } }, '/spec/profile of Pod tug would not be what is meant'],
  ['something beside it', { ports, other: 1 }, '/spec/other of Pod tug would change, which nobody means'],
])('%s', (_, spec, reason) => {
  expect(said(spec, profile)).toEqual([reason])
})

test('an item that is added, and a key that goes', () => {
  expect(said({ ports: ['a', 'b', 'c'] }, { op: 'append', pointer: '/spec/ports', value: 'c' })).toEqual([undefined])
  expect(said({ ports, drop: { list: ['c'] } }, { op: 'append', pointer: '/spec/drop/list', value: 'c' })).toEqual([undefined])
  expect(said({}, { op: 'remove', pointer: '/spec/ports' })).toEqual([undefined])
})
