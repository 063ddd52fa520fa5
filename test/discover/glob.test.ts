// Globs of a change: what they match, and that no glob takes long.

import fc from 'fast-check'
import picomatch from 'picomatch'
import { expect, test } from 'vitest'
import { safeGlob } from '../../src/discover/glob.ts'

test.each([
  ['apps/*', 'apps/api', true],
  ['apps/*', 'apps/api/deep', false],
  ['apps/*', 'apps', false],
  ['apps/**', 'apps/api/deep', true],
  ['**/config.json', 'config.json', true],
  ['**/config.json', 'a/b/config.json', true],
  ['**/config.json', 'a/myconfig.json', false],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['{a,b}/x?.yaml', 'b/x1.yaml', true],
  ['{a,b}/x?.yaml', 'c/x1.yaml', false],
  ['{*.yml,*.yaml}', 'a.yaml', true],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['a[', 'a[', false],
  ['{a', '{a', false],
  ['a.yaml', 'axyaml', false],
  ['\\*', '*', true],
])('%s on %s: %s', (glob, path, expected) => {
  expect(safeGlob(glob, { slash: false })(path)).toBe(expected)
})

test('where a slash is a character like others, a star reaches over it', () => {
  expect(safeGlob('*.yaml', { slash: true })('deep/a.yaml')).toBe(true)
})

test('agrees with the library that reads the globs of the policy', () => {
  const part = fc.constantFrom('a', 'b', '*', '?', '/', '**/', 'a*', '.x')
  const path = fc.array(fc.constantFrom('a', 'b', 'ab', '.x', 'ax'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), path, (parts, text) => {
      const glob = parts
        .join('')
        .replace(/\/+/g, '/')
        .replace(/\*{3,}/g, '**')
        .replace(/^\/|\/$/g, '')
      // Stars that stick to something, and a star beside two, mean what each library makes of them.
      fc.pre(glob !== '' && !/[^/]\*\*|\*\*[^/]|\*\*$/.test(glob))
      expect(safeGlob(glob, { slash: false })(text)).toBe(picomatch(glob, { dot: true, strictSlashes: true })(text))
    }),
  )
})

test('a glob that would take another library for ever', () => {
  expect(safeGlob(`${'*a'.repeat(2_000)}b`, { slash: true })('a'.repeat(4_000))).toBe(false)
  expect(safeGlob('{a,b}'.repeat(40), { slash: true })('a'.repeat(40))).toBe(false)
})
