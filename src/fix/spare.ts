// What a fix must not reach: the same place of another object, for which its edit was refused or meant something else. One line of a template may write what values name differently.

import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '../finding/finding.ts'
import { groupBy } from '../text/group.ts'
import type { Change } from '../yaml/change.ts'
import { faultOf } from './copies.ts'
import type { Candidates, Fix } from './fix.ts'

/** What a fix of the rule's file means for a finding; no changes where it was refused. */
export type Meant = { readonly finding: Finding; readonly title: string; readonly changes?: readonly Change[] }

/** The fixes, each with the findings for which it would be wrong. */
export function sparing(fixes: readonly Candidates[], meant: readonly Meant[]): readonly Candidates[] {
  const byFault = groupBy(meant, ({ finding, title }) => `${title}\n${faultOf(finding)}`)
  const withSpared = (fix: Fix): Fix => {
    const spared = fix.findings.flatMap((own) => {
      const alike = byFault.get(`${fix.title}\n${faultOf(own)}`) ?? []
      const wanted = alike.find(({ finding }) => finding === own)?.changes
      return alike.filter(({ finding, changes }) => !fix.findings.includes(finding) && !isDeepStrictEqual(changes, wanted))
    })
    return spared.length === 0 ? fix : { ...fix, spared: spared.map(({ finding }) => finding) }
  }
  return fixes.map(([best, ...others]) => [withSpared(best), ...others.map(withSpared)])
}
