// A diff asked about single lines.

import { describe, expect, test } from 'vitest'
import { diffLines } from '../../src/change/lines.ts'
import { lookupOf } from '../../src/change/lookup.ts'

const text = (words: string) =>
  words
    .split(' ')
    .map((word) => `${word}\n`)
    .join('')
const base = text('a b c d e f g h i j k l m n o p')
const head = text('a b X Y d e f g h i j k l n o P p')
const lookup = lookupOf({
  files: [
    { status: 'renamed', path: 'new.yaml', previousPath: 'old.yaml', hunks: diffLines(base, head) },
    { status: 'added', path: 'added.yaml', hunks: diffLines('', text('a b')) },
    { status: 'deleted', path: 'gone.yaml', hunks: diffLines(text('a b'), '') },
  ],
})

test('knows which files a change touches, and what they were called', () => {
  expect(['new.yaml', 'old.yaml', 'added.yaml', 'other.yaml'].map(lookup.isTouched)).toEqual([true, false, true, false])
  expect(['new.yaml', 'added.yaml', 'other.yaml'].map(lookup.previousPath)).toEqual(['old.yaml', 'added.yaml', 'other.yaml'])
})

test('knows the lines that come and go', () => {
  expect([...lookup.added('new.yaml')]).toEqual([3, 4, 16])
  expect([...lookup.removed('new.yaml')]).toEqual([3, 13])
  expect([...lookup.added('gone.yaml')]).toEqual([])
  expect([...lookup.removed('gone.yaml')]).toEqual([1, 2])
  expect([...lookup.added('other.yaml')]).toEqual([])
  expect(lookup.added('new.yaml')).toBe(lookup.added('new.yaml'))
})

test('knows what is shown on either side', () => {
  const shown = (side: 'base' | 'head') =>
    Array.from({ length: 20 }, (_, at) => at).filter((line) => lookup.isShown('new.yaml', line, side))
  expect(shown('base')).toEqual([1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16])
  expect(shown('head')).toEqual([1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17])
  expect(lookup.shown('new.yaml')).toEqual(shown('head'))
  expect([lookup.isShown('other.yaml', 1, 'head'), lookup.isShown('gone.yaml', 1, 'head'), lookup.isShown('gone.yaml', 2, 'base')]).toEqual(
    [false, false, true],
  )
  expect(lookup.shown('other.yaml')).toEqual([])
})

describe('the line of base that a line of head was', () => {
  const [old, now] = [base.split('\n'), head.split('\n')]
  test.each(Array.from({ length: 17 }, (_, at) => at + 1))('%i', (line) => {
    const before = lookup.baseLine('new.yaml', line)
    if ([3, 4, 16].includes(line)) expect(before).toBeUndefined()
    else expect(old[(before ?? 0) - 1]).toBe(now[line - 1])
  })

  test('is none in a file that is added, and the same in one that is not touched', () => {
    expect([1, 2, 9].map((line) => lookup.baseLine('added.yaml', line))).toEqual([undefined, undefined, undefined])
    expect(lookup.baseLine('other.yaml', 7)).toBe(7)
  })

  test('is moved by what stands above it', () => {
    const { baseLine } = lookupOf({
      files: [{ status: 'modified', path: 'a', hunks: diffLines(base, text(`Z Z ${base.replaceAll('\n', ' ').trim()}`)) }],
    })
    expect([1, 2, 3, 9, 18].map((line) => baseLine('a', line))).toEqual([undefined, undefined, 1, 7, 16])
  })
})
