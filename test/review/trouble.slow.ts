// When GitHub fails at any call of a review: nothing is lost, nothing is said twice, and the next run has nothing left to do.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lookupOf } from '../../src/change/lookup.ts'
import type { Review } from '../../src/review/plan.ts'
import { publish, type Talk } from '../../src/review/publish.ts'
import { type Double, type Failure, startDouble } from '../github/double.ts'
import { wrongIn } from '../github/oracle.ts'
import { deployment, reviewOf, seen, talk } from '../github/shop.ts'
import type { Pull } from '../github/state.ts'

let double: Double
let first: Review
let second: Review
beforeAll(async () => {
  double = await startDouble()
  const { hub } = double
  const names = ['web', 'api', 'cart', 'mail']
  const files = (faults: Readonly<Record<string, object>>) =>
    Object.fromEntries(names.map((name) => [`${name}.yaml`, deployment(name, faults[name])]))
  hub.push('main', files({}))
  hub.push('topic', files({ web: { privileged: true }, api: { host: true }, mail: { privileged: true } }))
  const pull = hub.open('topic')
  first = { ...(await reviewOf(double, pull)), requestsChanges: true }
  hub.push('topic', files({ api: { host: true }, cart: { privileged: true }, mail: { privileged: true, host: true } }))
  second = await reviewOf(double, pull)
  // No line of mail.yaml is shown, so what is new there is said of the file.
  const isShown = (path: string) => path !== 'mail.yaml'
  const { diff } = second
  second = {
    ...second,
    diff: {
      ...diff,
      isShown: (path, line, side) => isShown(path) && diff.isShown(path, line, side),
      shown: (path) => (isShown(path) ? diff.shown(path) : []),
    },
  }
})
afterAll(() => double.stop())

/** A pull request at the first head, which all of them share. */
function opened(): Pull {
  const { hub } = double
  const branch = `topic-${hub.pulls.length}`
  hub.force(branch, first.head)
  return hub.open(branch)
}

const say = (pull: Pull, review: Review) => publish(review, talk(double, pull, review.head))

/** What a person sees and was ever told, and the requests for changes. */
const page = (pull: Pull) => ({
  ...seen(pull),
  open: [...seen(pull).open].sort(),
  said: pull.said,
  reviews: pull.reviews.filter(({ state }) => state !== 'COMMENTED').map(({ state }) => state),
})

const failures: readonly (readonly [string, Failure])[] = [
  ['the connection is cut before it acted', { kind: 'before' }],
  ['the connection is cut after it acted', { kind: 'after' }],
  ['502', { kind: 'status', status: 502 }],
  ['502 after it acted', { kind: 'status', status: 502, acted: true }],
  ['429', { kind: 'status', status: 429 }],
  ['429 with retry-after', { kind: 'status', status: 429, headers: { 'retry-after': '3' } }],
  ['403 for going too fast', { kind: 'status', status: 403, message: 'You have exceeded a secondary rate limit' }],
  ['403 in other words', { kind: 'status', status: 403, headers: { 'retry-after': '3' }, message: 'Slow down' }],
]

describe('a failure at each call in turn', () => {
  beforeEach(() => double.violations.splice(0))

  test.each(failures)('%s', { timeout: 120_000 }, async (_, failure) => {
    const calm = opened()
    const calls = [await callsOf(() => say(calm, first))]
    double.hub.force(calm.headBranch, second.head)
    calls.push(await callsOf(() => say(calm, second)))
    expect(calls).toEqual([5, expect.any(Number)])
    expect(page(calm)).toMatchObject({ folded: [expect.stringContaining('Container runs privileged')], reviews: ['DISMISSED'] })
    for (const round of [0, 1]) {
      for (let nth = 0; nth < (calls[round] ?? 0); nth += 1) {
        const pull = opened()
        if (round === 0) double.failAt(nth, failure)
        await say(pull, first)
        expect([round, nth, wrongIn(pull, first)]).toEqual([round, nth, []])
        double.hub.force(pull.headBranch, second.head)
        if (round === 1) double.failAt(nth, failure)
        expect([round, nth, (await say(pull, second)).kind]).toEqual([round, nth, 'done'])
        expect([round, nth, wrongIn(pull, second), page(pull)]).toEqual([round, nth, [], page(calm)])
        expect(await callsOf(() => say(pull, second))).toBe(1)
      }
    }
    expect(double.violations).toEqual([])
  })
})

test.each(failures)(
  'that lasts, %s: what is there stays, and a run when it is over says the rest',
  { timeout: 120_000 },
  async (_, failure) => {
    for (const from of [1, 2, 4]) {
      const pull = opened()
      for (let nth = from; nth < 60; nth += 1) double.failAt(nth, failure)
      await say(pull, first).catch((thrown: unknown) => expect(thrown).toHaveProperty('status'))
      double.heal()
      expect((await say(pull, first)).kind).toBe('done')
      expect([from, wrongIn(pull, first)]).toEqual([from, []])
    }
    expect(double.violations).toEqual([])
  },
)

test('a head that moves at any moment of a run: the old run writes no summary over the newer one', async () => {
  for (let turn = 0; turn < 4; turn += 1) {
    const pull = opened()
    let reads = 0
    const old = talk(double, pull, first.head)
    const overtaken: Talk = {
      ...old,
      read: async () => {
        if (reads === turn) {
          double.hub.force(pull.headBranch, second.head)
          await say(pull, second)
        }
        reads += 1
        return old.read()
      },
    }
    const { kind } = await publish(first, overtaken)
    if (reads > turn) expect([turn, kind]).toEqual([turn, 'stale'])
    if (double.hub.headOf(pull) !== second.head) double.hub.force(pull.headBranch, second.head)
    await say(pull, second)
    expect([turn, wrongIn(pull, second)]).toEqual([turn, []])
  }
})

test('two runs at the same time say everything once, whichever of their calls come first', async () => {
  for (let lag = 0; lag < 6; lag += 1) {
    const pull = opened()
    const late = talk(double, pull, first.head)
    const slow: Talk = { ...late, read: () => new Promise((done) => setTimeout(done, lag * 8)).then(late.read) }
    await Promise.all([say(pull, first), publish(first, slow)])
    expect([lag, wrongIn(pull, first)]).toEqual([lag, []])
  }
})

test('a file that the diff shows nothing of is commented as a whole', async () => {
  const pull = opened()
  double.hub.force(pull.headBranch, second.head)
  await say(pull, { ...second, diff: lookupOf({ files: [{ status: 'modified', path: 'cart.yaml', hunks: [] }] }) })
  expect(seen(pull).open).toEqual([expect.stringMatching(/^cart\.yaml:file Critical/)])
  expect(pull.comments[0]?.body).toContain('[`api.yaml:13`]')
})

async function callsOf(act: () => Promise<unknown>): Promise<number> {
  const before = double.calls.length
  await act()
  return double.calls.length - before
}
