// A repair, as data: proposed freely, proved before it is offered.

import type { Finding } from '../finding/finding.ts'
import type { Change } from '../yaml/change.ts'
import type { Step } from './step.ts'

/** A change of a file, said without offsets, so that several of them do not disturb each other. */
export type Edit = DocumentEdit | ElseEdit | NewFile

export type DocumentEdit = {
  readonly path: string
  /** Which document of the file, from 0. */
  readonly document: number
  /** Its pointer leads from the root of the document. */
  readonly change: Step
  /** Lines and values of a Go template stand in the YAML; or it is no YAML, but a script whose commands fetch what they apply. */
  readonly as?: 'template' | 'script'
}

/** A key of a template that is written only where a condition holds, and what is made of nothing where it does not: the pointer of `otherwise` leads from the value of the key. */
export type ElseEdit = { readonly path: string; readonly document: number; readonly pointer: string; readonly otherwise: Change }

/** A file that is made where there is none yet, with the text that it begins with: further edits of its path add to it. */
export type NewFile = { readonly path: string; readonly start: string }

/** Through what a finding is mended: the object's own file, values of a chart, a template line, a patch or entry that is there, or one that is put on top. */
export type RouteKind = 'source' | 'values' | 'template' | 'patch' | 'overlay'

export type Fix = {
  /** All that it mends: one finding, or the same one in every environment that shares the source. */
  readonly findings: readonly [Finding, ...Finding[]]
  readonly title: string
  readonly safety: 'safe' | 'unsafe'
  /** What may stop working, for an unsafe one. */
  readonly breaks?: string
  readonly route: RouteKind
  readonly edits: readonly Edit[]
  /** What is meant to differ afterwards in the object of the first finding, and nothing else; pointers lead from the object. */
  readonly changes: readonly Change[]
  /** Findings of the same place in other objects, for which it would be wrong. */
  readonly spared?: readonly Finding[]
}

/** Ways to mend the same findings, in the order that a maintainer would prefer: the first that holds is taken. */
export type Candidates = readonly [Fix, ...Fix[]]

declare const verified: unique symbol

/** A fix that held: only verify.ts makes one. */
export type VerifiedFix = Fix & { readonly [verified]: true }

/** What a person has to find out, where no edit can be right without it; or why none could be made. */
export type Advice = { readonly finding: Finding; readonly title: string; readonly find: string }

/** What was proposed: fixes to prove, and advice for the rest. */
export type Proposal = { readonly fixes: readonly Candidates[]; readonly advice: readonly Advice[] }
