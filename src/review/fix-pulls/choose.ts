// Which fix pull requests there should be now: groups without what people declined, each proved on its own, as far as there is room.

import type { VerifiedFix } from '../../fix/fix.ts'
import { compareSeverity } from '../../rule/severity.ts'
import { mostPrints, printsOf, type WantedPull } from './compose.ts'
import { declinedIn, type Existing, isUntouched, openPullOf } from './existing.ts'
import type { FixGroup } from './group.ts'
import type { Prints } from './marker.ts'

export type Choice = {
  readonly wanted: readonly WantedPull[]
  /** Groups whose fixes people declined. */
  readonly declined: readonly FixGroup[]
  /** Groups that wait until fewer are open. */
  readonly waiting: readonly FixGroup[]
}

type Choosing = {
  readonly existing: Existing
  /** The default branch. */
  readonly branch: string
  /** How many may be open at once. */
  readonly limit: number
  /** The pull request of those fixes of a group that hold without the other groups; undefined where none does. */
  readonly prove: (group: FixGroup, fixes: readonly VerifiedFix[]) => Promise<WantedPull | undefined>
}

/** In the order of the groups; what is open already is kept whatever the limit. */
export async function choose(groups: readonly FixGroup[], { existing, branch, limit, prove }: Choosing): Promise<Choice> {
  const prints = declinedIn(existing)
  const [wanted, declined, waiting]: [WantedPull[], FixGroup[], FixGroup[]] = [[], [], []]
  let room = limit - existing.pulls.filter(({ state }) => state === 'open').length
  for (const group of groups) {
    const open = openPullOf(existing, group.branch)
    if (existing.taken.has(group.branch) || (open !== undefined && !isUntouched(open, branch))) continue
    const fixes = group.fixes.filter((fix) => !isDeclined(fix, prints))
    if (fixes.length === 0) declined.push(group)
    else if (open === undefined && room <= 0) waiting.push(group)
    else {
      const pull = await prove(group, atMost(fixes, mostPrints))
      if (pull === undefined) continue
      wanted.push(pull)
      if (open === undefined) room -= 1
    }
  }
  return { wanted, declined, waiting }
}

/** All that it mends was declined, and nothing of it has become worse since. */
function isDeclined(fix: VerifiedFix, declined: Prints): boolean {
  return [...printsOf([fix])].every(([print, severity]) => {
    const known = declined.get(print)
    return known !== undefined && compareSeverity(severity, known) >= 0
  })
}

function atMost(fixes: readonly VerifiedFix[], most: number): readonly VerifiedFix[] {
  let count = 0
  return fixes.filter((fix) => {
    count += printsOf([fix]).size
    return count <= most
  })
}
