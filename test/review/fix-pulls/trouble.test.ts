// When GitHub fails at any call for fix pull requests: nothing is opened twice, nothing of a person's is touched, and the next run has nothing left to do.

import { describe, expect, test } from 'vitest'
import { publishFixPulls } from '../../../src/review/fix-pulls/publish.ts'
import { type Faults, type Memory, newMemory, type Trouble, workOf } from './memory.ts'

const first: Faults = { web: ['1'], api: ['2'], cart: ['3'] }
/** One has more to mend, one is gone, one stays, one is new. */
const second: Faults = { web: ['1', '4'], cart: ['3'], mail: ['5'] }

const run = (memory: Memory, faults: Faults) => publishFixPulls(workOf(faults, memory.state.tip), memory.talk)

async function both(trouble?: { readonly round: 0 | 1; readonly nth: number; readonly kind: Trouble; readonly dies: boolean }) {
  const memory = newMemory('a')
  const calls: number[] = []
  for (const [round, faults] of [first, second].entries()) {
    memory.state.tip = round === 0 ? 'a' : 'b'
    const before = memory.state.calls()
    if (trouble?.round === round) {
      memory.failAt(trouble.nth, trouble.kind)
      const work = workOf(faults, memory.state.tip)
      // A run that dies says nothing more after the trouble.
      if (trouble.dies) await publishFixPulls(work, dyingAfter(memory, trouble.nth)).catch(() => {})
      else await publishFixPulls(work, memory.talk)
    }
    expect((await run(memory, faults)).kind).toBe('done')
    calls.push(memory.state.calls() - before)
  }
  return { memory, calls }
}

/** Its next call after the nth is thrown at it. */
function dyingAfter(memory: Memory, nth: number): Memory['talk'] {
  const last = memory.state.calls() + nth
  return Object.fromEntries(
    Object.entries(memory.talk).map(([name, act]) => [
      name,
      (...words: readonly unknown[]) => {
        if (memory.state.calls() > last) throw new Error('the run was ended')
        return (act as (...words: readonly unknown[]) => unknown)(...words)
      },
    ]),
  ) as unknown as Memory['talk']
}

describe.each([0, 1] as const)('in run %s', (round) => {
  test.each([
    ['a call that never arrived', 'late', false],
    ['an answer that was lost', 'lost', false],
    ['a run that ends after a call that never arrived', 'late', true],
    ['a run that ends after any call', 'lost', true],
  ] as const)('%s', async (_, kind, dies) => {
    const calm = await both()
    expect(calm.memory.page()).toEqual({
      pulls: [
        'open Fix 2 on plimsoll/fix/web',
        'closed Fix 1 on plimsoll/fix/api**Closed:** what it mends is gone as of b.',
        'open Fix 1 on plimsoll/fix/cart',
        'open Fix 1 on plimsoll/fix/mail',
      ],
      branches: ['plimsoll/fix/cart: Fix 1', 'plimsoll/fix/mail: Fix 1', 'plimsoll/fix/web: Fix 2'],
    })
    for (let nth = 0; nth < (calm.calls[round] ?? 0); nth += 1) {
      const { memory } = await both({ round, nth, kind, dies })
      const sorted = ({ pulls, branches }: ReturnType<Memory['page']>) => ({ pulls: pulls.map((text) => text).sort(), branches })
      expect([nth, sorted(memory.page()), memory.state.opened()]).toEqual([nth, sorted(calm.memory.page()), 4])
      const before = memory.state.calls()
      await run(memory, second)
      expect([nth, memory.state.calls() - before]).toEqual([nth, 0])
    }
  })
})

test('two runs at the same time open everything once', async () => {
  for (let lag = 0; lag < 12; lag += 1) {
    const memory = newMemory('a')
    let waits = lag
    const slow: Memory['talk'] = {
      ...memory.talk,
      commit: async (...words) => {
        for (; waits > 0; waits -= 1) await Promise.resolve()
        return memory.talk.commit(...words)
      },
    }
    await Promise.all([run(memory, first), publishFixPulls(workOf(first, 'a'), slow)])
    expect([lag, memory.page().pulls.length, memory.state.opened()]).toEqual([lag, 3, 3])
  }
})

test('a push of a person at any moment of a run is never written over', async () => {
  for (let nth = 0; nth < 12; nth += 1) {
    const memory = newMemory('a')
    await run(memory, first)
    memory.state.tip = 'b'
    let left = nth
    const interrupted = Object.fromEntries(
      Object.entries(memory.talk).map(([name, act]) => [
        name,
        (...words: readonly unknown[]) => {
          if (left-- === 0) for (const branch of memory.branches.values()) branch.head = 'd'.repeat(40)
          return (act as (...words: readonly unknown[]) => unknown)(...words)
        },
      ]),
    ) as unknown as Memory['talk']
    await publishFixPulls(workOf(second, 'b'), interrupted)
    const heads = () => [...memory.branches].map(([name, { head }]) => [name, head] as const)
    const theirs = heads().filter(([, head]) => head.startsWith('d'))
    await run(memory, second)
    expect(heads()).toEqual(expect.arrayContaining(theirs))
  }
})

test('what was not proved in time closes nothing', async () => {
  const memory = newMemory('a')
  await run(memory, first)
  const work = workOf(first, 'a', { groups: [], isUnfinished: true })
  const { left } = await publishFixPulls(work, memory.talk)
  expect(left.map(({ why }) => why)).toEqual([
    'its fix was not proved in time',
    'its fix was not proved in time',
    'its fix was not proved in time',
  ])
})

test('a branch of the name that holds something else stops the one pull request, and says what to do', async () => {
  const memory = newMemory('a')
  memory.branches.set('plimsoll/fix/web', { head: 'e'.repeat(40), headline: 'work of a person' })
  const { kind, left } = await run(memory, first)
  expect([kind, memory.page().pulls.length]).toEqual(['done', 2])
  expect(left).toEqual([{ branch: 'plimsoll/fix/web', why: expect.stringContaining('delete it, and the next run opens the pull request') }])
})

test('a branch of another job or person that nothing is wanted of is left as it is', async () => {
  const memory = newMemory('a')
  memory.branches.set('plimsoll/fix/other', { head: 'c'.repeat(40), headline: 'Fix 1' })
  await run(memory, first)
  expect(memory.branches.has('plimsoll/fix/other')).toBe(true)
})
