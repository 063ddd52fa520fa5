// A comment that is to be written, whatever it speaks of.

import type { Lookup } from '../change/lookup.ts'
import type { Report } from '../report/report.ts'
import type { Severity } from '../rule/severity.ts'
import type { Pages } from './body.ts'
import type { Edit } from './edit.ts'
import type { Place } from './place.ts'

/** A comment to begin a thread with. */
export type NewComment = {
  readonly place: Place
  /** The faults it speaks of. */
  readonly prints: readonly string[]
  /** The rule, or the code of the problem. */
  readonly rule: string
  readonly weight: Severity | 'problem'
  readonly body: string
  /** The lines that a suggestion replaces; without one the line of the place. */
  readonly lines?: { readonly first: number; readonly last: number }
}

/** What GitHub did not take in this run. */
export type Refusals = {
  /** Faults whose place it refused. */
  readonly places: ReadonlySet<string>
  /** It does not let us fold comments, or request changes and withdraw that. */
  readonly folds: boolean
  readonly requests: boolean
}

/** What comments are written from. */
export type Desk = {
  readonly report: Report
  readonly diff: Lookup
  readonly head: string
  readonly pages: Pages
  readonly refused: Refusals
}

/** What is said of the findings, or of the problems, of a report. */
export type Told<Item> = {
  readonly comments: readonly NewComment[]
  readonly edits: readonly Edit[]
  /** Comments of ours that will stand, and those of them that no person settled. */
  readonly standing: number
  readonly unsettled: number
  /** What has no comment: no place in the diff, too many, or refused. */
  readonly elsewhere: readonly Item[]
}

/** Whether GitHub may take a comment there. */
export function isPlaceable({ place, prints }: Pick<NewComment, 'place' | 'prints'>, refused: Refusals): boolean {
  return place.kind !== 'summary' && !prints.some((print) => refused.places.has(print))
}
