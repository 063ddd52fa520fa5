// Fix pull requests where GitHub does not let us, where it fails, and what is never put into one.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keep } from '../github/fixer.ts'
import { fixableShop, onlyPull, pullsSeen } from '../github/fixes-seen.ts'
import { deployment } from '../github/shop.ts'

const shop = fixableShop()

const faulty = { 'web/web.yaml': deployment('web', { host: true }), 'api/api.yaml': deployment('api', { privileged: true }) }

describe('where GitHub does not let us, the reason is said, nothing is left behind, and there is a patch', () => {
  test.each([
    ['a token that only reads', { contents: 'read', pull_requests: 'read' }, true, 'contents: write\n    pull-requests: write'],
    ['a token that writes contents alone', { contents: 'write', pull_requests: 'read' }, true, 'contents: write\n    pull-requests: write'],
    ['a token without pull requests', { contents: 'write' }, true, 'contents: write\n    pull-requests: write'],
    [
      'the setting of the repository',
      { contents: 'write', pull_requests: 'write' },
      false,
      'Allow GitHub Actions to create and approve pull requests',
    ],
  ] as const)('%s', async (_, permissions, allowsPulls, message) => {
    shop.double.hub.push('main', faulty)
    shop.double.hub.allowsPulls = allowsPulls
    shop.double.tokens.set('ghs_weak', { login: 'github-actions[bot]', permissions })
    const { trouble, outcome, patch } = await keep(shop.double, { token: 'ghs_weak' })
    expect([outcome, trouble]).toEqual([undefined, expect.stringContaining(message)])
    expect(shop.double.hub.pulls).toEqual([])
    expect(shop.double.hub.branches('plimsoll/fix/')).toEqual([])
    const { folder, git } = shop.double.hub.sandbox
    git('checkout', '-q', '-f', 'main')
    writeFileSync(join(folder, '.git/fix.patch'), patch)
    execFileSync('git', ['apply', '--check', '.git/fix.patch'], { cwd: folder })
    expect(patch).not.toBe('')
  })

  test('what is open already is kept although the setting forbids to open more', async () => {
    shop.double.hub.push('main', { 'web/web.yaml': deployment('web', { host: true }) })
    await keep(shop.double)
    shop.double.hub.allowsPulls = false
    shop.double.hub.push('main', { ...faulty, 'web/web.yaml': deployment('web', { host: true, privileged: true }) })
    expect((await keep(shop.double)).trouble).toContain('Allow GitHub Actions to create')
    expect(pullsSeen(shop.double)).toEqual(['#1 OPEN Fix 2 findings in web [web/web.yaml]'])
  })
})

test('a file that may be executed is left alone, since the API would make it a plain one', async () => {
  shop.double.hub.push('main', { 'web/web.yaml': deployment('web', { host: true }) })
  const { git } = shop.double.hub.sandbox
  git('checkout', '-q', '-f', 'main')
  git('update-index', '--chmod=+x', 'web/web.yaml')
  git('commit', '-q', '-m', 'executable')
  shop.double.hub.force('main', git('rev-parse', 'HEAD').trim())
  const { patch } = await keep(shop.double)
  expect([patch, shop.double.hub.pulls]).toEqual(['', []])
})

test('lines that hold a secret, and those beside them, are in no pull request and no patch', async () => {
  const text = deployment('web', { host: true }).replace('hostNetwork: true', 'hostNetwork: true # password: Tackle-Block-6112')
  shop.double.hub.push('main', { 'web/web.yaml': text, 'api/api.yaml': deployment('api', { host: true }) })
  const { patch } = await keep(shop.double)
  expect(pullsSeen(shop.double)).toEqual(['#1 OPEN Remove hostNetwork in api [api/api.yaml]'])
  expect(patch + shop.double.hub.pulls.map(({ body }) => body).join()).not.toContain('Tackle')
})

test('a description that somebody copied declines nothing', async () => {
  shop.double.hub.push('main', { 'web/web.yaml': deployment('web', { host: true }) })
  await keep(shop.double)
  const body = onlyPull(shop.double).body
  for (const branch of shop.double.hub.branches('plimsoll/')) shop.double.hub.drop(branch)
  shop.double.hub.pulls.splice(0)
  shop.double.hub.push('plimsoll/fix/mine', { 'README.md': 'words\n' })
  shop.double.hub.close(shop.double.hub.open('plimsoll/fix/mine', 'main', 'mallory', { title: 'mine', body }))
  await keep(shop.double)
  expect(pullsSeen(shop.double)[1]).toMatch(/^#\d+ OPEN Remove hostNetwork in web/)
})
