// Copies of what is mended: objects out of the same file that land in the same environment, and lose the same fault with it.

import type { Finding } from '../finding/finding.ts'
import { groupBy } from '../text/group.ts'
import type { Fix } from './fix.ts'

/** From what a look no longer finds: fixes with all that they mend, the findings of copies too. A finding that one of them has already goes to no other. */
export function copiesIn(fixed: readonly Finding[]): (fixes: readonly Fix[]) => readonly Fix[] {
  const gone = groupBy(fixed, faultOf)
  return (fixes) => {
    const taken = new Set(fixes.flatMap(({ findings }) => findings.map(placeOf)))
    return fixes.map((fix) => {
      const copies: Finding[] = []
      for (const fault of new Set(fix.findings.map(faultOf))) {
        for (const finding of gone.get(fault) ?? []) {
          if (taken.has(placeOf(finding))) continue
          taken.add(placeOf(finding))
          copies.push(finding)
        }
      }
      return copies.length === 0 ? fix : { ...fix, findings: [...fix.findings, ...copies] }
    })
  }
}

/** What an object and its copies have in common. */
function faultOf({ rule, resource, item, environment }: Finding): string {
  return `${rule.id}\n${resource.document.path}\n${item}\n${environment}`
}

/** Each look makes the objects and their findings anew. */
function placeOf({ environment, fingerprint, resource: { document, base } }: Finding): string {
  return `${environment}\n${fingerprint}\n${document.path}\n${document.index}\n${base}\n${document.rendering?.target ?? ''}`
}
