// Events as GitHub sends them to workflows and to apps, from the state of the double.

import type { Hub } from './hub.ts'
import type { Pull } from './state.ts'

const repository = { id: 1, full_name: 'acme/shop' }

/** A pull request as it is by now; `parts` replaces fields of it. */
export function pullEvent(hub: Hub, pull: Pull, parts: object = {}) {
  return {
    action: 'synchronize',
    number: pull.number,
    pull_request: {
      number: pull.number,
      state: pull.state.toLowerCase(),
      draft: false,
      base: { sha: hub.find(pull.baseBranch), ref: pull.baseBranch, repo: repository },
      head: { sha: hub.headOf(pull), ref: pull.headBranch, repo: repository },
      ...parts,
    },
    repository,
  }
}

/** The same from a fork. */
export function forkEvent(hub: Hub, pull: Pull) {
  const { head } = pullEvent(hub, pull).pull_request
  return pullEvent(hub, pull, { head: { ...head, repo: { id: 2, full_name: 'mallory/shop' } } })
}
