// The deadline of a render counts the work of its thread.

import { expect, test } from 'vitest'
import { patienceLeft } from '../../src/io/patience.ts'

test.each([
  ['a thread that worked all the time', { waited: 12_000, worked: 12_000 }, 0],
  ['a thread that worked longer than it may', { waited: 12_500, worked: 12_400 }, 0],
  ['a thread that got half of a processor', { waited: 12_000, worked: 6_000 }, 6_000],
  ['a thread that hardly got a processor', { waited: 35_000, worked: 500 }, 1_000],
  ['a thread that got none for three times the deadline', { waited: 36_000, worked: 0 }, 0],
  ['a thread of which nobody knows how much it worked', { waited: 12_000, worked: undefined }, 0],
])('%s', (_, spent, left) => {
  expect(patienceLeft(spent, 12_000)).toBe(left)
})
