// Reviews against the double: said once over any number of pushes, nothing lost when GitHub fails, nothing said twice.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publish } from '../../src/review/publish.ts'
import { type Double, startDouble } from '../github/double.ts'
import { deployment, reviewOf, run, seen, talk } from '../github/shop.ts'
import type { Pull } from '../github/state.ts'

let double: Double
let pull: Pull
beforeEach(async () => {
  double = await startDouble()
  double.hub.push('main', { 'web.yaml': deployment('web'), 'api.yaml': deployment('api'), 'README.md': 'shop\n' })
  double.hub.push('topic', { 'web.yaml': deployment('web', { privileged: true }) })
  pull = double.hub.open('topic')
})
afterEach(async () => {
  expect(double.violations).toEqual([])
  await double.stop()
})

const privileged = 'web.yaml:20 Critical: Container runs privileged'

describe('a review', () => {
  test('is said once, and again has nothing to do', async () => {
    expect(await run(double, pull)).toEqual({ kind: 'done', comments: 1 })
    expect(seen(pull)).toEqual({ open: [privileged], folded: [], summaries: ['❌ Fail: 1 finding at or above the gate "high"'] })
    const before = double.calls.length
    expect(await run(double, pull)).toEqual({ kind: 'done', comments: 0 })
    expect(double.calls.slice(before)).toEqual(['POST /graphql'])
  })

  test('follows a line that moves, a fix, and a relapse', async () => {
    await run(double, pull)
    double.hub.push('topic', { 'web.yaml': `# moved\n${deployment('web', { privileged: true })}` })
    await run(double, pull)
    expect(seen(pull).open).toEqual(['web.yaml:21 Critical: Container runs privileged'])
    double.hub.push('topic', { 'web.yaml': deployment('web') })
    await run(double, pull)
    expect(seen(pull)).toMatchObject({ open: [], folded: [expect.stringContaining('Container runs privileged')] })
    double.hub.push('topic', { 'web.yaml': deployment('web', { privileged: true }) })
    await run(double, pull)
    expect(seen(pull)).toMatchObject({ open: [expect.stringContaining('Critical: Container runs privileged')], folded: [] })
    expect(pull.threads).toHaveLength(1)
    expect(pull.comments).toHaveLength(1)
  })

  test('leaves what people said and settled', async () => {
    await run(double, pull)
    const [thread] = pull.threads
    thread?.comments.push(double.hub.comment('ann', 'We need that.'))
    if (thread !== undefined) thread.isResolved = true
    double.hub.push('topic', { 'web.yaml': `# again\n${deployment('web', { privileged: true })}` })
    await run(double, pull)
    expect(pull.threads).toHaveLength(1)
    expect(pull.threads[0]?.comments.map(({ body }) => body).at(-1)).toBe('We need that.')
    expect(seen(pull).summaries).toEqual(['❌ Fail: 1 finding at or above the gate "high"'])
  })

  test('believes no marker but its own', async () => {
    const review = await reviewOf(double, pull)
    const body = `<!-- plimsoll default privileged-container open ${review.report.findings[0]?.fingerprint} -->`
    pull.threads.push({
      path: 'web.yaml',
      side: 'RIGHT',
      line: 20,
      commit: review.head,
      startLine: undefined,
      isResolved: false,
      comments: [double.hub.comment('mallory', body)],
    })
    pull.comments.push(double.hub.comment('mallory', `✅ all is well\n<!-- plimsoll-summary default ${review.head} -->`))
    await run(double, pull)
    expect(seen(pull).open).toContain(privileged)
    expect(seen(pull).summaries).toHaveLength(1)
  })

  test('of two parts of a repository stay apart', async () => {
    await run(double, pull)
    await run(double, pull, { key: 'other' })
    expect(pull.threads).toHaveLength(2)
    double.hub.push('topic', { 'web.yaml': deployment('web') })
    await run(double, pull)
    expect(pull.threads.map(({ comments: [first] }) => first?.isMinimized)).toEqual([true, false])
    expect(pull.comments).toHaveLength(2)
  })

  test('is found again beyond the first hundred comments', async () => {
    for (let at = 0; at < 120; at += 1) pull.comments.push(double.hub.comment('ann', `remark ${at}`))
    await run(double, pull)
    await run(double, pull)
    expect(seen(pull)).toMatchObject({ open: [privileged], summaries: [expect.any(String)] })
  })

  test('of an old head says nothing, nor of a closed pull request', async () => {
    const old = double.hub.headOf(pull)
    double.hub.push('topic', { 'README.md': 'newer\n' })
    expect(await run(double, pull, { head: old })).toEqual({ kind: 'stale', comments: 0 })
    pull.state = 'CLOSED'
    expect(await run(double, pull)).toEqual({ kind: 'closed', comments: 0 })
    expect([pull.threads, pull.comments]).toEqual([[], []])
  })

  test('of a head that is overtaken while it is said is no word about the newer one', async () => {
    const review = await reviewOf(double, pull)
    const old = talk(double, pull, review.head)
    const read = async () => {
      const there = await old.read()
      double.hub.push('topic', { 'README.md': 'newer\n' })
      return there
    }
    expect((await publish(review, { ...old, read })).kind).toBe('stale')
    expect([pull.threads, pull.reviews]).toEqual([[], []])
  })

  test('that never arrived is said later, and counted once', async () => {
    double.failAt(1, { kind: 'before' })
    expect(await run(double, pull)).toEqual({ kind: 'done', comments: 1 })
    expect(seen(pull).open).toEqual([privileged])
  })

  test('moves a comment that GitHub refuses to the summary and says the rest', async () => {
    double.hub.push('topic', { 'api.yaml': deployment('api', { host: true }) })
    double.hub.refuseAt('web.yaml', 20)
    expect((await run(double, pull)).kind).toBe('done')
    expect(seen(pull).open).toEqual(['api.yaml:13 High: Pod shares the node’s network'.replace('’', "'")])
    expect(pull.comments[0]?.body).toContain('[`web.yaml:20`]')
  })
})

describe('when GitHub refuses', () => {
  test('a token that may only read is told from a failure, and nothing is written', async () => {
    double.tokens.set('ghs_fork', { login: 'github-actions[bot]', permissions: { contents: 'read', pull_requests: 'read' } })
    const review = await reviewOf(double, pull)
    await expect(publish(review, talk(double, pull, review.head, { token: 'ghs_fork' }))).rejects.toMatchObject({ status: 403 })
    expect([pull.threads, pull.comments]).toEqual([[], []])
  })
})
