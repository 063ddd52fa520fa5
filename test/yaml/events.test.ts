// Lines that are indented less than what they belong to, as Go's parser reads them (sigs.k8s.io/yaml 1.6.0).

import { expect, test } from 'vitest'
import { parseYaml } from '../../src/yaml/parse.ts'
import { positionsOf } from '../../src/yaml/positions.ts'

test.each([
  ["a:\n  b: 'x\n y'\nc: 1\n", { a: { b: 'x y' }, c: 1 }],
  ["a:\n  b: 'x\ny'\nc: 1\n", { a: { b: 'x y' }, c: 1 }],
  ['a:\n  b: "x\ny\\\n z"\nc: 1\n', { a: { b: 'x yz' }, c: 1 }],
  ["a:\n    b: '[\n       {1}\n  ]'\n", { a: { b: '[ {1} ]' } }],
  ['a:\n  b: [1,\n2\n]\nc: 2\n', { a: { b: [1, 2] }, c: 2 }],
  ["a:\n  b: 'x\n\n\ny'\n", { a: { b: 'x\n\ny' } }],
  ["a:\n  - 'x\n\ty'\n", { a: ['x y'] }],
  ["a:\n  b: 'x\n# no\n  y'\n", { a: { b: 'x # no y' } }],
  ["a:\n  b: 'x\n    # no\n y'\n", { a: { b: 'x # no y' } }],
  ['a:\n  b: [\n    "1",\n    # 2,\n  ]\n', { a: { b: ['1'] } }],
  ['a:\n  b: [\n    "1",\n# x: [ it\'s\n    "2", # "3"\n  ]\n', { a: { b: ['1', '2'] } }],
  ['a:\n  b: [ "# 1", #why\n"2"   # [\n  , z#1, # ]\n\n  # end\n ]\n', { a: { b: ['# 1', '2', 'z#1'] } }],
  ['a:\n  b: ["x\n    # y",\n z]\n', { a: { b: ['x # y', 'z'] } }],
])('%j', (text, value) => {
  expect(parseYaml(text).map((document) => document.error ?? document.value)).toEqual([value])
})

test('a plain value that is indented less is still refused, with its place', () => {
  const [document] = parseYaml('a:\n  b: x\ny\n')
  expect(document?.error).toMatchObject({ code: 'syntax' })
})

test('the place of a joined value is that of its text', () => {
  const text = "a:\n  b: 'x\ny'\nc: 1\n"
  const value = parseYaml(text)[0]?.value as { a: object }
  const span = positionsOf(value.a)
  expect(span).toBeDefined()
  expect(JSON.stringify(span)).toContain(String(text.indexOf("'x")))
})

test('ten thousand such lines end in time, read or refused', () => {
  const text = `a:\n  b: "${'x\n'.repeat(10_000)}"\n`
  expect(parseYaml(text)).toHaveLength(1)
})
