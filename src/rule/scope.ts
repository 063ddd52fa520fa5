// What an expression is asked about.

/** What an expression may speak of. */
export type Scope = {
  readonly self: unknown
  readonly object: unknown
  readonly pod: unknown
  readonly kubernetes: unknown
  /** The value at the rule's `at`; null where there is none. */
  readonly setting: unknown
  /** In messages alone: what `extent` gave. */
  readonly extent?: unknown
}
export type Expression = (scope: Scope) => unknown
