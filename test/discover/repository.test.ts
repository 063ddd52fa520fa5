// Which address means this repository.

import { expect, test } from 'vitest'
import { isHereBy, normalRepository } from '../../src/discover/repository.ts'

test.each([
  'https://github.com/acme/shop',
  'https://github.com/Acme/Shop.git',
  'https://github.com/acme/shop/',
  'http://token@github.com/acme/shop.git',
  'git@github.com:acme/shop.git',
  'ssh://git@github.com/acme/shop.git',
  'ssh://git@github.com:22/acme/shop',
  'git://github.com/acme/shop',
  'https://github.com:443/acme/shop',
  'https://github.com/acme/shop.git?ref=main',
])('%s is one address', (url) => {
  expect(normalRepository(url)).toBe('github.com/acme/shop')
})

test.each([
  ['https://github.com/acme/shop2', 'https://github.com/acme/shop'],
  ['https://github.com/acme/shop', 'https://gitlab.com/acme/shop'],
  ['git@host:1team/app', 'https://host/team/app'],
])('%s is not %s', (one, other) => {
  expect(normalRepository(one)).not.toBe(normalRepository(other))
})

const shop = 'https://github.com/acme/shop.git'
const other = 'https://github.com/acme/other'

test.each<readonly [string, readonly string[], readonly { readonly url: string; readonly present: boolean }[], readonly boolean[]]>([
  [
    'an origin in use decides alone',
    ['git@github.com:acme/shop'],
    [
      { url: shop, present: false },
      { url: other, present: true },
    ],
    [true, false],
  ],
  [
    'without an origin: the only one of whose paths one is here',
    [],
    [
      { url: shop, present: true },
      { url: other, present: false },
    ],
    [true, false],
  ],
  ['an origin that nobody names: likewise', ['https://mirror/x'], [{ url: shop, present: true }], [true, false]],
  [
    'two of whose paths some are here decide nothing',
    [],
    [
      { url: shop, present: true },
      { url: other, present: true },
    ],
    [false, false],
  ],
  ['none', [], [], [false, false]],
])('%s', (_, origins, uses, expected) => {
  const isHere = isHereBy(origins, uses)
  expect([isHere(shop), isHere(other)]).toEqual(expected)
})
