// Third-party components as all formats tell them: each once, with what was found in it, worst first.

import { severities } from '../rule/severity.ts'
import { groupBy } from '../text/group.ts'
import { expectedText } from './expected-right.ts'
import { counted, objectText } from './printable.ts'
import type { Report, ReportedComponent, ReportedFinding, ReportedFix } from './report.ts'
import { isApart } from './verdict.ts'

/** A component, what is new, worse or found in it, and the proved fixes of that. */
export type ComponentGroup = {
  readonly component: ReportedComponent
  readonly findings: readonly ReportedFinding[]
  readonly fixes: readonly ReportedFix[]
}

/** The components in which anything is told apart, in the order of their worst finding. */
export function componentGroups({ findings, components, fixes, policy }: Report): readonly ComponentGroup[] {
  const groups = new Map<number, ReportedFinding[]>()
  for (const finding of findings) {
    if (finding.component === undefined || !isApart(finding, policy.thirdPartyGate)) continue
    const group = groups.get(finding.component)
    if (group === undefined) groups.set(finding.component, [finding])
    else group.push(finding)
  }
  return [...groups].flatMap(([number, members]) => {
    const component = components[number]
    const own = [...new Set(members.flatMap(({ fix }) => (fix === undefined ? [] : (fixes[fix] ?? []))))]
    return component === undefined ? [] : [{ component, findings: members, fixes: own }]
  })
}

/** `cert-manager v1.19.4`. */
export function componentTitle({ name, version }: ReportedComponent): string {
  return version === undefined ? name : `${name} ${version}`
}

/** Findings of one rule and level, which are told in one line. */
export function linesOf(findings: readonly ReportedFinding[]): readonly (readonly [ReportedFinding, ...ReportedFinding[]])[] {
  return [...groupBy(findings, ({ rule, severity }) => `${severity} ${rule}`).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as const],
  )
}

/** The objects of such a line: `Deployment shop/api`, and how many more. */
export function objectsText([first, ...rest]: readonly [ReportedFinding, ...ReportedFinding[]]): string {
  return rest.length === 0 ? objectText(first) : `${objectText(first)} and ${counted(rest.length, 'more place')}`
}

/** The title of a rule, and of a right whether the component is known to need it. */
export function titleIn({ component, rule }: ReportedFinding, { components, rules }: Pick<Report, 'components' | 'rules'>): string {
  const note = expectedText(component === undefined ? '' : (components[component]?.name ?? ''), rule)
  return `${rules[rule]?.title ?? rule}${note === '' ? '' : ` (${note})`}`
}

/** `12 findings: 2 high, 10 medium`. */
export function componentCounts(findings: readonly ReportedFinding[]): string {
  const levels = severities.flatMap((level) => {
    const count = findings.filter(({ severity }) => severity === level).length
    return count === 0 ? [] : [`${count} ${level}`]
  })
  return `${counted(findings.length, 'finding')}: ${levels.join(', ')}`
}

/** What shows that it is of somebody else, and where it comes from, in one sentence. */
export function evidenceText({ source, evidence }: ReportedComponent): string {
  const signs = [...new Set(evidence.map(({ text }) => text))].join('; ')
  return `Recognised: ${signs}${source === undefined || signs.includes(source) ? '' : ` (${source})`}.`
}

/** What the whole section is about, and whether it counts. */
export function apartText({ policy }: Report): string {
  const gate = policy.thirdPartyGate
  const counts = gate === 'never' ? 'It does not count for the verdict' : `Findings of ${gate} and worse count and stand with your own`
  return `Written by others and taken in here. ${counts} (third-party.gate). Mend it from outside: the files are overwritten when they are taken in anew.`
}

/** What a finding that is told in full says of the component that it is in, and why it counts. */
export function countingText({ component, origin }: ReportedFinding, { components, mode }: Pick<Report, 'components' | 'mode'>): string {
  const known = component === undefined ? undefined : components[component]
  if (known === undefined || (origin === 'own' && mode === 'scan')) return ''
  return origin === 'own'
    ? `It looks like a part of ${componentTitle(known)}, and counts as yours: this change brings or touches it.`
    : `It is a part of ${componentTitle(known)}, which others wrote, and counts by your policy (third-party.gate). Mend it from outside: the file is overwritten when it is taken in anew.`
}
