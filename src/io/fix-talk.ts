// Acts on fix pull requests: thin calls of GitHub's API. Commits are made by GitHub itself, so they are signed, and a branch moves only from where it was read.

import { setTimeout } from 'node:timers/promises'
import type { Done, FixTalk } from '../review/fix-pulls/publish.ts'
import { type FixPlace, readExisting } from './fix-existing.ts'
import { type Connection, isLimit, once, statusOf } from './github.ts'

/** `pace`: milliseconds of one unit of waiting. */
export type Pace = { readonly pace: number }

/**
 * Makes commits on a branch of their own and moves the real one onto them in one step: `createCommitOnBranch` can only append, and a branch that is put back to its base first loses its
 * pull request for good.
 */
export function fixTalkIn(place: FixPlace & Pace, github: Connection): FixTalk {
  const { owner, repo, branch: base, pace } = place
  const here = { owner, repo }
  let repository = ''
  const move = (updates: readonly RefUpdate[]) => github.graphql(updateRefs, { input: { repositoryId: repository, refUpdates: updates } })
  const staged = (branch: string) => `plimsoll/next/${branch.split('/').at(-1)}`
  return {
    read: async (branches) => {
      const existing = await readExisting(place, branches, github)
      repository = existing.repository
      return existing
    },
    commit: async (pull, tip) => {
      const answer = await answered(async () => {
        await move([{ name: `refs/heads/${staged(pull.branch)}`, afterOid: tip, force: true }])
        return github.graphql<CommitAnswer>(createCommit, {
          input: {
            branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: staged(pull.branch) },
            expectedHeadOid: tip,
            message: pull.commit,
            fileChanges: { additions: pull.files.map(({ path, text }) => ({ path, contents: Buffer.from(text).toString('base64') })) },
          },
        })
      })
      return answer?.createCommitOnBranch?.commit?.oid
    },
    move: (branch, before, after) =>
      done(() =>
        move([
          { name: `refs/heads/${branch}`, beforeOid: before ?? nothing, afterOid: after, force: true },
          { name: `refs/heads/${staged(branch)}`, beforeOid: after, afterOid: nothing, force: true },
        ]),
      ),
    open: ({ title, branch }, body) => done(() => github.rest.pulls.create({ ...here, ...once, head: branch, base, title, body })),
    rewrite: (number, { title, body }) => done(() => github.rest.pulls.update({ ...here, pull_number: number, title, body })),
    close: (number, body) => done(() => github.rest.pulls.update({ ...here, pull_number: number, body, state: 'closed' })),
    remove: (branch, head) => done(() => move([{ name: `refs/heads/${branch}`, beforeOid: head, afterOid: nothing, force: true }])),
    pause: (times) => setTimeout(times * times * pace),
  }
}

/** How GitHub says that there is no branch. */
const nothing = '0'.repeat(40)

type RefUpdate = { readonly name: string; readonly beforeOid?: string; readonly afterOid: string; readonly force: boolean }
type CommitAnswer = { readonly createCommitOnBranch: { readonly commit: { readonly oid: string } | null } | null }

const updateRefs = 'mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }'
const createCommit = 'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }'

async function done(call: () => Promise<unknown>): Promise<Done> {
  return (await answered(async () => ({ answer: await call() }))) === undefined ? 'unsure' : 'done'
}

/** What the token may not do goes on as it was thrown; anything else is seen when all is read again. */
async function answered<Value>(call: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await call()
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === undefined || status === 401 || status === 403 || isLimit(thrown)) throw thrown
    return undefined
  }
}
