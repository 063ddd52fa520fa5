// JSON Pointers: there and back.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { below, follow, pointerTo, segmentsOf, valueAt } from '../../src/text/pointer.ts'

test.each([
  ['', []],
  ['/', ['']],
  ['/a/0', ['a', '0']],
  ['/a~1b/c~0d', ['a/b', 'c~d']],
  ['/~01', ['~1']],
  ['/a//b', ['a', '', 'b']],
])('%j leads through %j', (pointer, segments) => {
  expect(segmentsOf(pointer)).toEqual(segments)
  expect(pointerTo(segments)).toBe(pointer)
})

test.each([
  ['', 'a', '/a'],
  ['/a', 3, '/a/3'],
  ['/a', 'b/c', '/a/b~1c'],
  ['/a', 'b~c', '/a/b~0c'],
  ['/a', '~1/', '/a/~01~1'],
])('below %j stands %j', (pointer, segment, expected) => expect(below(pointer, segment)).toBe(expected))

test('any keys come back', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (keys) => {
      expect(segmentsOf(pointerTo(keys))).toEqual(keys)
    }),
  )
})

const value = { a: [{ 'b/c': 1 }, null], toString: undefined, text: 'abc', '': { '': 2 } }
test.each([
  ['', value],
  ['/a/0/b~1c', 1],
  ['/a/1', null],
  ['/a/1/x', undefined],
  ['/a/2', undefined],
  ['/a/length', 2],
  ['/text/0', undefined],
  ['/missing/x', undefined],
  ['//', 2],
])('at %j is %j', (pointer, expected) => {
  expect(valueAt(value, pointer)).toBe(expected)
  expect(follow(value, segmentsOf(pointer))).toBe(expected)
})

test.each(['/constructor', '/__proto__', '/a/map'])('what an object inherits is not in it: %s', (pointer) =>
  expect(valueAt(value, pointer)).toBeUndefined(),
)

test.each([null, undefined, 'text', 7])('in %j there is nothing', (root) => expect(valueAt(root, '/a')).toBeUndefined())
