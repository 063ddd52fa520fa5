// The policy: what a team decided about rules, gate, paths and versions; read from the policy tree, never from the head.

import type { Profile } from './rule/rule.ts'
import type { Severity } from './rule/severity.ts'

export type RuleSetting = { readonly enabled?: boolean; readonly severity?: Severity; readonly reason?: string }

export type Policy = {
  /** For people: `built-in defaults`, or the file and the revision it was read from. */
  readonly source: string
  readonly profile: Profile
  readonly failOn: Severity | 'never'
  readonly failOnIncomplete: 'new' | 'any' | 'never'
  readonly kubernetesVersion: { readonly value: string; readonly source: string }
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleSetting>>
  /** Globs; an empty `include` means all. */
  readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  /** Lines of `.plimsollignore` of the policy tree. */
  readonly ignore: readonly string[]
  /** Named environments; a file belongs to the first whose glob matches. */
  readonly environments: readonly { readonly name: string; readonly paths: readonly string[] }[]
  /** Registries (and prefixes) whose images are trusted; empty: any but an unqualified or public one. */
  readonly registries: readonly string[]
}
