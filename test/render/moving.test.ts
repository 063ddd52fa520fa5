// Which addresses may mean another thing tomorrow, and the same address at a commit.

import { describe, expect, test } from 'vitest'
import { movingIn, pinnedAddress } from '../../src/render/moving.ts'

const commit = 'c0ffee0000000000000000000000000000000000'
const tools = 'https://github.com/acme/tools'

describe('what moves', () => {
  test.each([
    [`${tools}//deploy?ref=main`, { kind: 'branch', ref: 'main', repository: tools }],
    [
      'git@github.com:acme/tools.git//deploy?ref=release-1.4',
      { kind: 'branch', ref: 'release-1.4', repository: 'git@github.com:acme/tools.git' },
    ],
    [`${tools}/deploy?ref=release/v1.4`, { kind: 'branch', ref: 'release/v1.4', repository: tools }],
    [`${tools}/deploy?ref=v1.x`, { kind: 'branch', ref: 'v1.x', repository: tools }],
    [`${tools}/deploy`, { kind: 'default', repository: tools }],
    [`${tools}//deploy?timeout=90s`, { kind: 'default', repository: tools }],
    ['https://raw.githubusercontent.com/acme/tools/master/a.yaml', { kind: 'branch', ref: 'master', repository: tools }],
    ['https://raw.githubusercontent.com/acme/tools/refs/heads/v1.2/a.yaml', { kind: 'branch', ref: 'refs/heads/v1.2', repository: tools }],
    [`${tools}/raw/main/deploy/a.yaml`, { kind: 'branch', ref: 'main', repository: tools }],
    [
      'https://gitlab.com/acme/sub/tools/-/raw/main/a.yaml',
      { kind: 'branch', ref: 'main', repository: 'https://gitlab.com/acme/sub/tools' },
    ],
    [`${tools}/releases/latest/download/install.yaml`, { kind: 'latest' }],
    ['https://example.org/install.yaml', { kind: 'address' }],
  ])('%s', (address, expected) => expect(movingIn(address)).toEqual(expected))
})

describe('what stays', () => {
  test.each([
    `${tools}//deploy?ref=v1.4.2`,
    `${tools}//deploy?ref=${commit}`,
    `${tools}//deploy?version=1.4.2`,
    `${tools}//deploy?ref=v4`,
    `${tools}//deploy?ref=refs/tags/stable`,
    `https://raw.githubusercontent.com/acme/tools/v1.4.2/a.yaml`,
    `https://raw.githubusercontent.com/acme/tools/${commit}/a.yaml`,
    `${tools}/releases/download/v1.4.2/install.yaml`,
    `${tools}/releases/download/$VERSION/install.yaml`,
    `${tools}//deploy?ref=\${{ env.REF }}`,
    'https://example.org/v1.4/install.yaml',
    '../base',
    'install.yaml',
  ])('%s', (address) => expect(movingIn(address)).toBeUndefined())
})

test.each([
  [`${tools}//deploy?ref=main`, `${tools}//deploy?ref=${commit}`],
  [`${tools}/deploy`, `${tools}/deploy?ref=${commit}`],
  [`${tools}//deploy?timeout=90s&version=main&submodules=0`, `${tools}//deploy?timeout=90s&submodules=0&ref=${commit}`],
  ['git@github.com:acme/tools.git//deploy?ref=main', `git@github.com:acme/tools.git//deploy?ref=${commit}`],
  ['https://raw.githubusercontent.com/acme/tools/refs/heads/main/a.yaml', `https://raw.githubusercontent.com/acme/tools/${commit}/a.yaml`],
  [`${tools}/raw/main/deploy/a.yaml`, `${tools}/raw/${commit}/deploy/a.yaml`],
  ['https://example.org/install.yaml', undefined],
])('%s at a commit', (address, expected) => {
  expect(pinnedAddress(address, commit)).toBe(expected)
  if (expected !== undefined) expect(movingIn(expected)).toBeUndefined()
})
