// Gets the commits that an occasion is about and judges them.

import type { Occasion } from '../bot/occasion.ts'
import type { Diff } from '../change/diff.ts'
import type { Tree } from '../change/tree.ts'
import type { Fixing, Written } from '../repair.ts'
import type { Report } from '../report/report.ts'
import { judgeTree, type Run, review } from '../scan.ts'
import { silent } from '../watch.ts'
import { changeBetween, treeOfCommit } from './change.ts'
import { checkout, knownMergeBase } from './checkout.ts'
import { sourcesFor } from './fetching.ts'
import { fixingInReview } from './fixing.ts'
import type { Repository } from './git-objects.ts'
import { executablesIn } from './git-tree.ts'
import { asked, type Connection } from './github.ts'
import type { Inputs } from './inputs.ts'
import { readPolicy } from './policy.ts'
import { engine } from './rendering.ts'
import { short } from './revisions.ts'
import { readRulebook } from './rulebook.ts'
import type { Step } from './step.ts'

/** `mending`: how all of a tree is mended; absent where nobody asks for that. */
export type Context = { readonly inputs: Inputs; readonly step: Step; readonly github: Connection; readonly mending?: Fixing | undefined }

/** `whole`: all there is in the tree, which code scanning wants of a branch. */
export type Judged = { readonly report: Report; readonly whole: Report; readonly diff: Diff; readonly mended?: MendedTree }

/** A commit, and what of it can be mended. */
export type MendedTree = {
  readonly commit: string
  readonly tree: Tree
  readonly written: Written
  /** Files that the API could not write back as they are. */
  readonly executables: ReadonlySet<string>
}

/** Judges a tree, or what a change makes of it. Throws a UserError where the commits cannot be had. */
export function judge(occasion: Exclude<Occasion, { kind: 'nothing' }>, context: Context): Promise<Judged> {
  return occasion.kind === 'tree' ? judgeWhole(occasion.head, context) : judgeChange(occasion, context)
}

async function judgeWhole(head: string, context: Context): Promise<Judged> {
  const { inputs, step } = context
  const repository = checkout([head], { ...step, token: inputs.token }, step)
  const tree = treeOfCommit(repository, head, short(head))
  const whole = await scanned(tree, { commit: head, repository }, { run: await runOf(tree, context), context })
  return { ...whole, whole: whole.report, diff: { files: [] } }
}

/** All there is in a tree, mended where that is wanted. */
async function scanned(
  tree: Tree,
  { commit, repository }: { readonly commit: string; readonly repository: Repository },
  { run, context: { mending } }: { readonly run: Run; readonly context: Context },
): Promise<Pick<Judged, 'report' | 'mended'>> {
  const { report, mended } = await judgeTree(tree, mending === undefined ? run : { ...run, fixing: mending })
  if (mended === undefined) return { report }
  return { report, mended: { commit, tree, written: mended, executables: executablesIn(repository, commit) } }
}

async function judgeChange(occasion: Extract<Occasion, { kind: 'pull' | 'change' }>, context: Context): Promise<Judged> {
  const { inputs, step } = context
  const { head } = occasion
  // The target branch as it is by now, not when the event was made: a policy that was changed since counts.
  const tip = occasion.kind === 'pull' ? await tipOf(occasion.baseBranch, context) : occasion.base
  const base = knownMergeBase(step.workspace, tip, head) ?? (await mergeBase(tip, head, context))
  const repository = checkout([base, head, tip], { ...step, token: inputs.token }, step)
  const names = { base: short(base), head: short(head), policy: occasion.kind === 'pull' ? occasion.baseBranch : short(tip) }
  const change = changeBetween(repository, { base, head, policy: tip }, names)
  const run = await runOf(change.policy, context)
  const report = await review(change, { ...run, fixing: fixingInReview })
  if (occasion.kind === 'pull') return { report, whole: report, diff: change.diff }
  // What is mended is judged by what the branch says by now.
  const own = context.mending === undefined ? run : await runOf(change.head, context)
  const all = await scanned(change.head, { commit: head, repository }, { run: own, context })
  return { ...all, report, whole: all.report, diff: change.diff }
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

async function runOf(policyTree: Tree, { inputs: { overrides, config, path }, step }: Context): Promise<Run> {
  const repositories = [`${step.server}/${step.owner}/${step.repo}`]
  const policy = await readPolicy(policyTree, { ...overrides, repositories, below: path }, config)
  return { policy, rulebook: readRulebook(), watch: silent, engine, sources: sourcesFor(policy) }
}
