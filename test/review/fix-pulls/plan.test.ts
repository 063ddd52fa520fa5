// What is decided about fix pull requests, on GitHub in memory: what is left, what is closed, what waits.

import { expect, test } from 'vitest'
import { publishFixPulls, type Work } from '../../../src/review/fix-pulls/publish.ts'
import { type Faults, type Memory, newMemory, workOf } from './memory.ts'

const first: Faults = { web: ['1'], api: ['2'] }
const run = (memory: Memory, faults: Faults, parts: Partial<Work> = {}) =>
  publishFixPulls(workOf(faults, memory.state.tip, parts), memory.talk)

async function opened(faults: Faults = first): Promise<Memory> {
  const memory = newMemory('a')
  await run(memory, faults)
  memory.state.tip = 'b'
  return memory
}

test('what is gone is closed, but not while its files could not be looked at', async () => {
  const memory = await opened()
  const { left } = await run(memory, { web: ['1'] }, { isUnsure: (paths) => paths.includes('plimsoll/fix/api.yaml') })
  expect(left).toEqual([{ branch: 'plimsoll/fix/api', number: 2, why: 'what it mends could not be looked at in this run' }])
  await run(memory, { web: ['1'] })
  expect(memory.pulls.map(({ state }) => state)).toEqual(['open', 'closed'])
})

test('what somebody pushed to is neither closed nor written over, and counts among those that are open', async () => {
  const memory = await opened({ web: ['1'] })
  for (const branch of memory.branches.values()) branch.head = 'd'.repeat(40)
  const { left, choice } = await run(memory, { api: ['2'] }, { limit: 1 })
  expect(left).toEqual([expect.objectContaining({ number: 1, why: expect.stringContaining('somebody pushed to its branch') })])
  expect([memory.pulls.map(({ state }) => state), choice.waiting.map(({ name }) => name)]).toEqual([['open'], ['api']])
})

test('what somebody gave another base is theirs, whatever becomes of the finding', async () => {
  const memory = await opened({ web: ['1'] })
  for (const pull of memory.pulls) pull.base = 'release'
  const before = memory.page()
  expect((await run(memory, { web: ['1', '4'] })).steps).toEqual([])
  expect((await run(memory, {})).left).toEqual([
    expect.objectContaining({ number: 1, why: expect.stringContaining('gave it another base') }),
  ])
  expect(memory.page()).toEqual(before)
})

test('a branch with a pull request of somebody else, or one whose description a person wrote anew, is left alone', async () => {
  const memory = newMemory('a')
  memory.state.taken.add('plimsoll/fix/web')
  const { steps, left } = await run(memory, first)
  expect(steps.map((step) => ('pull' in step ? step.pull.branch : ''))).toEqual(['plimsoll/fix/api'])
  expect(left).toEqual([{ branch: 'plimsoll/fix/web', why: 'its pull request is not one that Plimsoll may change' }])
})

test('what a person closed is not opened again; what is new beside it is, without it', async () => {
  const memory = await opened({ web: ['1'] })
  for (const pull of memory.pulls) Object.assign(pull, { state: 'closed', lastHead: memory.branches.get(pull.branch)?.head })
  expect((await run(memory, { web: ['1'] })).choice.declined.map(({ name }) => name)).toEqual(['web'])
  await run(memory, { web: ['1', '4'] })
  expect(memory.pulls.map(({ state, title }) => [state, title])).toEqual([
    ['closed', 'Fix 1'],
    ['open', 'Fix 1'],
  ])
})

test('no more than the limit are open', async () => {
  const memory = newMemory('a')
  const { choice } = await run(memory, { web: ['1'], api: ['2'], cart: ['3'] }, { limit: 2 })
  expect([memory.pulls.length, choice.waiting.map(({ name }) => name)]).toEqual([2, ['cart']])
})

test('nothing is done for a commit that is not the newest', async () => {
  const memory = newMemory('b')
  expect((await publishFixPulls(workOf(first, 'a'), memory.talk)).kind).toBe('stale')
  expect(memory.state.calls()).toBe(0)
})

test('where no pull request may be opened no branch is left', async () => {
  const memory = newMemory('a')
  const open = () => Promise.reject(new Error('not permitted'))
  await expect(publishFixPulls(workOf(first, 'a'), { ...memory.talk, open })).rejects.toThrow('not permitted')
  expect(memory.page()).toEqual({ pulls: [], branches: [] })
})
