// Gets the commits that an occasion is about and judges them.

import type { Occasion } from '../bot/occasion.ts'
import type { Diff } from '../change/diff.ts'
import { changeBelow, treeBelow } from '../change/subtree.ts'
import type { Tree } from '../change/tree.ts'
import type { Report } from '../report/report.ts'
import { type Run, review, scan } from '../scan.ts'
import { silent } from '../watch.ts'
import { changeBetween, treeOfCommit } from './change.ts'
import { checkout, knownMergeBase } from './checkout.ts'
import { sourcesFor } from './fetching.ts'
import { fixingInReview } from './fixing.ts'
import { asked, type Connection } from './github.ts'
import type { Inputs } from './inputs.ts'
import { readPolicy } from './policy.ts'
import { engine } from './rendering.ts'
import { short } from './revisions.ts'
import { readRulebook } from './rulebook.ts'
import type { Step } from './step.ts'

export type Context = { readonly inputs: Inputs; readonly step: Step; readonly github: Connection }

/** `whole`: all there is in the tree, which code scanning wants of a branch. */
export type Judged = { readonly report: Report; readonly whole: Report; readonly diff: Diff }

/** Judges a tree, or what a change makes of it. Throws a UserError where the commits cannot be had. */
export function judge(occasion: Exclude<Occasion, { kind: 'nothing' }>, context: Context): Promise<Judged> {
  return occasion.kind === 'tree' ? judgeTree(occasion.head, context) : judgeChange(occasion, context)
}

async function judgeTree(head: string, context: Context): Promise<Judged> {
  const { inputs, step } = context
  const repository = checkout([head], { ...step, token: inputs.token }, step)
  const tree = treeOfCommit(repository, head, short(head))
  const report = await scan(treeBelow(tree, inputs.path), await runOf(tree, context))
  return { report, whole: report, diff: { files: [] } }
}

async function judgeChange(occasion: Extract<Occasion, { kind: 'pull' | 'change' }>, context: Context): Promise<Judged> {
  const { inputs, step } = context
  const { head } = occasion
  // The target branch as it is by now, not when the event was made: a policy that was changed since counts.
  const tip = occasion.kind === 'pull' ? await tipOf(occasion.baseBranch, context) : occasion.base
  const base = knownMergeBase(step.workspace, tip, head) ?? (await mergeBase(tip, head, context))
  const repository = checkout([base, head, tip], { ...step, token: inputs.token }, step)
  const names = { base: short(base), head: short(head), policy: occasion.kind === 'pull' ? occasion.baseBranch : short(tip) }
  const whole = changeBetween(repository, { base, head, policy: tip }, names)
  const change = changeBelow(whole, inputs.path)
  const run = await runOf(whole.policy, context)
  const report = await review(change, { ...run, fixing: fixingInReview })
  return { report, whole: occasion.kind === 'pull' ? report : await scan(change.head, run), diff: change.diff }
}

async function tipOf(branch: string, { github, step: { owner, repo } }: Context): Promise<string> {
  const { data } = await asked(`the tip of ${branch}`, () => github.rest.git.getRef({ owner, repo, ref: `heads/${branch}` }))
  return data.object.sha
}

async function mergeBase(base: string, head: string, { github, step: { owner, repo } }: Context): Promise<string> {
  const { data } = await asked(`the commit where ${short(base)} and ${short(head)} part`, () =>
    github.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}`, per_page: 1 }),
  )
  return data.merge_base_commit.sha
}

async function runOf(policyTree: Tree, { inputs: { overrides, config }, step }: Context): Promise<Run> {
  const repositories = [`${step.server}/${step.owner}/${step.repo}`]
  const policy = await readPolicy(policyTree, { ...overrides, repositories }, config)
  return { policy, rulebook: readRulebook(), watch: silent, engine, sources: sourcesFor(policy) }
}
