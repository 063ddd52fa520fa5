// A difference is meant where a fix means the field, and the value that came out.

import { expect, test } from 'vitest'
import type { Finding } from '../../src/finding/finding.ts'
import { differences, meaningsOf, unmeant } from '../../src/fix/difference.ts'
import type { Fix } from '../../src/fix/fix.ts'
import type { Change } from '../../src/yaml/change.ts'
import { findingOf, resourceOf, ruleOf } from '../finding/sample.ts'

const fixOf = (changes: readonly Change[], finding: Finding): Fix => ({
  findings: [finding],
  title: 'x',
  safety: 'safe',
  route: 'source',
  edits: [],
  changes,
})

/** What is said of an object that had an empty spec. */
function said(spec: object, ...changes: readonly Change[]): readonly (string | undefined)[] {
  const resource = resourceOf({ kind: 'Pod', metadata: { name: 'tug' }, spec })
  const finding = findingOf(ruleOf('loose'), resource, '/spec')
  const meanings = meaningsOf(fixOf(changes, finding), finding)
  return differences({ ...resource.value, spec: { ports: ['a', 'b'] } }, resource.value).map((pointer) =>
    unmeant(pointer, meanings, resource),
  )
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

test('what is meant for the container of one finding is meant for that of another, and for its pod', () => {
  const resource = resourceOf({ kind: 'Pod', metadata: { name: 'tug' }, spec: {} })
  const at = (item: string) => findingOf(ruleOf('loose'), resource, item, { item })
  const changes: readonly Change[] = [
    { op: 'remove', pointer: '/spec/containers/1/securityContext' },
    { op: 'remove', pointer: '/spec/volumes' },
    { op: 'remove', pointer: '/metadata/labels/tide' },
  ]
  const fix = fixOf(changes, at('/spec/containers/1'))
  expect(meaningsOf(fix, at('/spec/template/spec/initContainers/0')).map(({ pointer }) => pointer)).toEqual([
    '/spec/template/spec/initContainers/0/securityContext',
    '/spec/template/spec/volumes',
    '/metadata/labels/tide',
  ])
})
