// Branches moved and commits made through the API, as GitHub's schema describes it.

import type { Hub } from './hub.ts'
import { has } from './permission.ts'
import { Refusal } from './refusal.ts'
import type { Token } from './state.ts'

export type RefUpdate = { readonly name: string; readonly beforeOid?: string | null; readonly afterOid: string; readonly force?: boolean }

export type FileChanges = {
  readonly additions?: readonly { readonly path: string; readonly contents: string }[]
  readonly deletions?: readonly { readonly path: string }[]
}

const nothing = '0'.repeat(40)

/** All of them or none. `beforeOid` is what a branch must be at; zeros stand for no branch. */
export function updateRefs(hub: Hub, updates: readonly RefUpdate[]): void {
  for (const { name, beforeOid, afterOid, force } of updates) {
    if (!name.startsWith('refs/heads/')) throw new Refusal('UNPROCESSABLE', `${name} is not fully qualified`)
    const at = hub.find(name) ?? nothing
    if (beforeOid != null && at !== beforeOid) throw new Refusal('STALE_DATA', `expected ${name} to point to ${beforeOid}, but it did not`)
    if (afterOid !== nothing && hub.find(afterOid) === undefined) throw new Refusal('NOT_FOUND', `${afterOid} does not exist`)
    const isForward = at === nothing || afterOid === nothing || hub.mergeBase(at, afterOid) === at
    if (!isForward && force !== true) throw new Refusal('UNPROCESSABLE', `the update of ${name} is no fast-forward`)
  }
  for (const { name, afterOid } of updates) {
    const branch = name.slice('refs/heads/'.length)
    if (afterOid !== nothing) hub.force(branch, afterOid)
    else if (hub.find(branch) !== undefined) hub.drop(branch)
  }
}

type Commit = {
  readonly branch: string
  readonly expectedHeadOid: string
  readonly message: { readonly headline: string; readonly body?: string }
  readonly files: FileChanges
}

/** One commit on top of a branch; files become plain ones (mode 100644). Returns the commit. */
export function commitOnBranch(hub: Hub, token: Token, { branch, expectedHeadOid, message, files }: Commit): string {
  const { additions = [], deletions = [] } = files
  if (hub.find(branch) === undefined) throw new Refusal('NOT_FOUND', `the branch ${branch} does not exist`)
  if (hub.find(branch) !== expectedHeadOid)
    throw new Refusal('STALE_DATA', `Expected branch to point to "${expectedHeadOid}" but it did not. Pull and try again.`)
  for (const { path } of [...additions, ...deletions])
    if (path.startsWith('.github/workflows/') && !has(token, ['workflows', 'write']))
      throw new Refusal('FORBIDDEN', `refusing to create or update workflow \`${path}\` without \`workflows\` permission`)
  for (const { path, contents } of additions)
    if (Buffer.from(contents, 'base64').toString('base64') !== contents) throw new Refusal('UNPROCESSABLE', `${path} is no base64`)
  for (const { path } of deletions)
    if (hub.sandbox.git('ls-tree', expectedHeadOid, '--', path) === '') throw new Refusal('UNPROCESSABLE', `${path} does not exist`)
  const texts = additions.map(({ path, contents }) => [path, Buffer.from(contents, 'base64')] as const)
  const gone = deletions.map(({ path }) => [path, undefined] as const)
  const words = message.body === undefined || message.body === '' ? message.headline : `${message.headline}\n\n${message.body}`
  const commit = hub.commitOn(expectedHeadOid, Object.fromEntries([...texts, ...gone]), words)
  hub.signed.add(commit)
  hub.force(branch, commit)
  return commit
}
