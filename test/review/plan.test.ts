// What is said, where, and what becomes of what was said before.

import { describe, expect, test } from 'vitest'
import type { ReportedFinding } from '../../src/report/report.ts'
import { type Conversation, silence, type Thread } from '../../src/review/conversation.ts'
import { markerIn } from '../../src/review/marker.ts'
import { isDone, noRefusals, planReview, type ReviewPlan } from '../../src/review/plan.ts'
import { sampleFinding, sampleReport } from '../report/sample.ts'
import { planOf, reviewOf, showing } from './sample.ts'

const print = (at: number) => at.toString(16).padStart(32, '0')
const finding = (at: number, parts: Partial<ReportedFinding> = {}) =>
  sampleFinding({
    fingerprint: print(at),
    location: { ...sampleFinding().location, line: at },
    objectLines: { first: 1, last: 100 },
    ...parts,
  })
const findings = (count: number, parts: Partial<ReportedFinding> = {}) => Array.from({ length: count }, (_, at) => finding(at + 1, parts))
const whole = showing('web.yaml', 1, 100)
/** As many findings, each of a rule of its own, so that nothing is said together. */
const sundry = (count: number) => findings(count).map((one, at) => ({ ...one, rule: `rule-${at}` }))

/** The threads that a plan makes, as they are read back. */
function threadsOf(plan: ReviewPlan, parts: Partial<Thread> = {}): readonly Thread[] {
  return [...plan.lines, ...plan.files].map(({ body }, at) => {
    const marker = markerIn(body)
    if (marker === undefined) throw new Error('a comment without a marker')
    return { node: `n${at}`, comment: at + 1, body, marker, isMinimized: false, isResolved: false, hasReplies: false, ...parts }
  })
}

/** What stands after a plan was carried out on an empty pull request. */
function standing(plan: ReviewPlan, parts: Partial<Thread> = {}): Conversation {
  const summaries = plan.summary.kind === 'create' ? [{ comment: 900, body: plan.summary.body, head: 'a'.repeat(40) }] : []
  return { threads: threadsOf(plan, parts), summaries, requests: [] }
}

describe('a first review', () => {
  test('says each finding on its line, worst first, and sums up', () => {
    const plan = planOf(sampleReport({ findings: findings(2) }), whole)
    expect(plan.lines.map(({ place }) => place)).toEqual([
      { kind: 'exact', path: 'web.yaml', line: 1, side: 'RIGHT' },
      { kind: 'exact', path: 'web.yaml', line: 2, side: 'RIGHT' },
    ])
    expect(plan.summary.kind).toBe('create')
  })

  test('says at most fifteen in the diff, the rest in the summary with links', () => {
    const plan = planOf(sampleReport({ findings: sundry(20) }), whole)
    expect(plan.lines).toHaveLength(15)
    expect(plan.summary).toMatchObject({ body: expect.stringContaining('[`web.yaml:16`](https://git.example/blob/head/web.yaml#L16)') })
  })

  test('says findings of one rule at one place together', () => {
    const plan = planOf(sampleReport({ findings: [finding(3), finding(3, { fingerprint: print(9) })] }), whole)
    expect(plan.lines.map(({ prints }) => prints)).toEqual([[print(3), print(9)]])
  })

  test('says more than three of one rule in one file together, with their lines; five by name', () => {
    expect(planOf(sampleReport({ findings: findings(3) }), whole).lines).toHaveLength(3)
    const [only, ...others] = planOf(sampleReport({ findings: findings(7) }), whole).lines
    expect(others).toEqual([])
    expect(only?.prints).toHaveLength(7)
    expect(only?.body).toContain('- line 1: Pod "web" uses the network of its node.\n- line 2: ')
    expect(only?.body).toContain('<details><summary>2 more places</summary>\n\n- line 6: ')
  })

  test('follows such a comment: what is fixed goes from its list, what comes joins it', () => {
    const there = standing(planOf(sampleReport({ findings: findings(5) }), whole))
    const plan = planOf(sampleReport({ findings: [...findings(2), finding(9)] }), whole, there)
    expect(plan.lines.map(({ prints }) => prints)).toEqual([[print(9)]])
    expect(plan.edits.map(({ body }) => markerIn(body)?.prints)).toEqual([[print(1), print(2)]])
    const more = planOf(sampleReport({ findings: findings(6) }), whole, there)
    expect([more.lines, more.edits.map(({ body }) => markerIn(body)?.prints.length)]).toEqual([[], [6]])
  })

  test('says low and info in the summary alone, and nothing of what was there before or is accepted', () => {
    const silent = [
      finding(3, { state: 'unchanged' }),
      finding(4, { suppression: { reason: 'x', source: 'y' } }),
      finding(5, { state: 'fixed' }),
    ]
    const plan = planOf(sampleReport({ findings: [finding(1, { severity: 'low' }), finding(2, { severity: 'info' }), ...silent] }), whole)
    expect(plan.lines).toEqual([])
    expect(plan.summary).toMatchObject({ body: expect.stringContaining('Of low severity (2)') })
  })

  test('is one quiet line when nothing was found, or nothing at all', () => {
    const report = sampleReport({ findings: [], verdict: 'pass', verdictReason: 'nothing found' })
    expect(planOf(report, whole).summary).toMatchObject({ kind: 'create', body: expect.stringMatching(/^✅ Plimsoll found nothing/) })
    expect(planReview(reviewOf(report, whole, { saysNothing: false }), silence, noRefusals).summary.kind).toBe('none')
  })

  test('moves what GitHub refused to the summary', () => {
    const plan = planReview(reviewOf(sampleReport({ findings: findings(2) }), whole), silence, {
      ...noRefusals,
      places: new Set([print(1)]),
    })
    expect(plan.lines.map(({ prints }) => prints)).toEqual([[print(2)]])
    expect(plan.summary).toMatchObject({ body: expect.stringContaining('[`web.yaml:1`]') })
  })
})

describe('a later review', () => {
  const report = sampleReport({ findings: findings(3) })
  const there = standing(planOf(report, whole))

  test('of the same findings has nothing to do', () => {
    expect(isDone(planOf(report, whole, there))).toBe(true)
  })

  test('says nothing twice when lines move, whatever the diff shows by then', () => {
    const moved = sampleReport({
      findings: findings(3).map((one) => ({ ...one, location: { ...one.location, line: one.location.line + 40 } })),
    })
    const plan = planOf(moved, showing('other.yaml', 1, 3), there)
    expect([plan.lines, plan.files]).toEqual([[], []])
  })

  test('edits what was fixed to one line and folds it', () => {
    const plan = planOf(sampleReport({ findings: [...findings(2), finding(3, { state: 'fixed' })] }), whole, there)
    expect(plan.edits).toHaveLength(1)
    expect(plan.edits[0]).toMatchObject({
      comment: 3,
      rewrite: true,
      fold: true,
      body: expect.stringMatching(/^✅ Fixed as of a{12}: Pod uses/),
    })
  })

  test('tells what is in the target branch by now from what was fixed', () => {
    const plan = planOf(sampleReport({ findings: [...findings(2), finding(3, { state: 'unchanged' })] }), whole, there)
    expect(plan.edits[0]?.body).toMatch(/^✅ No longer part of this change/)
  })

  test('brings back in its thread what comes back', () => {
    const closed = planOf(sampleReport({ findings: findings(2) }), whole, there).edits[0]?.body ?? ''
    const threads = there.threads.map((thread, at) =>
      at === 2 ? { ...thread, body: closed, marker: markerIn(closed) ?? thread.marker, isMinimized: true } : thread,
    )
    const plan = planOf(report, whole, { ...there, threads })
    expect(plan.lines).toEqual([])
    expect(plan.edits).toEqual([expect.objectContaining({ comment: 3, rewrite: true, fold: false, body: there.threads[2]?.body })])
    expect(isDone(planOf(sampleReport({ findings: findings(2) }), whole, { ...there, threads }))).toBe(false)
  })

  test('leaves a thread that a person settled as it is, and does not say its finding again', () => {
    const plan = planOf(report, whole, { ...there, threads: there.threads.map((thread) => ({ ...thread, isResolved: true })) })
    expect([plan.lines, plan.edits]).toEqual([[], []])
  })

  test('folds a comment of several findings only when all are fixed', () => {
    const pair = [finding(3), finding(3, { fingerprint: print(9) })]
    const both = standing(planOf(sampleReport({ findings: pair }), whole))
    const [edit] = planOf(sampleReport({ findings: pair.slice(0, 1) }), whole, both).edits
    expect(edit).toMatchObject({ rewrite: true })
    expect(edit?.fold).toBeUndefined()
    expect(markerIn(edit?.body ?? '')).toMatchObject({ state: 'open', prints: [print(3)] })
    expect(planOf(sampleReport({ findings: [] }), whole, both).edits[0]).toMatchObject({ fold: true })
  })

  test('adds a further finding of a place to the thread that is there', () => {
    const plan = planOf(sampleReport({ findings: [...findings(3), finding(3, { fingerprint: print(9) })] }), whole, there)
    expect(plan.lines).toEqual([])
    expect(markerIn(plan.edits[0]?.body ?? '')?.prints).toEqual([print(3), print(9)])
  })

  test('counts comments that stand against the fifteen', () => {
    const plan = planOf(sampleReport({ findings: sundry(30) }), whole, standing(planOf(sampleReport({ findings: sundry(10) }), whole)))
    expect(plan.lines).toHaveLength(5)
  })

  test('takes away what two runs said at once, unless somebody answered', () => {
    const double = there.threads.map((thread) => ({ ...thread, comment: thread.comment + 100 }))
    expect(planOf(report, whole, { ...there, threads: [...there.threads, ...double] }).removed).toEqual([101, 102, 103])
    const answered = double.map((thread) => ({ ...thread, hasReplies: true }))
    expect(planOf(report, whole, { ...there, threads: [...there.threads, ...answered] }).removed).toEqual([])
    const [summary] = there.summaries
    if (summary === undefined) throw new Error('no summary')
    expect(planOf(report, whole, { ...there, summaries: [summary, { ...summary, comment: 901 }] }).removedSummaries).toEqual([901])
  })

  test('turns the summary quiet when all is fixed, and says so at once', () => {
    const plan = planOf(sampleReport({ findings: [], verdict: 'pass' }), whole, there)
    expect(plan.summary).toMatchObject({ kind: 'update', comment: 900 })
  })
})

describe('the summary', () => {
  test('stays below the limit whatever is found, and cuts no table, fence or list item open', () => {
    const long = findings(3_000).map((one) => ({ ...one, message: 'x'.repeat(400) }))
    const { summary } = planOf(sampleReport({ findings: long }), showing('other.yaml', 1, 1))
    if (summary.kind !== 'create') throw new Error('no summary')
    expect(summary.body.length).toBeLessThanOrEqual(60_000)
    expect(summary.body).toMatch(/- and \d+ more: the report of the run has them all/)
    expect(summary.body.match(/<details>/g)?.length).toBe(summary.body.match(/<\/details>/g)?.length)
    expect(
      summary.body
        .split('\n')
        .filter((line) => line.startsWith('- ['))
        .every((line) => line.endsWith('x'.repeat(400))),
    ).toBe(true)
  })
})
