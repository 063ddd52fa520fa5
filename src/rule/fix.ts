// How a rule's findings are mended, as its file says it; what becomes of that for one finding is found by fix/propose.ts.

/**
 * A promise: `safe` keeps the behaviour or is plainly what was meant; `unsafe` may change how the workload behaves, and `breaks` says what; `manual` cannot be right without knowledge
 * that no tool has, and `find` says what to find out.
 */
export type Safety = 'safe' | 'unsafe' | 'manual'

export type FixTemplate = {
  /** What it does, as an order: `Set privileged to false`. */
  readonly title: string
  readonly safety: Safety
  readonly breaks?: string
  readonly find?: string
  /** A CEL expression that must hold for the fix to fit; later ones are tried where it does not. */
  readonly when?: string
  /**
   * Places are JSON Pointers below the item that the rule looks at, `pod:/…` below its pod spec, `object:/…` below the object, or `here`: where the finding points. Each may be left out; what
   * a fix does in one order: set, compute, append, remove.
   */
  readonly set?: Readonly<Record<string, FixValue>>
  /** Values that a CEL expression gives. */
  readonly compute?: Readonly<Record<string, string>>
  /** Items for lists, which are made where they are missing. */
  readonly append?: Readonly<Record<string, FixValue>>
  readonly remove?: readonly string[]
  /** The name of an edit written in TypeScript (fix/edits.ts), for what depends on more than one place. */
  readonly edit?: string
}

export type FixValue = null | boolean | number | string | readonly FixValue[] | { readonly [key: string]: FixValue }
