// Copies of what is mended: objects out of the same file that lose the same fault with it.

import type { Finding } from '../finding/finding.ts'
import { groupBy } from '../text/group.ts'
import type { Fix } from './fix.ts'

/**
 * From what a look no longer finds: fixes with all that they mend, the findings of copies too. A finding that one of them has already goes to no other. What lands in another environment is
 * a copy only where a chart is edited: a kustomization has an overlay for each. What a fix has to spare is none.
 */
export function copiesIn(fixed: readonly Finding[]): (fixes: readonly Fix[]) => readonly Fix[] {
  const here = groupBy(fixed, inEnvironment)
  const anywhere = groupBy(fixed, faultOf)
  return (fixes) => {
    const taken = new Set(fixes.flatMap(({ findings }) => findings.map(placeOf)))
    return fixes.map((fix) => {
      const copies: Finding[] = []
      const spared = new Set(fix.spared?.map(placeOf))
      const isOfChart = fix.route === 'values' || fix.route === 'template'
      const alike = (own: Finding) => (isOfChart ? anywhere.get(faultOf(own)) : here.get(inEnvironment(own))) ?? []
      for (const finding of fix.findings.flatMap(alike)) {
        if (taken.has(placeOf(finding)) || spared.has(placeOf(finding))) continue
        taken.add(placeOf(finding))
        copies.push(finding)
      }
      return copies.length === 0 ? fix : { ...fix, findings: [...fix.findings, ...copies] }
    })
  }
}

/** What an object and its copies have in common. */
export function faultOf({ rule, resource, item }: Finding): string {
  return `${rule.id}\n${resource.document.path}\n${item}`
}

function inEnvironment(finding: Finding): string {
  return `${faultOf(finding)}\n${finding.environment}`
}

/** Each look makes the objects and their findings anew. */
function placeOf({ environment, fingerprint, resource: { document, base } }: Finding): string {
  return `${environment}\n${fingerprint}\n${document.path}\n${document.index}\n${base}\n${document.rendering?.target ?? ''}`
}
