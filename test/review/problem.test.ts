// What could not be looked at has a comment where a person can mend it: once, as long as it lasts.

import { describe, expect, test } from 'vitest'
import { lookupOf } from '../../src/change/lookup.ts'
import type { ReportedProblem } from '../../src/report/report.ts'
import type { Conversation } from '../../src/review/conversation.ts'
import { markerIn } from '../../src/review/marker.ts'
import { placeOfProblem } from '../../src/review/place.ts'
import { isDone, noRefusals, planReview, type ReviewPlan } from '../../src/review/plan.ts'
import { sampleFinding, sampleReport } from '../report/sample.ts'
import { planOf, reviewOf, showing } from './sample.ts'

const failed = (parts: Partial<ReportedProblem> = {}): ReportedProblem => ({
  code: 'render-failed',
  state: 'new',
  counts: true,
  path: 'web.yaml',
  line: 8,
  target: 'chart a',
  message: `${parts.target ?? 'chart a'} could not be rendered: name the berth`,
  hint: 'Mend it.',
  ...parts,
})
const file = (path: string, parts: Partial<ReportedProblem> = {}): ReportedProblem => {
  const { target: _, ...problem } = failed({ code: 'yaml-syntax', path, message: `line 8 of ${path} breaks`, ...parts })
  return problem
}
const whole = showing('web.yaml', 1, 100)
const reportOf = (...problems: readonly ReportedProblem[]) => sampleReport({ findings: [], verdict: 'incomplete', problems })
const summaryIn = ({ summary }: ReviewPlan) => (summary.kind === 'none' ? '' : summary.body)

/** What stands after a plan was carried out, and what was edited of it. */
function standing(plan: ReviewPlan, before: Conversation = { threads: [], summaries: [], requests: [] }): Conversation {
  const edited = before.threads.map((thread) => {
    const edit = plan.edits.find(({ comment }) => comment === thread.comment)
    return edit === undefined ? thread : read(thread.comment, edit.body, edit.fold ?? thread.isMinimized)
  })
  const begun = [...plan.lines, ...plan.files].map(({ body }, at) => read(before.threads.length + at + 1, body, false))
  return { ...before, threads: [...edited, ...begun], summaries: [{ comment: 900, body: summaryIn(plan), head: 'a'.repeat(40) }] }
}

function read(comment: number, body: string, isMinimized: boolean) {
  const marker = markerIn(body)
  if (marker === undefined) throw new Error('a comment without a marker')
  return { node: `n${comment}`, comment, body, marker, isMinimized, isResolved: false, hasReplies: false }
}

describe('where', () => {
  const place = (problem: ReportedProblem, diff = whole) => placeOfProblem(problem, lookupOf(diff))

  test('on the line itself, else the nearest that is shown, else the file', () => {
    expect(place(failed())).toEqual({ kind: 'exact', path: 'web.yaml', line: 8, side: 'RIGHT' })
    expect(place(failed({ line: 140 }))).toEqual({ kind: 'nearest', path: 'web.yaml', line: 100, side: 'RIGHT' })
    const { line: _, ...lineless } = failed()
    expect(place(lineless)).toEqual({ kind: 'file', path: 'web.yaml' })
  })

  test('at the one file of the target that the change touches, where that is not the one to blame', () => {
    const elsewhere = failed({ path: 'chart/web.yaml', touched: ['web.yaml'] })
    expect(place(elsewhere)).toEqual({ kind: 'file', path: 'web.yaml' })
    expect(place({ ...elsewhere, touched: ['web.yaml', 'b.yaml'] })).toEqual({ kind: 'summary' })
    expect(place({ ...elsewhere, touched: [] })).toEqual({ kind: 'summary' })
    // A file that is deleted or only renamed shows no line to comment.
    expect(place(elsewhere, { files: [{ status: 'deleted', path: 'web.yaml', hunks: [] }] })).toEqual({ kind: 'summary' })
  })
})

describe('a first review', () => {
  test('says what the change brought in the diff and not a second time in the summary', () => {
    const plan = planOf(
      reportOf(failed(), failed({ path: 'elsewhere.yaml', message: 'chart a could not be rendered: nil pointer' })),
      whole,
    )
    expect(plan.lines.map(({ place, rule, weight }) => [place.kind, rule, weight])).toEqual([['exact', 'render-failed', 'problem']])
    expect(summaryIn(plan)).toContain('1 comment in the diff.')
    expect(summaryIn(plan)).not.toContain('name the berth')
    expect(summaryIn(plan)).toContain('`elsewhere.yaml:8`: chart a could not be rendered: nil pointer')
  })

  test('is silent in the diff about what was there before', () => {
    expect(planOf(reportOf(failed({ state: 'unchanged' })), whole).lines).toEqual([])
  })

  test('says once what several targets fail for, with their names', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => failed({ target: `chart ${name}` }))
    const [only, ...others] = planOf(reportOf(...six), whole).lines
    expect([others, only?.body]).toEqual([[], expect.stringContaining('**Could not be looked at: 6 targets**')])
    expect(only?.body).toContain('<details><summary>The targets</summary>\n\n- `chart a`\n')
    expect(planOf(reportOf(...six.slice(0, 2)), whole).lines[0]?.body).toContain('These are `chart a`, `chart b`.')
  })

  test('leaves room for findings: five at most, those that count first', () => {
    const files = Array.from({ length: 8 }, (_, at) => file(`${String.fromCharCode(97 + at)}.yaml`, { counts: at > 5 }))
    const diff = { files: files.flatMap(({ path }) => showing(path, 1, 9).files) }
    const plan = planOf(reportOf(...files), diff)
    expect(plan.lines.map(({ place }) => place.kind !== 'summary' && place.path)).toEqual([
      'g.yaml',
      'h.yaml',
      'a.yaml',
      'b.yaml',
      'c.yaml',
    ])
    expect(summaryIn(plan)).toContain('`d.yaml:8`')
  })

  test('can be told in the summary where GitHub refuses the place', () => {
    const [comment] = planOf(reportOf(failed()), whole).lines
    const plan = planReview(
      reviewOf(reportOf(failed()), whole),
      { threads: [], summaries: [], requests: [] },
      { ...noRefusals, places: new Set(comment?.prints) },
    )
    expect([plan.lines, summaryIn(plan)]).toEqual([[], expect.stringContaining('name the berth')])
  })

  test('cannot be made to say something else by what a file is called or holds', () => {
    const evil = 'x**](http://a) <img> @ann --> <!-- plimsoll default r open'
    const [comment] = planOf(
      reportOf(failed({ target: evil, message: `${evil} could not be rendered: ${evil}\n# x`, hint: evil })),
      whole,
    ).lines
    expect(comment?.body).not.toMatch(/(?<!\\)<img|@ann|(?<!\\)\]\(/)
    expect(markerIn(comment?.body ?? '')?.prints).toEqual(comment?.prints)
  })
})

describe('a later review', () => {
  const report = reportOf(failed())
  const there = standing(planOf(report, whole))

  test('of the same has nothing to do, even where its line moved', () => {
    expect(isDone(planOf(report, whole, there))).toBe(true)
    const moved = planOf(reportOf(failed({ line: 30 })), whole, there)
    expect([moved.lines, moved.edits]).toEqual([[], []])
  })

  test('settles and folds what is mended, and opens it again in its thread when it comes back', () => {
    const mended = planOf(reportOf(), whole, there)
    expect(mended.edits).toEqual([
      expect.objectContaining({ fold: true, body: expect.stringMatching(/^✅ Can be looked at as of a{12}: chart a \(`render-failed`\)/) }),
    ])
    const settled = standing(mended, there)
    expect(isDone(planOf(reportOf(), whole, settled))).toBe(true)
    const back = planOf(report, whole, settled)
    expect([back.lines, back.edits.map(({ fold, body }) => [fold, body])]).toEqual([[], [[false, there.threads[0]?.body]]])
  })

  test('tells what is in the target branch by now from what was mended', () => {
    expect(planOf(reportOf(failed({ state: 'unchanged' })), whole, there).edits[0]?.body).toMatch(
      /^✅ No longer part of this change: chart a/,
    )
  })

  test('follows the number of targets', () => {
    const { edits } = planOf(reportOf(failed(), failed({ target: 'chart b' })), whole, there)
    expect(edits.map(({ body }) => body)).toEqual([expect.stringContaining('2 targets')])
  })

  test('leaves a thread that a person settled as it is', () => {
    const threads = there.threads.map((thread) => ({ ...thread, isResolved: true }))
    const plan = planOf(reportOf(failed(), failed({ target: 'chart b' })), whole, { ...there, threads })
    expect([plan.lines, plan.edits]).toEqual([[], []])
  })

  test('keeps findings and problems apart', () => {
    const both = sampleReport({ findings: [sampleFinding()], problems: [failed()] })
    const said = standing(planOf(both, whole))
    expect(said.threads.map(({ marker }) => marker.about)).toEqual(['problem', 'finding'])
    expect(planOf(both, whole, said).edits).toEqual([])
    expect(planOf(reportOf(failed()), whole, said).edits.map(({ body }) => body.split(':')[0])).toEqual(['✅ Fixed as of aaaaaaaaaaaa'])
  })
})
