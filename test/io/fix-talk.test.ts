// What is acted on in a repository where others act too: their branches, their pushes, their pull requests.

import { expect, test } from 'vitest'
import { fixTalkIn } from '../../src/io/fix-talk.ts'
import { connect } from '../../src/io/github.ts'
import type { WantedPull } from '../../src/review/fix-pulls/compose.ts'
import { fixPullsText } from '../../src/review/fix-pulls/told.ts'
import { keep } from '../github/fixer.ts'
import { fileAt, fixableShop, onlyPull, pullsSeen } from '../github/fixes-seen.ts'
import { deployment } from '../github/shop.ts'
import { strictly } from '../github/strict.ts'

const shop = fixableShop()
const faulty = { 'web/web.yaml': deployment('web', { host: true }) }

test('a branch that somebody moved since it was read is neither moved nor removed', async () => {
  const { hub, url } = shop.double
  const main = hub.push('main', faulty)
  const place = { owner: 'acme', repo: 'shop', key: 'default', branch: 'main', pace: 1 }
  const talk = fixTalkIn(place, strictly(connect('ghs_fixer', { api: url, pace: 1, tell: () => {} })))
  await talk.read([])
  const pull: WantedPull = {
    ...{ group: { name: 'web', grouping: 'component', branch: 'plimsoll/fix/web', fixes: [] }, branch: 'plimsoll/fix/web' },
    ...{ title: 'Fix', body: 'words', commit: { headline: 'Fix', body: '' }, digest: '0'.repeat(16), prints: new Map() },
    files: [{ path: 'web/web.yaml', text: deployment('web') }],
  }
  const [first, second] = [await talk.commit(pull, main), await talk.commit(pull, main)]
  expect(await talk.move(pull.branch, undefined, second ?? '')).toBe('done')
  const theirs = hub.push(pull.branch, { 'README.md': 'by hand\n' })
  const third = await talk.commit(pull, main)
  expect([first, second, third]).not.toContain(undefined)
  expect(await talk.move(pull.branch, second, third ?? '')).toBe('unsure')
  expect(await talk.move(pull.branch, undefined, third ?? '')).toBe('unsure')
  expect(await talk.remove(pull.branch, second ?? '')).toBe('unsure')
  expect(hub.find(pull.branch)).toBe(theirs)
})

test('the branch of what was merged is removed, however many others there are', async () => {
  const { hub } = shop.double
  const main = hub.push('main', faulty)
  await keep(shop.double)
  const { headBranch } = onlyPull(shop.double)
  for (let at = 0; at < 100; at += 1) hub.force(`plimsoll/fix/a-${at}`, main)
  hub.merge(onlyPull(shop.double))
  await keep(shop.double)
  expect(hub.find(headBranch)).toBeUndefined()
  expect(hub.branches('plimsoll/fix/').length).toBe(100)
})

test('a pull request from a fork whose branch is called like ours stops nothing', async () => {
  const { hub } = shop.double
  hub.push('main', faulty)
  await keep(shop.double)
  const { headBranch } = onlyPull(shop.double)
  hub.drop(headBranch)
  hub.pulls.splice(0)
  hub.openFork(headBranch, hub.commitOn('main', { 'web/web.yaml': deployment('web', { privileged: true }) }))
  await keep(shop.double)
  expect(pullsSeen(shop.double)).toEqual([expect.stringContaining('#1 OPEN a change'), '#2 OPEN Remove hostNetwork in web [web/web.yaml]'])
})

test('a conflict is settled by a new commit although the same lines are changed in the same surroundings', async () => {
  const { hub } = shop.double
  const [web, api] = [deployment('web', { host: true }), deployment('api').replace('spec:', `spec:\n${'  # words\n'.repeat(40)}`)]
  hub.push('main', { 'shop/all.yaml': `${web}---\n${api}` })
  await keep(shop.double)
  hub.push('main', { 'shop/all.yaml': `${api}---\n${web}` })
  expect(hub.conflicts(onlyPull(shop.double))).toBe(true)
  const { outcome } = await keep(shop.double)
  expect(outcome === undefined ? '' : fixPullsText(outcome)).toContain('#1 Remove hostNetwork in shop: updated')
  expect(hub.conflicts(onlyPull(shop.double))).toBe(false)
  expect(fileAt(shop.double, onlyPull(shop.double), 'shop/all.yaml')).toBe(`${api}---\n${deployment('web')}`)
})
