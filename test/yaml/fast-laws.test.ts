// The fast reader beside the general one: the same value at the same places, or no word at all.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceIn, manifest } from './readers.ts'

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
