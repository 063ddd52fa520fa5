// Fix pull requests of the double's repository as people see them, and the token that opens them.

import { afterEach, beforeEach, expect } from 'vitest'
import { type Double, startDouble } from './double.ts'
import type { Pull } from './state.ts'

/** To be called at the top of a test file: each test gets a repository of its own whose token may open fix pull requests, and breaks nothing of GitHub's contract. */
export function fixableShop(): { readonly double: Double } {
  let double: Double
  beforeEach(async () => {
    double = await startDouble()
    allowFixes(double)
  })
  afterEach(async () => {
    expect(double.violations).toEqual([])
    await double.stop()
  })
  return {
    get double() {
      return double
    },
  }
}

/** The one pull request that there is. */
export function onlyPull({ hub }: Double): Pull {
  const [pull, ...rest] = hub.pulls
  if (pull === undefined || rest.length > 0) throw new Error(`there are ${hub.pulls.length} pull requests`)
  return pull
}

/** Gives the double a token that may open fix pull requests. */
export function allowFixes({ tokens }: Double): void {
  tokens.set('ghs_fixer', { login: 'github-actions[bot]', permissions: { contents: 'write', pull_requests: 'write' } })
}

/** What a person sees: each pull request with its state, title and the paths that it changes. */
export function pullsSeen({ hub }: Double): readonly string[] {
  return hub.pulls.map((pull) => `#${pull.number} ${pull.state} ${pull.title} [${pathsOf(hub, pull).join(' ')}]`)
}

function pathsOf(hub: Double['hub'], pull: Pull): readonly string[] {
  return [...hub.anchors(hub.baseOf(pull), hub.headOf(pull)).keys()]
}

/** A file as it is at the head of a pull request, or on a branch. */
export function fileAt({ hub }: Double, at: Pull | string, path: string): string {
  return hub.sandbox.git('show', `${typeof at === 'string' ? at : hub.headOf(at)}:${path}`)
}
