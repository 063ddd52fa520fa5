// Findings in, proved fixes and advice out: propose, verify, and say what became of every one.

import type { Finding } from '../finding/finding.ts'
import type { Advice, Candidates, Fix, VerifiedFix } from './fix.ts'
import { propose, type Surroundings } from './propose.ts'
import { type Proving, verify } from './verify.ts'

export type Mended = {
  readonly fixes: readonly VerifiedFix[]
  /** What to find out, or why no fix was made, or no better one. */
  readonly advice: readonly Advice[]
  /** Objects that were judged again to prove the fixes. */
  readonly objects: number
  /** How many fixes nobody knows about, since the time was over. */
  readonly unproved: number
}

export type Mending = Proving &
  Surroundings & {
    /** Which fixes are wanted at all. */
    readonly isWanted?: (finding: Finding, safety: 'safe' | 'unsafe') => boolean
  }

/** Mends what can be mended of `findings`. */
export async function mend(findings: readonly Finding[], mending: Mending): Promise<Mended> {
  const { isWanted = () => true } = mending
  const proposal = propose(findings, mending)
  const wants = ({ findings: [first], safety }: Fix) => isWanted(first, safety)
  const wanted = proposal.fixes.flatMap((routes): readonly Candidates[] => {
    const [best, ...others] = routes.filter(wants)
    return best === undefined ? [] : [[best, ...others]]
  })
  const left = proposal.fixes.filter((routes) => !routes.some(wants)).map(([best]) => best)
  const { fixes, refused, unproved, objects } = await verify(wanted, mending)
  const advice = [
    ...proposal.advice,
    ...refused.flatMap(({ fix, reason }) => advise(fix, `No edit was made: ${reason}.`)),
    ...unproved.flatMap((fix) => advise(fix, 'The time for proving was over; plimsoll fix takes as long as it needs.')),
    ...left.flatMap((fix) => advise(fix, leftReason(fix))),
  ]
  return { fixes, advice, objects, unproved: unproved.length }
}

function leftReason({ safety, breaks = '' }: Fix): string {
  return safety === 'safe' ? 'It was not asked for.' : `It may change how the workload behaves, so it is made only with --unsafe. ${breaks}`
}

function advise({ findings, title }: { readonly findings: readonly Finding[]; readonly title: string }, find: string): readonly Advice[] {
  return findings.map((finding) => ({ finding, title, find }))
}
