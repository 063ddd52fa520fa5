// One job of the Action in the repository of a small shop, where a pull request makes a container privileged.

import { afterEach, beforeEach, expect } from 'vitest'
import { type Double, startDouble } from './double.ts'
import { newRunner, type Ran, type Runner, type Step } from './runner.ts'
import { deployment } from './shop.ts'
import type { Pull } from './state.ts'

export type Job = {
  readonly double: Double
  readonly pull: Pull
  /** Runs the Action on the pull request, or on the event that is given. */
  readonly step: (parts?: Step) => Promise<Ran>
}

/** To be called at the top of a test file: each test gets a job of its own, and breaks nothing of GitHub's contract. */
export function jobInShop(): Job {
  let double: Double
  let pull: Pull
  let runner: Runner
  beforeEach(async () => {
    double = await startDouble()
    runner = newRunner(double)
    double.hub.push('main', { 'apps/web.yaml': deployment('web'), 'apps/api.yaml': deployment('api'), 'other/db.yaml': deployment('db') })
    double.hub.push('topic', { 'apps/web.yaml': deployment('web', { privileged: true }) })
    pull = double.hub.open('topic')
  })
  afterEach(async () => {
    expect(double.violations).toEqual([])
    runner.remove()
    await double.stop()
  })
  return {
    get double() {
      return double
    },
    get pull() {
      return pull
    },
    step: (parts) => runner.step(pull, parts),
  }
}
