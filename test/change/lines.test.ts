// The lines in which two texts differ.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffLines, lineEdits, unifiedPatch } from '../../src/change/lines.ts'
import { parsePatch } from '../../src/change/patch.ts'

/** One line for each letter. */
const lines = (letters: string) => [...letters].map((letter) => `${letter}\n`).join('')

describe('hunks', () => {
  test('of equal texts there are none', () => {
    expect(diffLines('', '')).toEqual([])
    expect(diffLines(lines('abc'), lines('abc'))).toEqual([])
  })

  test('show three lines around a change', () => {
    expect(diffLines(lines('abcdefghi'), lines('abcdXfghi'))).toEqual([
      { base: { start: 2, lines: 7 }, head: { start: 2, lines: 7 }, added: [5], removed: [5] },
    ])
  })

  test('end with the text', () => {
    expect(diffLines(lines('ab'), lines('aXb'))).toEqual([
      { base: { start: 1, lines: 2 }, head: { start: 1, lines: 3 }, added: [2], removed: [] },
    ])
  })

  test('name the line before where there is none to show', () => {
    expect(diffLines('', lines('ab'))).toEqual([{ base: { start: 0, lines: 0 }, head: { start: 1, lines: 2 }, added: [1, 2], removed: [] }])
    expect(diffLines(lines('ab'), '')).toEqual([{ base: { start: 1, lines: 2 }, head: { start: 0, lines: 0 }, added: [], removed: [1, 2] }])
  })

  test('are one where six lines or fewer lie between two changes', () => {
    expect(diffLines(lines('abcdefghij'), lines('XbcdefgYij'))).toHaveLength(1)
    expect(diffLines(lines('abcdefghij'), lines('XbcdefghYj'))).toEqual([
      { base: { start: 1, lines: 4 }, head: { start: 1, lines: 4 }, added: [1], removed: [1] },
      { base: { start: 6, lines: 5 }, head: { start: 6, lines: 5 }, added: [9], removed: [9] },
    ])
  })

  test('know a line without a line break from one with it', () => {
    expect(diffLines('a\nb', 'a\nb\n')).toEqual([{ base: { start: 1, lines: 2 }, head: { start: 1, lines: 2 }, added: [2], removed: [2] }])
  })
})

describe('edits', () => {
  test('say which lines become what', () => {
    expect(lineEdits(lines('abcd'), lines('aXYd'))).toEqual([{ line: 2, lines: 2, text: 'X\nY\n' }])
    expect(lineEdits(lines('ab'), lines('aXb'))).toEqual([{ line: 2, lines: 0, text: 'X\n' }])
    expect(lineEdits(lines('abc'), lines('ac'))).toEqual([{ line: 2, lines: 1, text: '' }])
    expect(lineEdits('a', 'a')).toEqual([])
  })

  test('make the one text of the other', () => {
    const some = fc.tuple(fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 }), fc.boolean())
    const textOf = ([all, ended]: readonly [readonly string[], boolean]) => all.join('\n') + (ended && all.length > 0 ? '\n' : '')
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [base, head] = [textOf(one), textOf(other)]
        const made = base.match(/[^\n]*\n|[^\n]+$/g)?.slice() ?? []
        for (const { line, lines: count, text } of [...lineEdits(base, head)].reverse()) made.splice(line - 1, count, text)
        expect(made.join('')).toBe(head)
      }),
    )
  })
})

describe('patches', () => {
  test('are as git writes them', () => {
    expect(unifiedPatch('a/b.yaml', lines('abcdefgh'), lines('abXdefgh'))).toBe(
      'diff --git a/a/b.yaml b/a/b.yaml\n--- a/a/b.yaml\n+++ b/a/b.yaml\n@@ -1,6 +1,6 @@\n a\n b\n-c\n+X\n d\n e\n f\n',
    )
    expect(unifiedPatch('a', 'x\n', 'x\n')).toBe('')
  })

  test('of a new file say so', () => {
    expect(unifiedPatch('a', '', 'x\ny')).toBe(
      'diff --git a/a b/a\nnew file mode 100644\n--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+x\n+y\n\\ No newline at end of file\n',
    )
  })

  test('name a line without a line break on either side', () => {
    expect(unifiedPatch('a', 'x\ny', 'x\nz\n')).toBe(
      'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x\n-y\n\\ No newline at end of file\n+z\n',
    )
    expect(unifiedPatch('a', 'x\ny', 'z\ny')).toContain('-x\n+z\n y\n\\ No newline at end of file\n')
  })

  test.each([['tab\there'], ['quo"te'], ['back\\slash']])('quote the path %j', (path) => {
    const patch = unifiedPatch(path, 'a\n', 'b\n')
    expect(patch).toContain(`--- ${JSON.stringify(`a/${path}`)}\n`)
    expect(parsePatch(patch).files.map((file) => file.path)).toEqual([path])
  })

  test('read back are the hunks they were made of', () => {
    const some = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 25 }).map((all) => all.map((line) => `${line}\n`).join(''))
    fc.assert(
      fc.property(some, some, (base, head) => {
        const hunks = parsePatch(unifiedPatch('x', base, head)).files.flatMap((file) => file.hunks)
        expect(hunks).toEqual(diffLines(base, head))
      }),
    )
  })
})
