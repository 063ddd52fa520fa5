// Reviews for tests, and a plan as a person would see it on the page.

import type { Change } from '../../src/change/change.ts'
import type { Diff } from '../../src/change/diff.ts'
import { lookupOf } from '../../src/change/lookup.ts'
import type { Report } from '../../src/report/report.ts'
import { type Conversation, silence } from '../../src/review/conversation.ts'
import { noRefusals, planReview, type Review, type ReviewPlan } from '../../src/review/plan.ts'

const head = 'a'.repeat(40)

/** A diff that shows the lines `first` to `last` of a file, all of them added. */
export function showing(path: string, first: number, last: number): Diff {
  const added = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  return {
    files: [
      {
        status: 'modified',
        path,
        hunks: [{ base: { start: first, lines: 0 }, head: { start: first, lines: added.length }, added, removed: [] }],
      },
    ],
  }
}

export function reviewOf(report: Report, diff: Diff, parts: Partial<Review> = {}): Review {
  return {
    report,
    diff: lookupOf(diff),
    head,
    key: 'default',
    saysNothing: true,
    requestsChanges: false,
    ruleUrl: (rule) => `https://docs.example/rules/${rule}.md`,
    lineUrl: ({ path, line }) => `https://git.example/blob/head/${path}#L${line}`,
    ...parts,
  }
}

export function planOf(report: Report, diff: Diff, conversation: Conversation = silence): ReviewPlan {
  return planReview(reviewOf(report, diff), conversation, noRefusals)
}

/** The comments of a first review and its summary, as text. */
export function pageOf(report: Report, change: Change): string {
  const plan = planOf(report, change.diff)
  const comments = [...plan.lines, ...plan.files].map(({ place, body }) => {
    const where =
      place.kind === 'summary'
        ? ''
        : place.kind === 'file'
          ? `${place.path} (the file)`
          : `${place.path}:${place.line} ${place.side} (${place.kind})`
    return `=== ${where}\n\n${body}\n`
  })
  const summary = plan.summary.kind === 'none' ? '(nothing is said)' : plan.summary.body
  return `${[...comments, `=== summary\n\n${summary}\n`].join('\n')}`
}
