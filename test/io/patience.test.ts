// The deadline of a render counts the work of its thread.

import { expect, test } from 'vitest'
import { patienceLeft } from '../../src/io/patience.ts'

test.each([
  ['that worked all the time', { waited: 10_000, worked: 10_000 }, 0],
  ['that worked longer than it may', { waited: 10_500, worked: 10_400 }, 0],
  ['that got most of a processor', { waited: 10_000, worked: 9_000 }, 1_000],
  ['that got half of a processor', { waited: 10_000, worked: 5_000 }, 4_000],
  ['that got half of a processor, and is still at it', { waited: 14_000, worked: 7_000 }, 0],
  ['that hardly got a processor', { waited: 14_000, worked: 2_000 }, 8_000],
  ['that hardly got a processor for three times the deadline', { waited: 30_000, worked: 2_000 }, 0],
  ['of which nobody knows how much it worked', { waited: 10_000, worked: undefined }, 0],
])('a thread %s', (_, spent, left) => {
  expect(patienceLeft(spent, 10_000)).toBe(left)
})
