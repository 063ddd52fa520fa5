// What the fast reader takes, and what it leaves to the general one.

import { expect, test } from 'vitest'
import { readFast } from '../../src/yaml/fast.ts'
import { differenceIn, manifest } from './readers.ts'

test('a manifest as people write it is read fast, and as the general reader does', () => {
  expect(differenceIn(manifest)).toBeUndefined()
  expect(readFast(manifest, { start: 0, end: manifest.length })).toMatchObject({ kind: 'Deployment', spec: { replicas: 3, paused: false } })
})

test.each([
  ['an anchor', 'a: &x 1\nb: 2\n'],
  ['an alias', 'a: *x\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a merge key', 'a:\n  <<: {}\n'],
  ['a key that stands twice', 'a: 1\na: 2\n'],
  ['a plain text over two lines', 'a: b\n  c\n'],
  ['a quoted text over two lines', 'a: "b\n  c"\n'],
  ['a key with a question mark', '? a\n: b\n'],
  ['a tab before a value', 'a:\tb\n'],
  ['a list over two lines in brackets', 'a: [1,\n  2]\n'],
  ['a placeholder', 'a: {{ .Values.a }}\n'],
  ['a key without a text', 'true: a\n'],
  ['a prototype', '__proto__: a\n'],
  ['a directive', '%YAML 1.2\n'],
  ['the end of a document', 'a: b\n...\n'],
  ['carriage returns', 'a: b\r\n'],
  ['an explicit indentation', 'a: |2\n    b\n'],
  ['indentation that fits nowhere', 'a:\n    b: 1\n  c: 2\n'],
  ['half a character', 'a: "\\ud800"\n'],
  ['text alone', 'a\n'],
  ['infinity', 'a: .inf\n'],
])('%s is left to the general reader', (_, text) => {
  expect(readFast(text, { start: 0, end: text.length })).toBeUndefined()
})

test('nesting without end is left to the general reader', () => {
  expect(readFast(`a: ${'['.repeat(5_000)}\n`, { start: 0, end: 5_004 })).toBeUndefined()
  expect(readFast(`${'- '.repeat(5_000)}a\n`, { start: 0, end: 10_002 })).toBeUndefined()
})
