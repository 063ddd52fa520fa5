// A repair, as data: proposed freely, proved before it is offered.

import type { Finding } from '../finding/finding.ts'
import type { Change } from '../yaml/change.ts'

/** A change of a file, said without offsets, so that several of them do not disturb each other. */
export type Edit = {
  readonly path: string
  /** Which document of the file, from 0. */
  readonly document: number
  /** Its pointer leads from the root of the document. */
  readonly change: Change
}

export type Fix = {
  /** All that it mends: one finding, or the same one in every environment that shares the source. */
  readonly findings: readonly [Finding, ...Finding[]]
  readonly title: string
  readonly safety: 'safe' | 'unsafe'
  /** What may stop working, for an unsafe one. */
  readonly breaks?: string
  readonly edits: readonly Edit[]
  /** JSON Pointers inside the object to what is meant to differ afterwards, and nothing else. */
  readonly fields: readonly string[]
}

declare const verified: unique symbol

/** A fix that held: only verify.ts makes one. */
export type VerifiedFix = Fix & { readonly [verified]: true }

/** What a person has to find out, where no edit can be right without it; or why none could be made. */
export type Advice = { readonly finding: Finding; readonly title: string; readonly find: string }

/** What was proposed: fixes to prove, and advice for the rest. */
export type Proposal = { readonly fixes: readonly Fix[]; readonly advice: readonly Advice[] }
