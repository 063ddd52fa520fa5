// Git's patches read, and its paths.

import { describe, expect, test } from 'vitest'
import { parsePatch } from '../../src/change/patch.ts'
import { pathOfBytes, unquotePath } from '../../src/change/path.ts'

const read = (...lines: readonly string[]) => parsePatch(lines.join('\n')).files
const hunk = ['@@ -1,2 +1,2 @@ section', ' a', '-b', '+c']
const inHunk = { base: { start: 1, lines: 2 }, head: { start: 1, lines: 2 }, added: [2], removed: [2] }

describe('a patch', () => {
  test('of changed lines', () => {
    expect(read('diff --git a/x.yaml b/x.yaml', 'index 1..2 100644', '--- a/x.yaml', '+++ b/x.yaml', ...hunk, '')).toEqual([
      { status: 'modified', path: 'x.yaml', hunks: [inHunk] },
    ])
  })

  test('of two hunks, of one line each, and of no line at a file’s end', () => {
    const files = read(
      ...['diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -1 +1 @@', '-a', '\\ No newline at end of file', '+b'],
      ...['\\ No newline at end of file', '@@ -9,0 +10,2 @@', '+c', '+d'],
    )
    expect(files[0]?.hunks).toEqual([
      { base: { start: 1, lines: 1 }, head: { start: 1, lines: 1 }, added: [1], removed: [1] },
      { base: { start: 9, lines: 0 }, head: { start: 10, lines: 2 }, added: [10, 11], removed: [] },
    ])
  })

  test('of lines that look like headers', () => {
    const files = read(
      ...['diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -1,3 +1,3 @@', '--- a/y', '+++ b/y', ' diff --git a/z b/z', '-@@ -1 +1 @@'],
      ...['+@@ -2 +2 @@', 'diff --git a/y b/y', '--- a/y', '+++ b/y', ...hunk],
    )
    expect(files.map(({ path, hunks }) => [path, hunks.length, hunks[0]?.added])).toEqual([
      ['x', 1, [1, 3]],
      ['y', 1, [2]],
    ])
  })

  test.each<[string, readonly string[], object]>([
    ['a new file', ['diff --git a/x b/x', 'new file mode 100644', '--- /dev/null', '+++ b/x'], { status: 'added', path: 'x' }],
    ['an empty new file', ['diff --git a/x y b/x y', 'new file mode 100644', 'index 0..1'], { status: 'added', path: 'x y' }],
    ['a deleted file', ['diff --git a/x b/x', 'deleted file mode 100644', '--- a/x', '+++ /dev/null'], { status: 'deleted', path: 'x' }],
    ['a changed mode', ['diff --git a/x b/x', 'old mode 100644', 'new mode 100755'], { status: 'modified', path: 'x' }],
    ['a binary file', ['diff --git a/x b/x', 'index 1..2 100644', 'Binary files differ'], { status: 'modified', path: 'x' }],
    [
      'a renamed file',
      ['diff --git a/x b/y', 'similarity index 90%', 'rename from x', 'rename to y'],
      { status: 'renamed', path: 'y', previousPath: 'x' },
    ],
    ['a copy', ['diff --git a/x b/y', 'copy from x', 'copy to y'], { status: 'added', path: 'y' }],
    ['a path with spaces', ['diff --git a/x y b/x y', '--- a/x y\t', '+++ b/x y\t'], { status: 'modified', path: 'x y' }],
    ['a quoted path', ['diff --git "a/x\\ty" "b/x\\ty"', '--- "a/x\\ty"', '+++ "b/x\\ty"'], { status: 'modified', path: 'x\ty' }],
    ['a quoted path without lines', ['diff --git "a/x\\ty" "b/x\\ty"', 'new file mode 100644'], { status: 'added', path: 'x\ty' }],
    [
      'quoted names of a rename',
      ['diff --git "a/x\\ty" "b/z\\ty"', 'rename from "x\\ty"', 'rename to "z\\ty"'],
      { status: 'renamed', path: 'z\ty', previousPath: 'x\ty' },
    ],
  ])('of %s', (_, lines, file) => expect(read(...lines)).toEqual([{ ...file, hunks: [] }]))

  test.each([
    ['a new link', ['new file mode 120000', '--- /dev/null', '+++ b/x'], 'added'],
    ['a deleted link', ['deleted file mode 120000', '--- a/x', '+++ /dev/null'], 'deleted'],
    ['a link that leads elsewhere', ['index 1..2 120000', '--- a/x', '+++ b/x'], 'modified'],
    ['a submodule', ['index 1..2 160000', '--- a/x', '+++ b/x'], 'modified'],
    ['what becomes a link', ['old mode 100644', 'new mode 120000', '--- a/x', '+++ b/x'], 'modified'],
  ])('of %s has no lines', (_, lines, status) =>
    expect(read('diff --git a/x b/x', ...lines, ...hunk)).toEqual([{ status, path: 'x', hunks: [] }]),
  )

  test('of a file in whose place a link comes is one modified file without its lines', () => {
    const gone = ['diff --git a/x b/x', 'deleted file mode 100644', '--- a/x', '+++ /dev/null', '@@ -1,2 +0,0 @@', '-a', '-b']
    const came = ['diff --git a/x b/x', 'new file mode 120000', '--- /dev/null', '+++ b/x', '@@ -0,0 +1 @@', '+y']
    const removed = { base: { start: 1, lines: 2 }, head: { start: 0, lines: 0 }, added: [], removed: [1, 2] }
    expect(read(...gone, ...came)).toEqual([{ status: 'modified', path: 'x', hunks: [removed] }])
    expect(read(...came, ...gone).map(({ status }) => status)).toEqual(['added', 'deleted'])
    expect(read(...gone, ...came.map((line) => line.replaceAll('/x', '/y'))).map(({ path }) => path)).toEqual(['x', 'y'])
  })

  test('that is none gives nothing', () => {
    expect(read('')).toEqual([])
    expect(read('warning: x', ...hunk)).toEqual([])
    expect(read('noise', 'diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -1,9 +1,9 @@', ' a')[0]?.path).toBe('x')
  })
})

describe('a path', () => {
  test.each([
    ['a/b.yaml', 'a/b.yaml'],
    ['ü.yaml', 'ü.yaml'],
    ['"a\\tb"', 'a\tb'],
    ['"\\a\\b\\t\\n\\v\\f\\r"', '\u0007\b\t\n\v\f\r'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['"\\303\\274.yaml"', 'ü.yaml'],
    ['"\\377.yaml"', '\\xff.yaml'],
    ['"\\200\\303"', '\\x80\\xc3'],
    ['"a\\\\xff"', 'a\\x5cxff'],
    ['a\\xff', 'a\\x5cxff'],
    ['a\\xyz', 'a\\xyz'],
    ['"a\\18"', 'a18'],
    ['"\\477"', '477'],
  ])('%s is %j', (written, path) => expect(unquotePath(written)).toBe(path))

  test('of bytes is their text, and no two of them have the same', () => {
    expect(pathOfBytes(new TextEncoder().encode('ü/a.yaml'))).toBe('ü/a.yaml')
    expect(pathOfBytes(Uint8Array.of(0x61, 0xff))).toBe('a\\xff')
    expect(pathOfBytes(new TextEncoder().encode('a\\xff'))).toBe('a\\x5cxff')
    expect(pathOfBytes(Uint8Array.of(0x5c, 0x78, 0x66, 0x66, 0xff))).toBe('\\x5cxff\\xff')
  })
})
