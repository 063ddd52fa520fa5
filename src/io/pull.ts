// Says a review in its pull request, or says why it could not and what would help.

import { info, warning } from '@actions/core'
import type { Occasion } from '../bot/occasion.ts'
import { lookupOf } from '../change/lookup.ts'
import type { Location } from '../report/report.ts'
import { checkOf } from '../review/check.ts'
import { firstSummary, type Review } from '../review/plan.ts'
import { publish } from '../review/publish.ts'
import { isLimit, statusOf } from './github.ts'
import type { Context, Judged } from './judge.ts'
import { annotate } from './results.ts'
import { talkIn } from './talk.ts'

type Pull = Extract<Occasion, { kind: 'pull' }>

/** Comments where that is wanted and allowed, annotations otherwise; never makes the job red by itself. */
export async function say(judged: Judged, pull: Pull, context: Context): Promise<void> {
  const { inputs } = context
  const review = reviewOf(judged, pull, context)
  if (inputs.checkRun) await tryTo('the check', 'checks: write', pull, () => writeCheck(review, pull, context))
  if (!inputs.comment) return annotate(judged.report)
  const isSaid = await tryTo('the review', 'pull-requests: write', pull, () => comment(review, pull, context))
  if (!isSaid) annotate(judged.report)
}

async function comment(review: Review, pull: Pull, { inputs, step, github }: Context): Promise<void> {
  const place = { owner: step.owner, repo: step.repo, number: pull.number, key: inputs.key, head: pull.head, pace: step.pace }
  const { kind, comments } = await publish(review, talkIn(place, github))
  if (kind === 'done') return info(`Plimsoll wrote ${comments} ${comments === 1 ? 'comment' : 'comments'} in pull request #${pull.number}.`)
  if (kind === 'unfinished')
    return warning('GitHub did not take all of the review; the next run goes on with it. The job summary has everything.')
  info(
    kind === 'stale'
      ? 'The pull request has a newer head by now: its own run will speak.'
      : 'The pull request was closed meanwhile: nothing was written.',
  )
}

/** Whether it was done. A permission that is missing is named with the lines to add. */
async function tryTo(what: string, permission: string, { readOnly }: Pull, act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === undefined) throw thrown
    const message = thrown instanceof Error ? thrown.message.split('\n', 1)[0] : String(thrown)
    const isForbidden = (status === 401 || status === 403 || status === 404) && !isLimit(thrown)
    const why = readOnly ?? `the token lacks a permission. Add to the job:\n  permissions:\n    contents: read\n    ${permission}`
    warning(
      isForbidden
        ? `${what} could not be written: ${why}\n(GitHub said: ${status} ${message})`
        : `${what} could not be written: ${status} ${message}. Run the job again when GitHub answers; the job summary has everything.`,
    )
    return false
  }
}

async function writeCheck(review: Review, { head }: Pull, { inputs, step: { owner, repo }, github }: Context): Promise<void> {
  const { name, conclusion, title, summary, annotations } = checkOf(review.report, inputs.key, firstSummary(review))
  await github.rest.checks.create({
    owner,
    repo,
    name,
    head_sha: head,
    status: 'completed',
    conclusion,
    output: { title, summary, annotations: [...annotations] },
  })
}

function reviewOf({ report, diff }: Judged, { head, isDraft }: Pull, { inputs, step }: Context): Review {
  const page = `${step.server}/${step.owner}/${step.repo}`
  return {
    report,
    diff: lookupOf(diff),
    head,
    key: inputs.key,
    saysNothing: inputs.commentWhenClean,
    requestsChanges: inputs.requestChanges && !isDraft && report.verdict === 'fail',
    ruleUrl: (rule) => `${report.tool.url}/blob/main/docs/rules/${rule}.md`,
    lineUrl: ({ path, line }: Location) => `${page}/blob/${head}/${path.split('/').map(encodeURIComponent).join('/')}#L${line}`,
  }
}
