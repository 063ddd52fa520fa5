// Edits of a document as a person would make them: nothing changes but what is meant.

import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/yaml/change.ts'
import { editDocument } from '../../src/yaml/edit.ts'

/** `changes` made in `before`: the text, or why not. */
function edited(before: string, ...changes: readonly Change[]): string {
  const result = editDocument(before, changes)
  return 'text' in result ? result.text : `refused: ${result.refused}`
}

const set = (pointer: string, value: Extract<Change, { op: 'set' }>['value']): Change => ({ op: 'set', pointer, value })
/** With a comment for people. */
const noted = (pointer: string, value: string): Change => ({ op: 'set', pointer, value, note: 'v1' })
const append = (pointer: string, value: Extract<Change, { op: 'append' }>['value']): Change => ({ op: 'append', pointer, value })
const remove = (pointer: string): Change => ({ op: 'remove', pointer })
const removeItem = (pointer: string, item: Extract<Change, { op: 'set' }>['value']): Change => ({ op: 'remove', pointer, item })

describe('a value is set', () => {
  test.each<[string, string, Change, string]>([
    ['in place, its comment stays', 'a: 1 # one\nb: 2\n', set('/a', 3), 'a: 3 # one\nb: 2\n'],
    ['in the quotes of the one before', 'a: \'x\'\nb: "y"\n', set('/a', 'z'), 'a: \'z\'\nb: "y"\n'],
    ['as a boolean where a quoted word stood', 'a: "true"\n', set('/a', true), 'a: true\n'],
    ['in quotes where it would be read as something else', 'a: x\n', set('/a', 'yes'), 'a: "yes"\n'],
    ['where none was', 'a:\nb: 2\n', set('/a', true), 'a: true\nb: 2\n'],
    ['where none was, before a comment', 'a: # why\nb: 2\n', set('/a', true), 'a: true # why\nb: 2\n'],
    ['with the mappings above it', 'a: 1\n', set('/b/c/d', true), 'a: 1\nb:\n  c:\n    d: true\n'],
    ['into an empty mapping', 'a: {} # none yet\nb: 2\n', set('/a/c', true), 'a: # none yet\n  c: true\nb: 2\n'],
    ['below a key without value', 'a: # none yet\nb: 2\n', set('/a/c', true), 'a: # none yet\n  c: true\nb: 2\n'],
    ['into brackets', 'a: {b: 1, c: 2}\n', set('/a/d', 'x'), 'a: {b: 1, c: 2, d: x}\n'],
    ['into brackets with spaces', 'a: { b: 1 }\n', set('/a/d/e', true), 'a: { b: 1, d: { e: true } }\n'],
    ['in place of a list in brackets', 'a: ["*"]\nb: 1\n', set('/a', ['get', 'list']), 'a: ["get", "list"]\nb: 1\n'],
    ['in place of a list', 'a:\n- x\n- y\nb: 1\n', set('/a', ['get']), 'a:\n- get\nb: 1\n'],
    ['in place of a text of many lines', 'a: |\n  x\n  y\nb: 1\n', set('/a', 'z'), 'a: z\nb: 1\n'],
    ['in place of a mapping', 'a: # why\n  x: 1\n\nb: 1\n', set('/a', 'z'), 'a: z # why\n\nb: 1\n'],
    ['in an item', 'a:\n  - x\n  - y\n', set('/a/1', 'z'), 'a:\n  - x\n  - z\n'],
    ['behind a dash', 'a:\n  - name: x\n', set('/a/0/b', true), 'a:\n  - name: x\n    b: true\n'],
    ['at the end of a file without a line break', 'a: 1', set('/b', 2), 'a: 1\nb: 2'],
    ['with the line breaks of the file', 'a: 1\r\nb:\r\n  c: 2\r\n', set('/b/d/e', 3), 'a: 1\r\nb:\r\n  c: 2\r\n  d:\r\n    e: 3\r\n'],
    ['with the indentation of the file', 'a:\n    b: 1\n', set('/a/c/d', 2), 'a:\n    b: 1\n    c:\n        d: 2\n'],
    ['with a note', 'a:\n  - x\nb: 1\n', noted('/a/0', 'z'), 'a:\n  - z # v1\nb: 1\n'],
    ['with a note where one stands', 'a: x # why\n', noted('/a', 'z'), 'a: z # why\n'],
    ['with a note that has no room', 'a: {b: x}\n', noted('/a/b', 'z'), 'a: {b: z}\n'],
    ['with a note that JSON does not know', '{\n  "a": "x"\n}\n', noted('/a', 'y'), '{\n  "a": "y"\n}\n'],
    [
      'behind what names an item, in the alphabet',
      'a:\n  - name: x\n    newName: y\n    newTag: z\n',
      set('/a/0/digest', 'd'),
      'a:\n  - name: x\n    newName: y\n    newTag: z\n    digest: d\n',
    ],
    ['in the alphabet', 'a: 1\nc: 2\nd: 3\n', set('/b', 4), 'a: 1\nb: 4\nc: 2\nd: 3\n'],
    ['before what is long', 'name: x\nimage: y\nenv:\n  - a\n', set('/b', 4), 'name: x\nimage: y\nb: 4\nenv:\n  - a\n'],
    ['before a text that keeps its empty lines', 'k: 1\na: |+\n  x\n\n', set('/b', 4), 'k: 1\nb: 4\na: |+\n  x\n\n'],
    [
      'beside a merge key, in place of what it brings',
      'b: &b { x: 1 }\nm:\n  <<: *b\n  y: 2\n',
      set('/m/x', 3),
      'b: &b { x: 1 }\nm:\n  <<: *b\n  y: 2\n  x: 3\n',
    ],
    [
      'in place of an empty block, whose example stands below it',
      'a: {}\n#  b: true\n#  c: 2\nd: 1\n',
      set('/a', { b: true }),
      'a:\n  b: true\n#  c: 2\nd: 1\n',
    ],
    [
      'in the place of a comment that says it as an example',
      'a:\n  b: 1\n  # c: true\n  # d: 2\ne: 1\n',
      set('/a/c', true),
      'a:\n  b: 1\n  c: true\n  # d: 2\ne: 1\n',
    ],
    [
      'in that place with the line breaks of the file',
      'a:\r\n  b: 1\r\n #  c: true\r\n',
      set('/a/c', true),
      'a:\r\n  b: 1\r\n  c: true\r\n',
    ],
    [
      'beside a comment that says something else',
      'a:\n  b: 1\n  # c: false\ne: 1\n',
      set('/a/c', true),
      'a:\n  b: 1\n  c: true\n  # c: false\ne: 1\n',
    ],
    [
      'beside a comment that says it of another block',
      'a:\n  b:\n    x: 1\n    # c: true\n    y: 1\ne: 1\n',
      set('/a/c', true),
      'a:\n  c: true\n  b:\n    x: 1\n    # c: true\n    y: 1\ne: 1\n',
    ],
    [
      'in place of an empty block with an example in a file of Windows',
      'a: {}\r\n# b: 1\r\nd: 1\r\n',
      set('/a', { b: 1 }),
      'a:\r\n  b: 1\r\nd: 1\r\n',
    ],
    ['in JSON', '{"a": {"b": 1}}\n', set('/a/c/d', [true]), '{"a": {"b": 1, "c": {"d": [true]}}}\n'],
    [
      'in JSON of many lines',
      '{\n  "a": {\n    "b": 1\n  }\n}\n',
      set('/a/c/d', true),
      '{\n  "a": {\n    "b": 1,\n    "c": {\n      "d": true\n    }\n  }\n}\n',
    ],
    [
      'in place of a block that stands in JSON of many lines',
      '{\n    "a": {\n        "c": true\n    }\n}\n',
      set('/a', { c: true, d: { e: ['x'] } }),
      '{\n    "a": {\n        "c": true,\n        "d": {\n            "e": [\n                "x"\n            ]\n        }\n    }\n}\n',
    ],
    ['in empty JSON of many lines', '{\n  "a": {},\n  "b": 1\n}\n', set('/a/c', 'x'), '{\n  "a": {\n    "c": "x"\n  },\n  "b": 1\n}\n'],
    ['in empty JSON', '{"a": {}}\n', set('/a/c', 'x'), '{"a": {"c": "x"}}\n'],
  ])('%s', (_, before, change, after) => {
    expect(edited(before, change)).toBe(after)
    expect(edited(after, change)).toBe(after)
  })
})

describe('an item is added', () => {
  test.each<[string, string, Change, string]>([
    ['to a list', 'a:\n  - x # one\nb: 1\n', append('/a', 'w'), 'a:\n  - x # one\n  - w\nb: 1\n'],
    ['to a list at the column of its key', 'a:\n- x\nb: 1\n', append('/a', 'w'), 'a:\n- x\n- w\nb: 1\n'],
    ['to brackets', 'a: [x]\n', append('/a', 'w'), 'a: [x, w]\n'],
    ['in quotes like the others', 'a: ["x"]\n', append('/a', 'w'), 'a: ["x", "w"]\n'],
    ['to an empty list', 'a: []\n', append('/a', 'w'), 'a:\n  - w\n'],
    ['where there is no list', 'b: 1\n', append('/a/c', 'w'), 'b: 1\na:\n  c:\n    - w\n'],
    ['as a mapping', 'a:\n  - name: x\n', append('/a', { name: 'w', d: {} }), 'a:\n  - name: x\n  - name: w\n    d: {}\n'],
    ['never twice', 'a: [x]\n', append('/a', 'x'), 'a: [x]\n'],
  ])('%s', (_, before, change, after) => {
    expect(edited(before, change)).toBe(after)
    expect(edited(after, change)).toBe(after)
  })
})

describe('something is removed', () => {
  test.each<[string, string, Change, string]>([
    ['a key with its line', 'a: 1\n# about b\nb: 2 # two\nc: 3\n', remove('/b'), 'a: 1\n# about b\nc: 3\n'],
    ['a key with the comment that is about it alone', 'a: 1\n\n# about b\n# and why\nb: 2 # two\n', remove('/b'), 'a: 1\n\n'],
    ['a key with its comment before another paragraph', 'a: 1\n\n# about b\nb: 2\n\nc: 3\n', remove('/b'), 'a: 1\n\n\nc: 3\n'],
    ['a key with its comment before another comment', 'a: 1\n\n# b\nb: 2\n# c\nc: 3\n', remove('/b'), 'a: 1\n\n# c\nc: 3\n'],
    ['a key with its comment before what is further left', 'a:\n  x: 1\n\n  # b\n  b: 2\nc: 3\n', remove('/a/b'), 'a:\n  x: 1\n\nc: 3\n'],
    ['a key, but no comment that its neighbour shares', 'a: 1\n\n# both\nb: 2\nc: 3\n', remove('/b'), 'a: 1\n\n# both\nc: 3\n'],
    ['a key, but no comment behind its neighbour', 'a: 1\n# what for\nb: 2\n', remove('/b'), 'a: 1\n# what for\n'],
    ['a key, but no comment of another column', 'a:\n  x: 1\n\n# c\n  b: 2\nc: 3\n', remove('/a/b'), 'a:\n  x: 1\n\n# c\nc: 3\n'],
    ['a key, but no comment apart from it', 'a: 1\n\n# apart\n\nb: 2\n', remove('/b'), 'a: 1\n\n# apart\n\n'],
    ['a key, but not the head of the file', '# licence\nb: 2\n\nc: 3\n', remove('/b'), '# licence\n\nc: 3\n'],
    ['a key with its comment and CRLF', 'a: 1\r\n\r\n# b\r\nb: 2', remove('/b'), 'a: 1\r\n'],
    ['a key with what is below it', 'a: 1\nb:\n  c:\n    - 1\nd: 3\n', remove('/b'), 'a: 1\nd: 3\n'],
    ['the last key of the file', 'a: 1\nb: 2', remove('/b'), 'a: 1'],
    ['the last key of a file with CRLF', 'a: 1\r\nb: 2', remove('/b'), 'a: 1'],
    ['the only key with its comment', 'a:\n  b: 1 # why\nc: 2\n', remove('/a/b'), 'a: {}\nc: 2\n'],
    ['the key behind a dash', 'a:\n  - b: 1\n    c: 2\n', remove('/a/0/b'), 'a:\n  - c: 2\n'],
    ['a key in brackets', 'a: {b: 1, c: 2}\n', remove('/a/b'), 'a: {c: 2}\n'],
    ['the last key in brackets', 'a: {b: 1, c: 2}\n', remove('/a/c'), 'a: {b: 1}\n'],
    ['the only key in brackets', 'a: {b: 1}\n', remove('/a/b'), 'a: {}\n'],
    ['a line of JSON', '{\n  "a": 1,\n  "b": 2\n}\n', remove('/b'), '{\n  "a": 1\n}\n'],
    ['an item', 'a:\n  - x\n  - why # two\n  - z\n', removeItem('/a', 'why'), 'a:\n  - x\n  - z\n'],
    ['the only item', 'a:\n  - x\nb: 1\n', removeItem('/a', 'x'), 'a: []\nb: 1\n'],
    ['an item of several lines', 'a:\n  - name: x\n    m: 1\n  - name: y\n', removeItem('/a', { name: 'x', m: 1 }), 'a:\n  - name: y\n'],
    ['what is not there', 'a: 1\n', remove('/b/c'), 'a: 1\n'],
  ])('%s', (_, before, change, after) => {
    expect(edited(before, change)).toBe(after)
    expect(edited(after, change)).toBe(after)
  })
})

test('a key gets another name', () => {
  expect(edited('a: 1 # x\n"b": 2\n', { op: 'rename', pointer: '/a', key: 'c' })).toBe('c: 1 # x\n"b": 2\n')
  expect(edited('a: 1\nb: 2\n', { op: 'rename', pointer: '/a', key: 'b' })).toBe('refused: "b" is there already')
})

test('of a key that stands twice the one that counts stays', () => {
  expect(edited('a: 1 # lost\nb: 2\na: 3\n', { op: 'deduplicate', pointer: '/a' })).toBe('b: 2\na: 3\n')
})

describe('an anchor', () => {
  const pair = 'one: &c\n  a: 1\ntwo: *c\n'
  test('that others use too is left alone', () =>
    expect(edited(pair, set('/one/a', 2))).toMatch(/^refused: the same text stands for other/))
  test('is edited where every user of it is meant', () => {
    expect(edited(pair, set('/one/a', 2), set('/two/a', 2))).toBe('one: &c\n  a: 2\ntwo: *c\n')
    expect(edited(pair, set('/two/a', 2), set('/one/a', 2))).toMatch(/^refused: the value is an alias/)
  })
  test('that nobody uses is no hindrance', () => expect(edited('one: &c\n  a: 1\n', set('/one/b', 2))).toBe('one: &c\n  a: 1\n  b: 2\n'))
  test('is not lost', () => expect(edited('a: &x 1\nb: *x\n', set('/a', 2))).toMatch(/^refused/))
})

test('what is no mapping is not written into', () => {
  expect(edited('a: 1\n', set('/a/b', 2))).toBe('refused: a mapping is wanted above "b", and a single value stands there')
  expect(edited('a: [\n', set('/a', 2))).toMatch(/^refused/)
  expect(edited('a:\n  # why\n  - x\n', set('/a', ['w']))).toBe('a:\n  # why\n  - w\n')
  expect(edited('a:\n  - x\n  # why\n  - z\n', set('/a', ['w']))).toBe('refused: a comment stands inside what would be replaced')
})
