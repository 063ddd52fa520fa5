// The fast reader beside the general one: the same value at the same places, or no word at all.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Span } from '../../src/text/position.ts'
import { construct } from '../../src/yaml/construct.ts'
import { ReadFailure } from '../../src/yaml/failure.ts'
import { readFast } from '../../src/yaml/fast.ts'
import { positionsOf } from '../../src/yaml/positions.ts'
import { splitDocuments } from '../../src/yaml/split.ts'

const manifest = `# A comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "web"
  labels: { app: web, "tier": 'front end', empty: '' }
  annotations:
    note: |-
      two lines

        of text
    folded: >
      one
      line

spec:
  replicas: 3 # trailing
  paused: no
  port: 0x1F
  template:
    spec:
      containers:
      - name: app
        image: registry.example/app:1.0
        args: [--flag, "-x", '', [], {}]
        command:
          - sh
          - "-c"
          - |
            echo 'it''s'
            exit 1
      -   name: 'it''s'
          env:
      # nothing between
      - name: "a\\tb"
        resources: {}
        empty:
        list:
          -
          - - nested
            - ~
      volumes: null
`

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

const word = fc.constantFrom(
  ...[
    'a',
    'name',
    'b c',
    '1',
    '-1',
    '0x1F',
    '1_0',
    'true',
    'no',
    '~',
    'null',
    '1.5',
    '.5',
    '-',
    '--x',
    '-x',
    'a:b',
    'http://x',
    'a#b',
    'a #b',
  ],
  ...[
    '"q"',
    '"a: b"',
    '"\\n\\t\\\\"',
    '"\\x41"',
    '"\\ud83d\\ude00"',
    "'s'",
    "'it''s'",
    '""',
    "''",
    '"a',
    "'a",
    '"a" b',
    "'a' # c",
    '"a"#c',
    'ü',
    '😀',
  ],
  ...[
    '[]',
    '{}',
    '[a, b]',
    '[a, ]',
    '[a,, b]',
    '[,]',
    '{a: b}',
    '{a: }',
    '{a}',
    '{a:b}',
    '{"a": 1, b: [2, {c: d}]}',
    '[a: b]',
    '[a',
    '[a]b',
    '[-]',
    '[- a]',
  ],
  ...[
    '{a: 1, a: 2}',
    '[a #b]',
    '["a":b]',
    '{"a":1}',
    '{ }',
    '[ ]',
    '[[]]',
    '[a]: b',
    '{a: b}: c',
    '{{ x }}',
    '<<',
    '*a',
    '&a b',
    '!t b',
    '@',
    '`',
    '%',
    '?',
    '? a',
  ],
  ...[
    '|',
    '>',
    '|-',
    '>-',
    '|+',
    '|2',
    '| # c',
    '|x',
    '- a',
    '- - a',
    '- a: b',
    'a: b',
    'a: b: c',
    ':',
    ':a',
    'a:',
    '"a" : b',
    '# c',
    '.inf',
    '...',
    '---x',
    '\t',
  ],
)
const key = fc.constantFrom('a', 'b', 'c d', 'e', '"f"', "'g'", 'h ', '-i', 'a.b/c', '1', 'true', '<<', '...', '__proto__', 'toString', 'ö')
const indent = fc.constantFrom('', '', '  ', '  ', '    ', '      ', ' ', '\t')
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '', '\t', ' # c\n')
const line = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(indent, key, gap, word).map(([before, name, between, value]) => `${before}${name}:${between}${value}`) },
  { weight: 2, arbitrary: fc.tuple(indent, key).map(([before, name]) => `${before}${name}:`) },
  { weight: 3, arbitrary: fc.tuple(indent, gap, word).map(([before, between, value]) => `${before}-${between}${value}`) },
  { weight: 2, arbitrary: fc.tuple(indent, key, word).map(([before, name, value]) => `${before}- ${name}: ${value}`) },
  { weight: 1, arbitrary: fc.tuple(indent, word).map(([before, value]) => `${before}${value}`) },
  fc.constantFrom('', '', '  ', '# c', '  # c', '-', '  -', '...', '%', '\ufeff', 'x\u0001', 'x\r'),
)
const lines = fc.array(line, { maxLength: 9 }).chain((all) => fc.constantFrom(`${all.join('\n')}\n`, all.join('\n')))

test('whatever lines stand below each other', () => {
  fc.assert(
    fc.property(lines, (text) => {
      expect(differenceIn(text)).toBeUndefined()
    }),
    { numRuns: 4_000 },
  )
})

/** Text that holds together, written as people do: nearly all of it is read fast. */
const tree: fc.Memo<string> = fc.memo((depth) => {
  const leaf = fc.constantFrom(' a\n', ' "b" # c\n', " 'it''s'\n", ' 12\n', '\n', ' [a, {b: c}]\n', ' {}\n', ' |\n')
  if (depth <= 1) return leaf
  const inner = tree(depth - 1)
  const names = fc.uniqueArray(key, { minLength: 1, maxLength: 3 })
  const mapping = names.chain((keys) =>
    fc
      .array(inner, { minLength: keys.length, maxLength: keys.length })
      .map((values) => `\n${keys.map((name, at) => `${name}:${deeper(values[at] ?? '')}`).join('')}`),
  )
  const list = fc.array(inner, { minLength: 1, maxLength: 3 }).map((values) => `\n${values.map((value) => `-${deeper(value)}`).join('')}`)
  return fc.oneof(leaf, mapping, list)
})

function deeper(value: string): string {
  return value === ' |\n' ? ' |\n  x\n\n   y\n' : value.replace(/\n(?=.)/g, '\n  ')
}

test('whatever is nested, and whatever one slip makes of it', () => {
  const slip = fc.record({
    at: fc.nat(400),
    cut: fc.nat(2),
    put: fc.constantFrom('', ' ', '\n', '  ', '-', ':', '#', '"', "'", '\t', '[', '}', ',', '- ', ': ', '|', 'a'),
  })
  fc.assert(
    fc.property(tree(4), fc.array(slip, { maxLength: 2 }), (nested, slips) => {
      const text = slips.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), nested)
      expect(differenceIn(text)).toBeUndefined()
    }),
    { numRuns: 4_000 },
  )
})

test('whatever one slip makes of a manifest', () => {
  const slip = fc.record({
    at: fc.nat(manifest.length),
    cut: fc.nat(3),
    put: fc.constantFrom('', ' ', '\n', '-', ':', '#', '"', "'", '\n---\n', '{', ']', '\t', '|\n'),
  })
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => {
      const text = slips.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), manifest)
      expect(differenceIn(text)).toBeUndefined()
    }),
    { numRuns: 2_000 },
  )
})

/** What the two readers make differently of a text; undefined where nothing. */
function differenceIn(text: string): unknown {
  for (const span of splitDocuments(text)) {
    const value = readFast(text, span)
    if (value === undefined) continue
    const general = generally(text, span)
    if ('failure' in general) return general
    if (general.duplicates.length > 0) return general.duplicates
    const fast = placed(value)
    if (fast !== placed(general.value)) return { fast, general: placed(general.value) }
  }
  return undefined
}

function generally(text: string, span: Span) {
  try {
    return construct(text, span)
  } catch (thrown) {
    if (thrown instanceof ReadFailure) return { failure: thrown.failure }
    throw thrown
  }
}

/** A value with the places of all its parts as one text. */
function placed(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)} ${placed(part)}`)
  return `${Array.isArray(value) ? 'list' : 'mapping'} ${JSON.stringify(positionsOf(value))} (${parts.join(', ')})`
}
