// Fixes in the groups that become one pull request each, with branch names that are the same in every run.

import { hash } from 'node:crypto'
import { folderOf } from '../../discover/filename.ts'
import type { VerifiedFix } from '../../fix/fix.ts'
import type { Offer } from '../../fix/offer.ts'
import { type Severity, severities } from '../../rule/severity.ts'
import { groupBy } from '../../text/group.ts'

/** How fixes are put together: by the folder that is rendered or applied as one, by rule, or all as one. */
export const groupings = ['component', 'rule', 'one'] as const
export type Grouping = (typeof groupings)[number]

export type FixGroup = {
  /** For people: a folder (empty: the root) or a component that others wrote, a rule, or empty. */
  readonly name: string
  readonly grouping: Grouping
  readonly branch: string
  readonly fixes: readonly VerifiedFix[]
}

/** All branches of fix pull requests begin so. */
export const branchPrefix = 'plimsoll/fix/'

/** GitHub lets no ordinary token write workflows, and what runs there is no configuration of a cluster. A path of bytes that are no UTF-8 cannot be said to GitHub. */
function isOpenToUs(path: string): boolean {
  return !path.startsWith('.github/workflows/') && !path.includes('\\x')
}

type Grouped = {
  readonly grouping: Grouping
  /** Tells the jobs of one repository apart. */
  readonly key: string
  /** What an offer is about: a component that others wrote, or the folder that is rendered or applied as one. */
  readonly componentOf: (offer: Offer) => string
}

/** Groups, the worst first. Offers stay whole, since each of their fixes can only be taken with the others. */
export function fixGroupsOf(offers: readonly Offer[], { grouping, key, componentOf }: Grouped): readonly FixGroup[] {
  const own = offers.filter(({ edits }) => edits.every(({ path }) => isOpenToUs(path)))
  const nameOf = (offer: Offer): string => {
    if (grouping === 'one') return ''
    return grouping === 'rule' ? (worstFirst(offer.fixes)[0]?.findings[0].rule.id ?? '') : componentOf(offer)
  }
  const groups = [...groupBy(own, nameOf)].map(
    ([name, members]): FixGroup => ({
      name,
      grouping,
      branch: branchOf(name, { grouping, key }),
      fixes: worstFirst(members.flatMap(({ fixes }) => fixes)),
    }),
  )
  return groups.sort((a, b) => rankOf(a) - rankOf(b) || b.fixes.length - a.fixes.length || (a.name < b.name ? -1 : 1))
}

/** Readable, and never that of another group: the name is cut short, its hash is not. */
function branchOf(name: string, { grouping, key }: Pick<Grouped, 'grouping' | 'key'>): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-40)
    .replace(/^-+|-+$/g, '')
  const digits = hash('sha256', JSON.stringify([key, grouping, name]), 'hex').slice(0, 8)
  return `${branchPrefix}${word === '' ? 'all' : word}-${digits}`
}

function worstFirst(fixes: readonly VerifiedFix[]): readonly VerifiedFix[] {
  return [...fixes].sort((a, b) => severities.indexOf(worstOf(a)) - severities.indexOf(worstOf(b)))
}

export function worstOf({ findings }: Pick<VerifiedFix, 'findings'>): Severity {
  return severities.find((level) => findings.some(({ severity }) => severity === level)) ?? 'info'
}

function rankOf({ fixes: [first] }: FixGroup): number {
  return first === undefined ? severities.length : severities.indexOf(worstOf(first))
}

const homes = /(?:^|\/)(?:Chart\.yaml|kustomization\.ya?ml|Kustomization)$/

/** Paths by the nearest folder above them that is a chart or a kustomization; by their own folder where there is none. */
export function foldersIn(paths: readonly string[]): (path: string) => string {
  const roots = new Set(paths.filter((path) => homes.test(path)).map(folderOf))
  return (path) => {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      if (roots.has(folder)) return folder
      if (folder === '') return folderOf(path)
    }
  }
}
