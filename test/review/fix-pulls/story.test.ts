// The life of fix pull requests on the double: opened, updated, left to people, closed, and not opened again against anybody's word.

import { describe, expect, test } from 'vitest'
import { fixPullsText } from '../../../src/review/fix-pulls/told.ts'
import { keep } from '../../github/fixer.ts'
import { fileAt, fixableShop, onlyPull, pullsSeen } from '../../github/fixes-seen.ts'
import { deployment } from '../../github/shop.ts'

const shop = fixableShop()

const web = (parts: Parameters<typeof deployment>[1]) => shop.double.hub.push('main', { 'web/web.yaml': deployment('web', parts) })
const only = () => onlyPull(shop.double)
const text = (kept: Awaited<ReturnType<typeof keep>>) => (kept.outcome === undefined ? kept.trouble : fixPullsText(kept.outcome))

test('is opened with one verified commit on the default branch, and a second run does nothing', async () => {
  const main = web({ host: true })
  expect(text(await keep(shop.double))).toBe('### Fix pull requests\n\n- #1 Remove hostNetwork in web: opened')
  expect(pullsSeen(shop.double)).toEqual(['#1 OPEN Remove hostNetwork in web [web/web.yaml]'])
  const said = only().body.replaceAll(main, 'COMMIT').replaceAll(main.slice(0, 12), 'COMMIT')
  await expect(said.replace(/<!--.*-->\s*$/, '')).toMatchFileSnapshot('expected/description.md')
  expect(shop.double.hub.sandbox.git('log', '--format=%P %B', '-1', shop.double.hub.headOf(only())).trim()).toBe(
    `${main} Remove hostNetwork in web\n\nFound and proved by Plimsoll: host-network.`,
  )
  expect(fileAt(shop.double, only(), 'web/web.yaml')).toBe(deployment('web'))
  expect(shop.double.hub.branches('')).toEqual(['main', expect.stringMatching(/^plimsoll\/fix\/web-[0-9a-f]{8}$/)])
  const calls = shop.double.calls.length
  expect(text(await keep(shop.double))).toBe('### Fix pull requests\n\n- #1 Remove hostNetwork in web: as it should be')
  expect(shop.double.calls.slice(calls)).toEqual(['POST /graphql', 'POST /graphql'])
})

test('is updated in place, with one commit on the newest base, when there is more to mend', async () => {
  web({ host: true })
  await keep(shop.double)
  const main = web({ host: true, privileged: true })
  expect(text(await keep(shop.double))).toContain('- #1 Fix 2 findings in web: updated')
  expect(pullsSeen(shop.double)).toEqual(['#1 OPEN Fix 2 findings in web [web/web.yaml]'])
  expect(shop.double.hub.sandbox.git('rev-list', '--parents', '-1', shop.double.hub.headOf(only())).trim().split(' ')[1]).toBe(main)
  expect(fileAt(shop.double, only(), 'web/web.yaml')).toContain('privileged: false')
  expect(text(await keep(shop.double))).toContain('as it should be')
})

test('is left to whoever pushes to its branch, whatever becomes of the finding', async () => {
  web({ host: true })
  await keep(shop.double)
  const head = shop.double.hub.push(only().headBranch, { 'web/web.yaml': `# by hand\n${deployment('web')}` })
  const body = only().body
  web({ host: true, privileged: true })
  expect(text(await keep(shop.double))).toContain('left alone, somebody pushed to its branch or gave it another base, so it is theirs')
  web({})
  await keep(shop.double)
  expect([shop.double.hub.headOf(only()), only().body, only().state]).toEqual([head, body, 'OPEN'])
})

test('is closed with the reason when the finding is gone, and its branch goes with it', async () => {
  web({ host: true })
  await keep(shop.double)
  const main = web({})
  expect(text(await keep(shop.double))).toContain(`- #1: closed, what it mends is gone as of ${main.slice(0, 12)}.`)
  expect(pullsSeen(shop.double)).toEqual(['#1 CLOSED Remove hostNetwork in web [web/web.yaml]'])
  expect(only().body).toContain(`**Closed:** what it mends is gone as of ${main.slice(0, 12)}.\n\n**Remove hostNetwork**`)
  expect(shop.double.hub.branches('')).toEqual(['main'])
  web({ host: true })
  await keep(shop.double)
  expect(pullsSeen(shop.double)).toEqual([expect.stringContaining('#1 CLOSED'), '#2 OPEN Remove hostNetwork in web [web/web.yaml]'])
})

test('is kept when what it mends could not be looked at', async () => {
  web({ host: true })
  await keep(shop.double)
  shop.double.hub.push('main', { 'web/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: [\n' })
  expect(text(await keep(shop.double))).toContain('left alone, what it mends could not be looked at in this run')
  expect(only().state).toBe('OPEN')
})

test('is kept when what it mends moved into a folder below of which something could not be looked at', async () => {
  web({ host: true })
  await keep(shop.double)
  shop.double.hub.push('main', { 'web/web.yaml': undefined, 'web/deep/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: [\n' })
  expect(text(await keep(shop.double))).toContain('left alone, what it mends could not be looked at in this run')
  expect(only().state).toBe('OPEN')
})

test('that gives way to another is not said to be about something that is gone, where what it mends is folded into something worse', async () => {
  const worse = deployment('web', { privileged: true })
  shop.double.hub.push('main', { 'web/web.yaml': worse.replace('            privileged: true\n', '') })
  await keep(shop.double, { grouping: 'rule' })
  expect(pullsSeen(shop.double)).toEqual([expect.stringContaining('#1 OPEN Set allowPrivilegeEscalation to false')])
  shop.double.hub.push('main', { 'web/web.yaml': worse })
  expect(text(await keep(shop.double, { grouping: 'rule' }))).toContain('#1: closed, what it mends is part of another fix pull request')
})

describe('that a person closed', () => {
  test('is not opened again, but what is new beside it is offered without it', async () => {
    web({ host: true })
    await keep(shop.double)
    shop.double.hub.close(only())
    expect(text(await keep(shop.double))).toBe(
      '### Fix pull requests\n\nNone is open.\n\n1 was declined by closing it and is not offered again.',
    )
    web({ host: true, privileged: true })
    await keep(shop.double)
    const [, second] = shop.double.hub.pulls
    expect(pullsSeen(shop.double)).toEqual([expect.stringContaining('#1 CLOSED'), '#2 OPEN Set privileged to false in web [web/web.yaml]'])
    expect(second === undefined ? '' : fileAt(shop.double, second, 'web/web.yaml')).toContain('hostNetwork: true')
    expect(text(await keep(shop.double))).toContain('#2 Set privileged to false in web: as it should be')
  })
})

test('no more than the limit are open at once, the worst first, and others come when there is room', async () => {
  shop.double.hub.push('main', {
    'a/a.yaml': deployment('a', { host: true }),
    'b/b.yaml': deployment('b', { privileged: true }),
    'c/c.yaml': deployment('c', { host: true }),
  })
  const kept = await keep(shop.double, { limit: 2 })
  expect(pullsSeen(shop.double)).toEqual(['#1 OPEN Set privileged to false in b [b/b.yaml]', '#2 OPEN Remove hostNetwork in a [a/a.yaml]'])
  expect(text(kept)).toContain('1 more waits for room (`fix-limit`):\n\n- Remove hostNetwork in c')
  expect(kept.patch.match(/^diff --git/gm)?.length).toBe(3)
  const [first] = shop.double.hub.pulls
  if (first !== undefined) shop.double.hub.merge(first)
  await keep(shop.double, { limit: 2 })
  expect(pullsSeen(shop.double)).toEqual([
    '#1 MERGED Set privileged to false in b [b/b.yaml]',
    '#2 OPEN Remove hostNetwork in a [a/a.yaml]',
    '#3 OPEN Remove hostNetwork in c [c/c.yaml]',
  ])
  await keep(shop.double, { limit: 1 })
  expect(shop.double.hub.pulls.map(({ state }) => state)).toEqual(['MERGED', 'OPEN', 'OPEN'])
})
