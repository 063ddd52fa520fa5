// The committed bundle in a workflow, as users write it: first review, further pushes, forks, failures of GitHub.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Double, type Failure, startDouble } from '../github/double.ts'
import { forkEvent } from '../github/event.ts'
import { historyOf, openShop } from '../github/history.ts'
import { wrongIn } from '../github/oracle.ts'
import { deployment, reviewOf, seen } from '../github/shop.ts'
import type { Pull } from '../github/state.ts'
import { type Act, openAct, workflow } from './act.ts'

let double: Double
let act: Act
beforeEach(async () => {
  double = await startDouble()
  act = openAct(double)
})
afterEach(async () => {
  expect(double.violations).toEqual([])
  act.remove()
  await double.stop()
})

function shop(): Pull {
  double.hub.push('main', { 'web.yaml': deployment('web'), 'api.yaml': deployment('api') })
  double.hub.push('topic', { 'web.yaml': deployment('web', { privileged: true }) })
  return double.hub.open('topic')
}

const privileged = 'web.yaml:20 Critical: Container runs privileged'
const failed = '❌ Fail: 1 finding at or above the gate "high"'

describe('a pull request', () => {
  test.each([
    ['alone', ''],
    ['behind actions/checkout', '      - uses: actions/checkout@v4\n'],
  ])('is reviewed by one line of a workflow, %s; later steps have its outputs', async (_, before) => {
    const pull = shop()
    const after =
      '      - if: always()\n        run: echo "verdict is ${{ steps.plimsoll.outputs.verdict }}, new ${{ steps.plimsoll.outputs.new }}"\n'
    const { status, log } = await act.run(pull, { text: workflow({ before, after }) })
    expect(seen(pull)).toEqual({ open: [privileged], folded: [], summaries: [failed] })
    expect(log).toContain('verdict is fail, new 1')
    expect(status).toBe(1)
  })

  test('is followed: moved lines, a fix, a relapse, a settled thread', async () => {
    const pull = shop()
    await act.run(pull)
    double.hub.push('topic', { 'web.yaml': `# moved\n${deployment('web', { privileged: true })}` })
    await act.run(pull)
    expect(seen(pull).open).toEqual(['web.yaml:21 Critical: Container runs privileged'])
    double.hub.push('topic', { 'web.yaml': deployment('web') })
    expect((await act.run(pull)).status).toBe(0)
    expect(seen(pull)).toMatchObject({ open: [], folded: [expect.stringContaining('✅ Fixed as of')] })
    double.hub.push('topic', { 'web.yaml': deployment('web', { privileged: true }) })
    await act.run(pull)
    expect(seen(pull)).toMatchObject({ open: [expect.stringContaining('Critical: Container runs privileged')], folded: [] })
    expect([pull.threads.length, pull.comments.length]).toEqual([1, 1])
  })

  test('of a fork is told in the log; a permission that is missing is named; neither makes the job red', async () => {
    const pull = shop()
    double.hub.push('main', { '.plimsoll.yaml': 'fail-on: never\n' })
    double.tokens.set('ghs_weak', { login: 'github-actions[bot]', permissions: { contents: 'read' } })
    const fork = await act.run(pull, { token: 'ghs_weak', payload: forkEvent(double.hub, pull) })
    expect([fork.status, fork.log]).toEqual([
      0,
      expect.stringContaining('on pull requests of forks GitHub gives workflows a token that can only read'),
    ])
    expect(fork.log).toContain('Container runs privileged')
    const weak = await act.run(pull, { token: 'ghs_weak' })
    expect([weak.status, weak.log]).toEqual([0, expect.stringContaining('pull-requests: write')])
    expect([pull.threads, pull.comments]).toEqual([[], []])
  })

  test('is left alone by a push and by a merge group, which are judged', async () => {
    const pull = shop()
    const [before, after] = [double.hub.find('main'), double.hub.find('topic')]
    expect((await act.run(pull, { event: 'push', payload: { before, after } })).log).toContain('1 finding at or above the gate')
    const group = { merge_group: { base_sha: before, head_sha: after } }
    expect((await act.run(pull, { event: 'merge_group', payload: group })).status).toBe(1)
    expect([pull.threads, pull.comments]).toEqual([[], []])
  })
})

describe('GitHub fails at each call in turn', () => {
  const failures: readonly (readonly [string, Failure])[] = [
    ['403', { kind: 'status', status: 403, headers: { 'retry-after': '2' }, message: 'You have exceeded a secondary rate limit' }],
    ['429', { kind: 'status', status: 429 }],
    ['502', { kind: 'status', status: 502 }],
    ['a dropped connection', { kind: 'before' }],
    ['a lost answer', { kind: 'after' }],
  ]

  test.each(failures)('%s', async (_, failure) => {
    const calm = shop()
    await act.run(calm)
    const calls = double.calls.length
    expect(calls).toBe(7)
    for (let nth = 0; nth < calls; nth += 1) {
      double.hub.force(`topic-${nth}`, double.hub.headOf(calm))
      const pull = double.hub.open(`topic-${nth}`)
      double.failAt(nth, failure)
      // Act loses the last lines of a log from time to time, so the log is no witness here.
      const { status } = await act.run(pull)
      expect([nth, seen(pull), status]).toEqual([nth, seen(calm), 1])
    }
  })
})

test('fifty pushes: nothing twice, nothing lost', async () => {
  const pull = openShop(double.hub)
  for (const deed of historyOf(double.hub, pull, { seed: 5, length: 50 })) {
    await act.run(pull)
    expect([deed, wrongIn(pull, await reviewOf(double, pull))]).toEqual([deed, []])
  }
  expect(pull.threads.length).toBeGreaterThan(4)
})

test('three thousand files and two thousand findings stay within all limits', async () => {
  const names = Array.from({ length: 3_000 }, (_, at) => `service-${at}`)
  const files = (tag: string, isFaulty: (at: number) => boolean) =>
    Object.fromEntries(names.map((name, at) => [`many/${name}.yaml`, deployment(name, { privileged: isFaulty(at), tag })]))
  double.hub.push(
    'main',
    files('1.0.0', () => false),
  )
  double.hub.push(
    'topic',
    files('1.0.1', (at) => at < 2_000),
  )
  const pull = double.hub.open('topic')
  const { status, log } = await act.run(pull)
  expect([status, log]).toEqual([1, expect.stringContaining('Plimsoll wrote 15 comments')])
  expect([pull.threads.length, pull.comments.map(({ body }) => body.length <= 60_000)]).toEqual([15, [true]])
})
