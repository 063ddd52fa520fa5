// What a change makes of what was seen: findings and problems that are new, what is applied differently, what belongs to whom.

import { belongingAcross } from './belonging.ts'
import type { Change } from './change/change.ts'
import { diffBelow } from './change/subtree.ts'
import type { Policy } from './config.ts'
import { vanished } from './discover/vanished.ts'
import { compare } from './finding/compare.ts'
import { compareProblems } from './finding/problem.ts'
import type { Observation } from './observe.ts'
import type { Sides } from './render/sides.ts'
import type { Outcome } from './report/build.ts'
import { judgedBy } from './report/judged.ts'
import { renderedChanges } from './report/rendered-change.ts'
import { groupBy } from './text/group.ts'

/** The two observations of a change, compared as its report needs it. */
export function comparisonOf(
  change: Change,
  { base, head }: Sides<Observation>,
  policy: Policy,
): Pick<Outcome, 'judged' | 'problems' | 'rendered' | 'belongingOf'> {
  const previous = new Map(change.diff.files.map(({ path, previousPath }) => [path, previousPath ?? path]))
  const previousPath = (path: string) => previous.get(path) ?? path
  const { problems, hidden } = vanished({ base: base.graph, head: head.graph }, diffBelow(change.diff, policy.below), {
    base: base.rendered,
    head: head.rendered,
  })
  const compared = compare(base, head, previousPath)
  return {
    judged: judgedBy({ ...compared, fixed: compared.fixed.filter(({ resource }) => !hidden.has(resource)) }),
    problems: compareProblems(
      { base: base.problems, head: [...head.problems, ...problems] },
      { previousPath, touched: (path) => previous.has(path), inputsOf: inputsOf([...base.rendered, ...head.rendered]) },
      policy.failOnIncomplete,
    ),
    rendered: renderedChanges({ base: base.sights, head: head.sights }),
    belongingOf: belongingAcross({ base: { ...base, tree: change.base }, head: { ...head, tree: change.head } }),
  }
}

function inputsOf(rendered: Observation['rendered']): (target: string) => readonly string[] {
  const inputs = groupBy(rendered, ({ target }) => target.id)
  return (id) => [...new Set((inputs.get(id) ?? []).flatMap(({ target }) => target.inputs))]
}
