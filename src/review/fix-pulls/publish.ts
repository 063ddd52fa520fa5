// Brings the fix pull requests of a repository to what they should be: read, choose, plan, act, and read again until nothing is left to do.

import { type Choice, choose } from './choose.ts'
import type { WantedPull } from './compose.ts'
import type { Existing } from './existing.ts'
import type { FixGroup } from './group.ts'
import { fixMarkerText } from './marker.ts'
import { type Left, planFixPulls, type Scanned, type Step } from './plan.ts'

/** `unsure`: no answer came, or GitHub knows it otherwise by now; what is there has to be read again. */
export type Done = 'done' | 'unsure'

/** How to act in one repository. What the token may not do is thrown. */
export type FixTalk = {
  /** What is there of these branches, and of all that begin as ours do. */
  readonly read: (branches: readonly string[]) => Promise<Existing>
  /** A commit with the files of a pull request on top of `base`, which no branch that people see has yet; undefined where no answer came. */
  readonly commit: (pull: WantedPull, base: string) => Promise<string | undefined>
  /** Puts a branch where that commit is; only if it is still at `before` (undefined: there is none). */
  readonly move: (branch: string, before: string | undefined, after: string) => Promise<Done>
  readonly open: (pull: WantedPull, body: string) => Promise<Done>
  readonly rewrite: (number: number, words: { readonly title: string; readonly body: string }) => Promise<Done>
  /** Description and state in one call, so that nobody takes it for closed by a person. */
  readonly close: (number: number, body: string) => Promise<Done>
  readonly remove: (branch: string, head: string) => Promise<Done>
  readonly pause: (times: number) => Promise<void>
}

export type Work = Scanned & {
  readonly groups: readonly FixGroup[]
  readonly limit: number
  /** The commit that was looked at. */
  readonly head: string
  /** The pull request of those fixes of a group that hold without the other groups. */
  readonly prove: (group: FixGroup, fixes: FixGroup['fixes'], existing: Existing) => Promise<WantedPull | undefined>
}

export type Outcome = {
  /** `stale`: the branch has a newer commit by now, whose own run goes on. */
  readonly kind: 'done' | 'stale' | 'unfinished'
  readonly existing: Existing
  readonly choice: Choice
  readonly left: readonly Left[]
  readonly steps: readonly Step[]
}

const mostRounds = 8

export async function publishFixPulls(work: Work, talk: FixTalk): Promise<Outcome> {
  const steps: Step[] = []
  const names = work.groups.map(({ branch }) => branch)
  let pauses = 0
  let last: Omit<Outcome, 'kind'> | undefined
  for (let round = 0; round < mostRounds; round += 1) {
    const existing = await talk.read(names)
    const nothing: Choice = { wanted: [], declined: [], waiting: [] }
    if (existing.tip !== work.head) return { ...(last ?? { choice: nothing, left: [], steps }), kind: 'stale', existing }
    const choice = await choose(work.groups, { ...work, existing, prove: (group, fixes) => work.prove(group, fixes, existing) })
    const plan = planFixPulls(choice.wanted, existing, work)
    last = { existing, choice, left: plan.left, steps }
    if (plan.steps.length === 0) return { ...last, kind: 'done' }
    let isUnsure = false
    for (const step of inOrder(plan.steps)) {
      if ((await act(step, { work, talk })) === 'unsure') isUnsure = true
      else steps.push(step)
    }
    if (!isUnsure) continue
    pauses += 1
    await talk.pause(pauses)
  }
  if (last === undefined) throw new Error('no round was made')
  return { ...last, kind: 'unfinished' }
}

const order: Readonly<Record<Step['kind'], number>> = { close: 0, rewrite: 1, update: 2, remove: 3, open: 4 }

/** What is open is settled before anything is opened, where a setting of the repository may be in the way. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((a, b) => order[a.kind] - order[b.kind])
}

type Acting = { readonly work: Work; readonly talk: FixTalk }

async function act(step: Step, acting: Acting): Promise<Done> {
  const { talk } = acting
  switch (step.kind) {
    case 'open':
      return open(step, acting)
    case 'update':
      return update(step, acting)
    case 'rewrite':
      return talk.rewrite(step.number, step)
    case 'close':
      return talk.close(step.number, step.body)
    case 'remove':
      return talk.remove(step.branch, step.head)
  }
}

async function open({ pull, before }: Extract<Step, { kind: 'open' }>, { work, talk }: Acting): Promise<Done> {
  const commit = await talk.commit(pull, work.head)
  if (commit === undefined || (await talk.move(pull.branch, before, commit)) === 'unsure') return 'unsure'
  try {
    return await talk.open(pull, bodyFor(pull, [commit], work))
  } catch (thrown) {
    // Nobody could make anything of a branch that may have no pull request.
    await talk.remove(pull.branch, commit)
    throw thrown
  }
}

/** The description comes first: it names both commits, so that whatever comes next leaves a branch that is known as ours. */
async function update({ pull, number, before }: Extract<Step, { kind: 'update' }>, { work, talk }: Acting): Promise<Done> {
  const commit = await talk.commit(pull, work.head)
  if (commit === undefined) return 'unsure'
  const isSaid = await talk.rewrite(number, { title: pull.title, body: bodyFor(pull, [before, commit], work) })
  return isSaid === 'unsure' ? 'unsure' : talk.move(pull.branch, before, commit)
}

function bodyFor({ body, digest, prints }: WantedPull, heads: readonly string[], { key }: Work): string {
  return `${body}\n\n${fixMarkerText({ key, state: 'open', digest, heads, prints })}`
}
