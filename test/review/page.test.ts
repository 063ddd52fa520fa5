// What stands on the page of a pull request: few comments at the right lines, each once, however runs meet.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { statusOf } from '../../src/io/github.ts'
import { publish, type Talk } from '../../src/review/publish.ts'
import { type Double, startDouble } from '../github/double.ts'
import { wrongIn } from '../github/oracle.ts'
import { deployment, reviewOf, run, seen, talk } from '../github/shop.ts'
import type { Pull } from '../github/state.ts'

let double: Double
let pull: Pull
const names = Array.from({ length: 24 }, (_, at) => `app-${String(at).padStart(2, '0')}`)
const files = (faults: (at: number) => object) =>
  Object.fromEntries(names.map((name, at) => [`${name}.yaml`, deployment(name, faults(at))]))
beforeEach(async () => {
  double = await startDouble()
  double.hub.push('main', { ...files(() => ({})), 'lone.yaml': secure('lone') })
  double.hub.push('topic', { 'README.md': 'work\n' })
  pull = double.hub.open('topic')
})
afterEach(async () => {
  expect(double.violations).toEqual([])
  await double.stop()
})

/** A pod whose last lines are what keeps it from running as root. */
function secure(name: string, tail = '  securityContext:\n    runAsNonRoot: true\n'): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  containers:\n    - name: ${name}\n      image: registry.example.org/shop/${name}:1.4.2\n      securityContext:\n        allowPrivilegeEscalation: false\n        capabilities: { drop: [ALL] }\n        seccompProfile: { type: RuntimeDefault }\n${tail}`
}

describe('noise', () => {
  test('fifteen comments at most, over any number of pushes; the rest is in the summary', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 10 })),
    )
    await run(double, pull)
    expect(seen(pull).open).toHaveLength(10)
    double.hub.push(
      'topic',
      files(() => ({ privileged: true })),
    )
    const review = await reviewOf(double, pull)
    expect(await run(double, pull)).toEqual({ kind: 'done', comments: 5 })
    expect(seen(pull).open).toHaveLength(15)
    expect(wrongIn(pull, review)).toEqual([])
    expect(pull.comments[0]?.body).toContain('15 comments in the diff.')
    expect(pull.comments[0]?.body).toContain('**Not said in the diff**')
  })

  test('what is of low severity is said in the summary alone', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ tag: at < 3 ? 'latest' : '1.4.2' })),
    )
    await run(double, pull)
    expect(pull.threads).toEqual([])
    expect(pull.comments[0]?.body).toContain('<details><summary>Of low severity (3)</summary>')
  })

  test('what stands nowhere in the diff has its place in the summary, however much it is', async () => {
    double.hub.push(
      'topic',
      files(() => ({ privileged: true })),
    )
    const review = await reviewOf(double, pull)
    const findings = Array.from({ length: 4_000 }, (_, at) =>
      review.report.findings
        .slice(0, 1)
        .map((one) => ({ ...one, fingerprint: at.toString(16).padStart(32, '0'), location: { ...one.location, path: `far/${at}.yaml` } })),
    ).flat()
    await publish({ ...review, report: { ...review.report, findings } }, talk(double, pull, review.head))
    expect(pull.threads).toEqual([])
    expect(pull.comments.map(({ body }) => body.length <= 60_000)).toEqual([true])
  })
})

describe('places', () => {
  test('what was taken away is said at the removed line', async () => {
    double.hub.push('topic', { 'lone.yaml': secure('lone', '') })
    await run(double, pull)
    expect(pull.threads.map(({ path, side, line }) => ({ path, side, line }))).toEqual([{ path: 'lone.yaml', side: 'LEFT', line: 15 }])
  })

  test('what no shown line holds is said at the nearest one of its object', async () => {
    const tall = (privileged: boolean, label: string) =>
      deployment('tall', { privileged }).replace(
        'metadata:\n',
        `metadata:\n  labels:\n${'    a: b\n'.replace('b', label)}${Array.from({ length: 20 }, (_, at) => `    l${at}: x\n`).join('')}`,
      )
    double.hub.push('main', { 'tall.yaml': tall(false, 'one') })
    double.hub.force('topic', double.hub.commitOn('main', { 'tall.yaml': tall(true, 'two') }))
    const review = await reviewOf(double, pull)
    // As where values far away made it: its own lines are not shown.
    const diff = { ...review.diff, isShown: () => false, shown: (path: string) => review.diff.shown(path).filter((line) => line < 12) }
    await publish({ ...review, diff }, talk(double, pull, review.head))
    expect(pull.threads.map(({ path, line }) => `${path}:${line}`)).toEqual(['tall.yaml:8'])
    expect(pull.threads[0]?.comments[0]?.body).toContain('this is the nearest line that the change shows')
  })
})

describe('answers that are lost', () => {
  test.each(['a comment on a line', 'a comment on a file', 'a summary'])('to %s: it is not said again', async (what) => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 1 })),
    )
    const review = await reviewOf(double, pull)
    const diff = what === 'a comment on a file' ? { ...review.diff, isShown: () => false, shown: () => [] } : review.diff
    double.failAt(what === 'a summary' ? 3 : 1, { kind: 'after' })
    await publish({ ...review, diff }, talk(double, pull, review.head))
    expect([pull.threads.length, pull.comments.length, pull.said]).toEqual([1, 1, 2])
  })
})

describe('runs that meet', () => {
  test('of one head say everything once, although both looked before either spoke', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 3 })),
    )
    const review = await reviewOf(double, pull)
    const meet = meeting(2)
    const runs = [1, 2].map(() => publish(review, meet(talk(double, pull, review.head))))
    expect((await Promise.all(runs)).map(({ kind }) => kind)).toEqual(['done', 'done'])
    expect(wrongIn(pull, review)).toEqual([])
    expect([pull.threads.length, pull.comments.length]).toEqual([3, 1])
  })

  test('leave a comment that was said twice where somebody answered it', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 1 })),
    )
    await run(double, pull)
    const [thread] = pull.threads
    if (thread === undefined) throw new Error('nothing was said')
    const copy = double.hub.comment('github-actions[bot]', thread.comments[0]?.body ?? '')
    pull.threads.push({ ...thread, comments: [copy, double.hub.comment('ann', 'On it.')] })
    await run(double, pull)
    expect(pull.threads).toHaveLength(2)
    pull.threads[1]?.comments.pop()
    await run(double, pull)
    expect(pull.threads).toEqual([thread])
  })

  test('of two heads: one whose head moved between looking and speaking says nothing', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 1 })),
    )
    const old = await reviewOf(double, pull)
    const inner = talk(double, pull, old.head)
    const moved: Talk = {
      ...inner,
      review: async (comments, requestsChanges) => {
        double.hub.push(
          'topic',
          files((at) => ({ privileged: at === 5 })),
        )
        return inner.review(comments, requestsChanges)
      },
    }
    expect(await publish(old, moved)).toEqual({ kind: 'stale', comments: 0 })
    expect([pull.threads, pull.comments]).toEqual([[], []])
  })

  /** Lets the first writing of each wait until all have looked. */
  function meeting(runs: number): (inner: Talk) => Talk {
    const doors = { review: gate(runs), summary: gate(runs) }
    return (inner) => ({
      ...inner,
      review: (comments, requestsChanges) => doors.review().then(() => inner.review(comments, requestsChanges)),
      createSummary: (body) => doors.summary().then(() => inner.createSummary(body)),
    })
  }

  function gate(runs: number): () => Promise<void> {
    let open = () => {}
    const opened = new Promise<void>((done) => {
      open = done
    })
    let waiting = 0
    return () => {
      waiting += 1
      if (waiting >= runs) open()
      // A run that has nothing to write never comes.
      return Promise.race([opened, new Promise<void>((done) => setTimeout(done, 200))])
    }
  }
})

describe('requests for changes', () => {
  const asking = { requestsChanges: true }
  const states = () => pull.reviews.map(({ state }) => state)

  test('are made where one is due, once, and withdrawn when all is well', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 1 })),
    )
    await run(double, pull)
    expect(states()).toEqual(['COMMENTED'])
    await run(double, pull, asking)
    await run(double, pull, asking)
    expect(states()).toEqual(['COMMENTED', 'CHANGES_REQUESTED'])
    double.hub.push(
      'topic',
      files(() => ({})),
    )
    await run(double, pull)
    expect(states()).toEqual(['COMMENTED', 'DISMISSED'])
  })

  test('of another key and of people stay', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 1 })),
    )
    await run(double, pull, { ...asking, key: 'other' })
    const request = {
      id: 7,
      event: 'REQUEST_CHANGES',
      state: 'CHANGES_REQUESTED',
      body: '<!-- plimsoll-review default -->',
      author: 'ann',
      commit: '',
    } as const
    pull.reviews.push({ ...request })
    await run(double, pull)
    expect(states()).toEqual(['CHANGES_REQUESTED', 'CHANGES_REQUESTED', 'COMMENTED'])
  })

  test('cannot be made of our own pull request: its findings are said all the same', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 2 })),
    )
    const own = double.hub.open('topic', 'main', 'github-actions[bot]')
    expect((await run(double, own, asking)).kind).toBe('done')
    expect(seen(own).open).toHaveLength(2)
  })
})

describe('a token', () => {
  test('that cannot even read a private pull request is told from a bug', async () => {
    double.tokens.set('ghs_weak', { login: 'github-actions[bot]', permissions: { contents: 'read' } })
    const review = await reviewOf(double, pull)
    const thrown: unknown = await publish(review, talk(double, pull, review.head, { token: 'ghs_weak' })).catch((error: unknown) => error)
    expect(statusOf(thrown)).toBe(403)
  })

  test('that may comment but not fold leaves fixed comments open, in one line', async () => {
    double.hub.push(
      'topic',
      files((at) => ({ privileged: at < 1 })),
    )
    await run(double, pull)
    double.hub.push(
      'topic',
      files(() => ({})),
    )
    double.hub.foldsNothing = true
    expect((await run(double, pull)).kind).toBe('done')
    expect(seen(pull)).toMatchObject({ open: [expect.stringContaining('✅ Fixed as of')], folded: [] })
  })
})
