// A rule: one YAML file, checked and read. Data only; what it says about an object is found by finding/evaluate.ts.

import type { Trees } from './expression.ts'
import type { FixTemplate } from './fix.ts'
import type { Factors, Severity } from './severity.ts'

/** What a rule looks at, one item at a time; `self` in its expressions. */
export type Each =
  /** The whole object, of the kinds that `kinds` names. */
  | 'object'
  /** The pod spec of every kind that has a pod template. */
  | 'pod'
  /** Every container, init and ephemeral ones too. */
  | 'container'
  /** Every volume of a pod spec. */
  | 'volume'
  /** Every entry of `rules` of a Role or ClusterRole. */
  | 'rbac-rule'
  /** Every entry of `subjects` of a RoleBinding or ClusterRoleBinding. */
  | 'subject'

export const profiles = ['default', 'strict', 'baseline', 'restricted', 'all'] as const
export type Profile = (typeof profiles)[number]

export type Rule = {
  /** The file's name without `.yaml`: names the forbidden thing. */
  readonly id: string
  /** The folder under `rules/`. */
  readonly topic: string
  readonly title: string
  readonly severity: Severity
  readonly factors: Factors
  /** The profiles that hold the rule; `all` holds every rule and is not written. */
  readonly profiles: readonly Exclude<Profile, 'all'>[]
  readonly since: string
  readonly rationale: string
  readonly remediation: string
  readonly references: readonly string[]
  /** Framework id to control ids. */
  readonly compliance: Readonly<Record<string, readonly string[]>>
  readonly each: Each
  /** `group/Kind` (`Kind` for the core group), only with `each: object`. */
  readonly kinds: readonly string[]
  /** Kubernetes versions the rule speaks about: from `from` on, before `before`. */
  readonly kubernetes?: { readonly from?: string; readonly before?: string }
  /** Exactly one of the two decides. A CEL expression, true = good; `setting` in it is the value at `at` … */
  readonly expression?: string
  /** … or the name of a check written in TypeScript (rule/check.ts). */
  readonly check?: string
  /** With `each: container`: where the container has nothing at `at`, the pod's own value at the same place counts. */
  readonly inherits?: boolean
  /** Rules that say the same and more of the same item: where one of them speaks, this one is folded into it. */
  readonly yieldsTo?: readonly string[]
  /** A CEL expression that must hold before `expression` is asked. */
  readonly when?: string
  /** JSON Pointer below the item to the value that is wrong or missing. */
  readonly at: string
  /** CEL, a list of strings: how far the fault reaches (capabilities, `verb group/resource` rights). More of it than at base is worse; what a `*` covered before is not new. */
  readonly extent?: string
  /** Text with CEL in braces: `Container "{self.name}" runs privileged.` */
  readonly message: string
  /** Ways to mend it, in the order a maintainer would prefer; the first that fits is taken. */
  readonly fixes: readonly FixTemplate[]
  /** The value that is matched is a secret: masked wherever it would be shown, never part of a fingerprint. */
  readonly sensitive: boolean
}

/** Built by `npm run build` from `rules/`: what dist/rules.json holds. */
export type Rulebook = {
  readonly version: string
  readonly date: string
  readonly rules: readonly Rule[]
  /** What the rules ask and say, parsed. */
  readonly expressions: Trees
}
