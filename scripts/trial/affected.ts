// Whether a review rendered what the change reaches and nothing else.

import { factsOf } from '../../src/config.ts'
import { newMemo } from '../../src/discover/memo.ts'
import { addressesOf } from '../../src/io/addresses.ts'
import { openChange } from '../../src/io/change.ts'
import { readPolicy } from '../../src/io/policy.ts'
import { engine } from '../../src/io/rendering.ts'
import { type Observation, observeChange } from '../../src/observe.ts'
import { memoised } from '../../src/render/memo.ts'
import { refusing } from '../../src/render/refusing.ts'
import type { Rendered } from '../../src/render/rendered.ts'
import { ruleSet } from '../../src/rule/rule-set.ts'
import { silent } from '../../src/watch.ts'

/** Targets of the head that were rendered, those that are known before anything is rendered, and those that were rendered without need. */
export type Reach = { readonly rendered: number; readonly known: number; readonly idle: readonly string[] }

/** The reach of a commit of a repository, held against its parent. */
export async function reachOf(repository: string, commit: string): Promise<Reach> {
  const change = openChange({ directory: repository, base: `${commit}^`, head: commit, allowFetch: false })
  const policy = await readPolicy(change.policy, { repositories: addressesOf(repository) }, undefined)
  const rules = ruleSet([], factsOf(policy), {})
  const observer = { policy, rules, engine: memoised(engine), sources: refusing, memo: newMemo(), watch: silent }
  const { base, head } = await observeChange(change, change.diff, observer)
  const touched = new Set(
    change.diff.files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])),
  )
  return { rendered: head.rendered.length, known: head.graph.rendered.length, idle: idleIn(base, head, touched) }
}

/** Needed is what reads a file of the change, what one side alone has, what is asked for or comes out otherwise, and what has to be rendered for one of these to be found. */
function idleIn(base: Observation, head: Observation, touched: ReadonlySet<string>): readonly string[] {
  const before = new Map(base.rendered.map((rendered) => [rendered.target.id, rendered]))
  const after = new Map(head.rendered.map((rendered) => [rendered.target.id, rendered]))
  const isReached = ({ target }: Rendered) => target.inputs.some((path) => touched.has(path))
  const needed = new Set<string>()
  const open = head.rendered.filter((rendered) => {
    const old = before.get(rendered.target.id)
    return old === undefined || isReached(rendered) || isReached(old) || textOf(old) !== textOf(rendered)
  })
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (needed.has(one.target.id)) continue
    needed.add(one.target.id)
    for (const id of one.target.through) open.push(...[after.get(id) ?? []].flat())
  }
  return [...after.keys()].filter((id) => !needed.has(id))
}

/** What a target is and gives, without the places in documents. */
function textOf({ target, resources }: Rendered): string {
  const meaning = JSON.stringify(target, (key, value: unknown) => (key === 'at' || key === 'resource' ? undefined : value))
  return `${meaning}\n${JSON.stringify(resources.map(({ value }) => value))}`
}
