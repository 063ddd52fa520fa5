// The Action's door: read inputs and event, judge, say it, exit.

import { info, notice, setFailed, setSecret } from '@actions/core'
import { fixBranchOf, occasionOf } from './bot/occasion.ts'
import { UserError } from './errors.ts'
import { fixingForPulls } from './io/fixing.ts'
import { connect } from './io/github.ts'
import { readInputs } from './io/inputs.ts'
import { judge } from './io/judge.ts'
import { mendByPulls } from './io/mended.ts'
import { say } from './io/pull.ts'
import { warm } from './io/rendering.ts'
import { annotate, summarize, writeResults } from './io/results.ts'
import { readStep } from './io/step.ts'

async function main(): Promise<void> {
  const inputs = readInputs()
  setSecret(inputs.token)
  const step = readStep()
  const occasion = occasionOf(step.event, step.payload, step.sha)
  if (occasion.kind === 'nothing') {
    notice(`Plimsoll did nothing: ${occasion.why}.`)
    return
  }
  const github = connect(inputs.token, { api: step.api, tell: info, pace: step.pace })
  // It loads while the commits are fetched and read; a failure comes again, with its place, when something is rendered.
  warm().catch(() => {})
  const { fixPulls } = inputs
  const fixBranch = fixPulls === undefined ? undefined : fixBranchOf(step.event, step.payload, step.ref)
  if (fixBranch !== undefined && 'why' in fixBranch) info(`Plimsoll opens no fix pull requests here: ${fixBranch.why}.`)
  const fixes =
    fixPulls !== undefined && fixBranch !== undefined && 'branch' in fixBranch ? { ...fixBranch, settings: fixPulls } : undefined
  const mending = fixes === undefined ? undefined : fixingForPulls(fixes.settings)
  const judged = await judge(occasion, { inputs, step, github, mending })
  writeResults(judged, step)
  if (occasion.kind === 'pull') await say(judged, occasion, { inputs, step, github })
  else annotate(judged.report)
  const kept = fixes === undefined ? '' : await mendByPulls(judged, fixes, { inputs, step, github })
  await summarize(judged.report, kept)
  // The verdict is the job's: red where the change is worse than the gate allows, or something new could not be looked at.
  if (judged.report.verdict !== 'pass') setFailed(`Plimsoll: ${judged.report.verdictReason}`)
}

/** What the user can mend is told in one line, everything else is a bug of ours. */
function explain(thrown: unknown): string {
  if (thrown instanceof UserError) return `${thrown.message}. ${thrown.hint}`
  const story = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return `this is a bug in Plimsoll, not in your files. Report it with these lines:\n${story}`
}

try {
  await main()
} catch (thrown) {
  setFailed(explain(thrown))
}
