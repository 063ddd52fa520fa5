import fc from 'fast-check'
import { valid } from 'semver'
import { expect, test } from 'vitest'
import { isExact } from '../../src/render/exact-version.ts'

test('a version is what semver takes for one', () => {
  const part = fc.constantFrom(
    '1',
    '0',
    '02',
    '10',
    '',
    'v',
    '=',
    ' ',
    '.',
    '-',
    '+',
    'x',
    '*',
    'rc',
    'alpha.1',
    '^',
    '~',
    '>=',
    ',',
    '1.2.3',
    'a_b',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const text = parts.join('')
      expect({ text, exact: isExact(text) }).toEqual({ text, exact: valid(text.trim(), { loose: true }) !== null })
    }),
    { numRuns: 5_000 },
  )
  expect(isExact(undefined)).toBe(false)
})
