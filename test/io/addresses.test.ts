// The addresses of a clone.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { addressesOf } from '../../src/io/addresses.ts'
import { git } from '../../src/io/git.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-addresses-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a folder outside of git has none, a clone those of its remotes', () => {
  expect(addressesOf(folder)).toEqual([])
  git(folder, ['init', '--quiet'])
  expect(addressesOf(folder)).toEqual([])
  git(folder, ['remote', 'add', 'origin', 'git@github.com:acme/shop.git'])
  git(folder, ['remote', 'add', 'mirror', 'https://git.example.org/shop'])
  expect(addressesOf(folder)).toEqual(['git@github.com:acme/shop.git', 'https://git.example.org/shop'])
})
