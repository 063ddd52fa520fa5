// Files that are taken for others under a new path, and what lies between two trees.

import { describe, expect, test } from 'vitest'
import { diffTrees } from '../../src/change/compare-trees.ts'
import { findRenames } from '../../src/change/renames.ts'
import { type Files, treeOf } from '../discover/tree.ts'

const renames = (base: Files, head: Files) =>
  Object.fromEntries(findRenames({ tree: treeOf(base), paths: Object.keys(base) }, { tree: treeOf(head), paths: Object.keys(head) }))
/** As many lines, of which the first ones differ by the word. */
const lines = (count: number, different: number, word: string) =>
  Array.from({ length: count }, (_, at) => (at < different ? `${word} line ${at}\n` : `same line ${at}\n`)).join('')

describe('a file under another path', () => {
  test('is the one of equal content', () => {
    expect(renames({ 'a.yaml': 'x\n' }, { 'b.yaml': 'x\n' })).toEqual({ 'b.yaml': 'a.yaml' })
    expect(renames({ 'a.yaml': 'x\n' }, { 'b.yaml': 'y\n' })).toEqual({})
  })

  test('is the one of the same name where several are equal, and each only once', () => {
    expect(
      renames({ 'one/a.yaml': 'x\n', 'one/b.yaml': 'x\n' }, { 'two/b.yaml': 'x\n', 'two/a.yaml': 'x\n', 'two/c.yaml': 'x\n' }),
    ).toEqual({
      'two/a.yaml': 'one/a.yaml',
      'two/b.yaml': 'one/b.yaml',
    })
    expect(renames({ 'a.yaml': 'x\n', 'b.yaml': 'x\n' }, { 'c.yaml': 'x\n', 'd.yaml': 'x\n' })).toEqual({
      'c.yaml': 'a.yaml',
      'd.yaml': 'b.yaml',
    })
  })

  test.each([
    [4, { 'b.yaml': 'a.yaml' }],
    [6, {}],
  ])('is one that shares half of its lines: %i of ten differ', (different, expected) => {
    expect(renames({ 'a.yaml': lines(10, different, 'base') }, { 'b.yaml': lines(10, different, 'head') })).toEqual(expected)
  })

  test('is the one that is most alike', () => {
    const base = { 'far.yaml': lines(20, 8, 'far'), 'near.yaml': lines(20, 2, 'near') }
    expect(renames(base, { 'new.yaml': lines(20, 1, 'new') })).toEqual({ 'new.yaml': 'near.yaml' })
    expect(renames({ 'near.yaml': base['near.yaml'], 'far.yaml': base['far.yaml'] }, { 'new.yaml': lines(20, 1, 'new') })).toEqual({
      'new.yaml': 'near.yaml',
    })
  })

  test('is the one of the same name where two are equally alike', () => {
    const base = { 'one/a.yaml': lines(10, 1, 'one'), 'one/b.yaml': lines(10, 1, 'two') }
    expect(renames(base, { 'new/b.yaml': lines(10, 1, 'new') })).toEqual({ 'new/b.yaml': 'one/b.yaml' })
    expect(renames(base, { 'new/a.yaml': lines(10, 1, 'new') })).toEqual({ 'new/a.yaml': 'one/a.yaml' })
  })

  test('counts each line as often as both hold it', () => {
    expect(renames({ 'a.yaml': 'x\n'.repeat(10) + lines(20, 20, 'base') }, { 'b.yaml': 'x\n'.repeat(30) + lines(10, 10, 'head') })).toEqual(
      {},
    )
  })

  test('is none of another size altogether, none that is empty, and none of a kind that cannot be read', () => {
    expect(renames({ 'a.yaml': lines(10, 0, '') }, { 'b.yaml': lines(30, 0, '') })).toEqual({})
    expect(renames({ 'a.yaml': '', 'b.yaml': 'x' }, { 'c.yaml': 'y' })).toEqual({})
    expect(renames({ 'a.yaml': { kind: 'missing' } }, { 'b.yaml': 'x' })).toEqual({})
  })

  test('is only an equal one where there are too many to compare', () => {
    const many = (word: string) =>
      Object.fromEntries(Array.from({ length: 401 }, (_, at) => [`${word}/${at}.yaml`, lines(10, 1, `${word} ${at}`)]))
    expect(renames({ ...many('base'), 'equal.yaml': 'x\n' }, { ...many('head'), 'moved.yaml': 'x\n' })).toEqual({
      'moved.yaml': 'equal.yaml',
    })
  })

  test('is only an equal one where it is very large', () => {
    const large = (word: string) => `${word}\n${'same\n'.repeat(220_000)}`
    expect(renames({ 'a.yaml': large('a') }, { 'b.yaml': large('b') })).toEqual({})
    expect(renames({ 'a.yaml': large('a') }, { 'b.yaml': large('a') })).toEqual({ 'b.yaml': 'a.yaml' })
  })
})

describe('between two trees lie', () => {
  const told = (base: Files, head: Files) =>
    diffTrees(treeOf(base), treeOf(head)).files.map(({ status, path, previousPath, hunks }) =>
      [status, path, previousPath, hunks.map(({ added, removed }) => `+${added} -${removed}`).join(' ')]
        .filter((one) => one !== undefined)
        .join(' '),
    )

  test('files that came, went, changed and moved, by path', () => {
    expect(
      told(
        { 'same.yaml': 'a\n', 'old.yaml': lines(9, 0, ''), 'gone.yaml': 'x\n', 'edited.yaml': 'a\nb\n' },
        { 'same.yaml': 'a\n', 'new.yaml': `${lines(9, 0, '')}more\n`, 'came.yaml': 'y\n', 'edited.yaml': 'a\nc\n' },
      ),
    ).toEqual(['added came.yaml +1 -', 'modified edited.yaml +2 -2', 'deleted gone.yaml + -1', 'renamed new.yaml old.yaml +10 -'])
  })

  test('no lines of what is binary, not at hand, or leads elsewhere', () => {
    expect(
      told(
        { 'bin.yaml': Uint8Array.of(0, 1), 'far.yaml': { kind: 'missing' }, 'link.yaml': 'a\n', 'sub.yaml': { kind: 'submodule' } },
        { 'bin.yaml': Uint8Array.of(0, 2), 'far.yaml': 'a\n', 'link.yaml': { kind: 'symlink' }, 'sub.yaml': 'b\n' },
      ),
    ).toEqual(['modified bin.yaml ', 'modified far.yaml ', 'modified link.yaml + -1', 'modified sub.yaml +1 -'])
  })

  test('a file that was there, though it holds now what another one held', () => {
    expect(told({ 'a.yaml': 'a\n', 'b.yaml': 'b\n' }, { 'b.yaml': 'a\n' })).toEqual(['deleted a.yaml + -1', 'modified b.yaml +1 -1'])
  })

  test('no lines of what is not at hand any more', () => {
    expect(told({ 'a.yaml': 'a\n' }, { 'a.yaml': { kind: 'missing' } })).toEqual(['modified a.yaml '])
  })

  test('a link is no file that moved', () => {
    expect(told({ 'a.yaml': { kind: 'symlink' } }, { 'b.yaml': { kind: 'symlink' } })).toEqual(
      ['deleted a.yaml ', 'added b.yaml '].sort((a, b) => (a.slice(-7) < b.slice(-7) ? -1 : 1)),
    )
  })

  test('what a byte makes another line', () => {
    expect(told({ 'a.yaml': Uint8Array.of(0xe4, 10) }, { 'a.yaml': Uint8Array.of(0xf6, 10) })).toEqual(['modified a.yaml +1 -1'])
    expect(told({ 'a.yaml': 'a\n' }, { 'a.yaml': 'a\n' })).toEqual([])
  })
})
