// Lines, columns and offsets, and replacements by them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupBy } from '../../src/text/group.ts'
import { lineStarts, positionAt, rangeOf } from '../../src/text/position.ts'
import { endOfLine, lineBreakOf, spliced, startOfLine } from '../../src/text/splice.ts'

const text = 'ab\r\n\ncde\nf'

describe('lines', () => {
  test.each([
    ['', [0]],
    ['a', [0]],
    ['\n', [0, 1]],
    [text, [0, 4, 5, 9]],
  ])('of %j begin at %j', (of, starts) => expect(lineStarts(of)).toEqual(starts))

  test.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 1, 4],
    [4, 2, 1],
    [5, 3, 1],
    [8, 3, 4],
    [9, 4, 1],
    [10, 4, 2],
    [99, 4, 91],
  ])('offset %i is in line %i, column %i', (offset, line, column) => expect(positionAt(lineStarts(text), offset)).toEqual({ line, column }))

  test('any offset comes back from its line and column', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n')), fc.nat(40), (parts, at) => {
        const of = parts.join('')
        const offset = Math.min(at, of.length)
        const starts = lineStarts(of)
        const { line, column } = positionAt(starts, offset)
        expect((starts[line - 1] ?? -1) + column - 1).toBe(offset)
        expect(of.slice(0, offset).split('\n')).toHaveLength(line)
      }),
    )
  })

  test('a span has two ends', () =>
    expect(rangeOf(lineStarts(text), { start: 1, end: 6 })).toEqual({ start: { line: 1, column: 2 }, end: { line: 3, column: 2 } }))

  test.each([
    [0, 0, 2],
    [2, 0, 2],
    [4, 4, 4],
    [6, 5, 8],
    [8, 5, 8],
    [9, 9, 10],
    [10, 9, 10],
  ])('the line around %i goes from %i to %i', (offset, start, end) => {
    expect(startOfLine(text, offset)).toBe(start)
    expect(endOfLine(text, offset)).toBe(end)
  })

  test('a carriage return that stands alone is in its line, one at the offset itself ends nothing', () => {
    expect(endOfLine('a\rb', 0)).toBe(3)
    expect(endOfLine('\r\n', 1)).toBe(1)
    expect(endOfLine('a\r', 0)).toBe(1)
  })

  test.each([
    ['', '\n'],
    ['a\nb\r\n', '\n'],
    ['a\r\nb\n', '\r\n'],
    ['\n\r\n', '\n'],
    ['\r\n', '\r\n'],
    ['a\r', '\n'],
  ])('%j has line breaks %j', (of, expected) => expect(lineBreakOf(of)).toBe(expected))
})

describe('replacements', () => {
  test('are made by the places of the text before, in any order', () => {
    const splices = [
      { start: 4, end: 6, text: 'XYZ' },
      { start: 0, end: 1, text: '' },
      { start: 2, end: 2, text: '-' },
    ]
    expect(spliced('abcdefg', splices)).toBe('b-cdXYZg')
    expect(spliced('abcdefg', [])).toBe('abcdefg')
    expect(spliced('ab', [{ start: 0, end: 2, text: 'c' }])).toBe('c')
  })

  test('at one place an insertion stands before what is replaced there', () => {
    const replaced = { start: 1, end: 2, text: 'R' }
    const inserted = { start: 1, end: 1, text: 'I' }
    expect(spliced('abc', [replaced, inserted])).toBe('aIRc')
    expect(spliced('abc', [inserted, replaced])).toBe('aIRc')
  })

  test.each([
    [
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
    ],
    [[{ start: 2, end: 1, text: '' }]],
    [[{ start: 0, end: 4, text: '' }]],
  ])('that do not fit are a bug: %j', (splices) => expect(() => spliced('abc', splices)).toThrow(/a splice from \d to \d does not fit/))
})

test('groups keep the order of their first item, and of their items', () => {
  const groups = groupBy(['b1', 'a1', 'b2', 'c1'], (item) => item.slice(0, 1))
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
    ['c', ['c1']],
  ])
  expect([...groupBy('xyz', (_, at) => String(at % 2))]).toEqual([
    ['0', ['x', 'z']],
    ['1', ['y']],
  ])
  expect(groupBy([], () => 'a').size).toBe(0)
})
