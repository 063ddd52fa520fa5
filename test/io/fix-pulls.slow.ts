// When the double fails at any call for fix pull requests; what the decisions make of that in general is tested in memory (test/review/fix-pulls).

import { expect, test } from 'vitest'
import { type Failure, startDouble } from '../github/double.ts'
import { judged, keepAs, remembering } from '../github/fixer.ts'
import { allowFixes, pullsSeen } from '../github/fixes-seen.ts'
import { deployment } from '../github/shop.ts'

const failures: readonly (readonly [string, Failure])[] = [
  ['502', { kind: 'status', status: 502 }],
  ['403 for going too fast', { kind: 'status', status: 403, headers: { 'retry-after': '1' }, message: 'Slow down' }],
  ['a connection that is cut after it acted', { kind: 'after' }],
]

test.each(failures)('a failure at each call in turn is made good: %s', { timeout: 120_000 }, async (_, failure) => {
  const double = await startDouble()
  allowFixes(double)
  double.hub.push('main', { 'web/web.yaml': deployment('web', { host: true }) })
  const found = remembering(await judged(double))
  await keepAs(double, found)
  const [calm, calls] = [pullsSeen(double), double.calls.length]
  for (let nth = 0; nth < calls; nth += 1) {
    for (const branch of double.hub.branches('plimsoll/')) double.hub.drop(branch)
    double.hub.pulls.splice(0)
    double.failAt(nth, failure)
    const { trouble } = await keepAs(double, found)
    if (trouble !== undefined) await keepAs(double, found)
    expect([nth, pullsSeen(double), double.hub.branches('plimsoll/').length]).toEqual([nth, calm, 1])
  }
  expect(double.violations).toEqual([])
  await double.stop()
})
