// Fifty pushes, whatever they do: nothing is said twice, nothing is lost, and what people wrote stays.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { publish } from '../../src/review/publish.ts'
import { type Double, startDouble } from './double.ts'
import { historyOf, openShop } from './history.ts'
import { wrongIn } from './oracle.ts'
import { reviewOf, talk } from './shop.ts'

let double: Double
beforeEach(async () => {
  double = await startDouble()
})
afterEach(() => double.stop())

test.each([11, 29])('fifty pushes of seed %i', { timeout: 240_000 }, async (seed) => {
  const pull = openShop(double.hub)
  const seen = new Map<string, number>()
  let answers = 0
  for (const deed of historyOf(double.hub, pull, { seed, length: 50 })) {
    seen.set(deed, (seen.get(deed) ?? 0) + 1)
    const review = await reviewOf(double, pull)
    await publish(review, talk(double, pull, review.head))
    expect([deed, wrongIn(pull, review)]).toEqual([deed, []])
    const before = double.calls.length
    await publish(review, talk(double, pull, review.head))
    expect([deed, double.calls.slice(before)]).toEqual([deed, ['POST /graphql']])
    const people = pull.threads.flatMap(({ comments }) => comments).filter(({ author }) => author === 'ann').length
    expect(people).toBeGreaterThanOrEqual(answers)
    answers = people
  }
  expect(double.violations).toEqual([])
  expect(seen.size).toBeGreaterThan(9)
  expect(pull.threads.length).toBeGreaterThan(4)
  expect(pull.threads.map(({ comments: [first] }) => first?.body)).toContainEqual(expect.stringContaining('<!-- plimsoll-problem '))
  expect(answers).toBeGreaterThan(0)
})
