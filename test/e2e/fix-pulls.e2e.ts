// The committed bundle in a workflow that keeps fix pull requests, as users write it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileAt, fixableShop, onlyPull, pullsSeen } from '../github/fixes-seen.ts'
import { deployment } from '../github/shop.ts'
import { type Act, openAct } from './act.ts'

const shop = fixableShop()
let act: Act
beforeEach(() => {
  act = openAct(shop.double)
})
afterEach(() => act.remove())

const artefact = () => join(act.home, 'fixes.patch')

/** That of docs/action.md, but that what would be uploaded is copied. */
const workflow = () => `on:
  push: { branches: [main] }
  schedule: [{ cron: "17 5 * * 1" }]
  workflow_dispatch:
permissions:
  contents: write
  pull-requests: write
concurrency: plimsoll-fix
jobs:
  fix:
    runs-on: ubuntu-latest
    steps:
      - uses: plimsoll/plimsoll@v1
        id: plimsoll
        with: { fix-pull-requests: component, fix-unsafe: true, fail-on: never }
      - if: steps.plimsoll.outputs.fix-patch-file != ''
        run: cp "\${{ steps.plimsoll.outputs.fix-patch-file }}" "${artefact()}"
`

const web = (parts: Parameters<typeof deployment>[1]) => shop.double.hub.push('main', { 'web/web.yaml': deployment('web', parts) })
const only = () => onlyPull(shop.double)
const payloads = { schedule: { schedule: '17 5 * * 1' }, workflow_dispatch: { repository: { default_branch: 'main' } } }
const run = (event: keyof typeof payloads, token = 'ghs_fixer') =>
  act.start({ event, payload: payloads[event] }, { token, text: workflow() })

test('opens one on a schedule, keeps it up to date, and leaves it alone once a person pushed to its branch', async () => {
  web({ host: true })
  expect((await run('schedule')).status).toBe(0)
  expect(pullsSeen(shop.double)).toEqual(['#1 OPEN Remove hostNetwork in web [web/web.yaml]'])
  expect(fileAt(shop.double, only(), 'web/web.yaml')).toBe(deployment('web'))
  expect(readFileSync(artefact(), 'utf8')).toContain('-      hostNetwork: true')

  const main = web({ host: true, privileged: true })
  expect((await run('workflow_dispatch')).status).toBe(0)
  expect(pullsSeen(shop.double)).toEqual(['#1 OPEN Fix 2 findings in web [web/web.yaml]'])
  expect(shop.double.hub.sandbox.git('rev-list', '--parents', '-1', shop.double.hub.headOf(only())).trim().split(' ')[1]).toBe(main)

  const head = shop.double.hub.push(only().headBranch, { 'web/web.yaml': `# by hand\n${deployment('web')}` })
  web({ host: true })
  expect((await run('schedule')).status).toBe(0)
  expect([shop.double.hub.headOf(only()), only().state]).toEqual([head, 'OPEN'])
})

test('closes it when the finding is gone, and opens none that a person closed', async () => {
  web({ host: true })
  await run('schedule')
  web({})
  await run('schedule')
  expect(pullsSeen(shop.double)).toEqual(['#1 CLOSED Remove hostNetwork in web [web/web.yaml]'])
  expect(shop.double.hub.branches('')).toEqual(['main'])

  shop.double.hub.push('main', { 'api/api.yaml': deployment('api', { host: true }) })
  await run('schedule')
  const [, second] = shop.double.hub.pulls
  if (second === undefined) throw new Error('no second pull request was opened')
  shop.double.hub.close(second)
  await run('workflow_dispatch')
  expect(shop.double.hub.pulls.map(({ state }) => state)).toEqual(['CLOSED', 'CLOSED'])
})

test.each([
  ['a permission is missing', 'ghs_weak', true, 'permissions:%0A    contents: write%0A    pull-requests: write'],
  ['the setting of the repository forbids it', 'ghs_fixer', false, 'Allow GitHub Actions to create and approve pull requests'],
])('says what would help where %s, stays green, and leaves the patch', async (_, token, allowsPulls, message) => {
  web({ host: true })
  shop.double.hub.allowsPulls = allowsPulls
  shop.double.tokens.set('ghs_weak', { login: 'github-actions[bot]', permissions: { contents: 'read' } })
  const { status, log } = await run('schedule', token)
  expect([status, shop.double.hub.pulls, shop.double.hub.branches('plimsoll/fix/')]).toEqual([0, [], []])
  expect(log).toContain(message)
  expect(readFileSync(artefact(), 'utf8')).toContain('-      hostNetwork: true')
})
