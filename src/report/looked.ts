// What was looked at, what could not be, and what would be applied: the part of a report that is about no finding.

import type { Problem } from '../discover/graph.ts'

export type ReportedProblem = Problem & {
  readonly state: 'new' | 'unchanged' | 'fixed' | 'present'
  /** Whether it makes the verdict incomplete. */
  readonly counts: boolean
  /** For a target that fails anew: the files it reads, or read before, that the change touches. */
  readonly touched?: readonly string[]
}

export type ReportedSkip = {
  readonly path: string
  readonly document?: number
  readonly reason: string
  readonly attention: boolean
  readonly detail?: string
}

export type ReportedGap = {
  readonly name: string
  readonly path: string
  readonly line?: number
  readonly message: string
  readonly hint: string
}

/** How what is rendered for some environments differs between base and head. */
export type RenderedChange = {
  /** Those that differ in this very way; empty string: the repository as a whole. */
  readonly environments: readonly string[]
  /** Objects that are added, removed and changed. */
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** Object by object a heading (`# changed: apps/Deployment shop/api`) and hunks as git shows them; secrets are masked. */
  readonly lines: readonly string[]
  /** Lines that were left out, since there are too many. */
  readonly left: number
}

/** What was looked at, what was not and why. Always printed. */
export type Coverage = {
  /** YAML and JSON files of the tree at head. */
  readonly files: number
  /** Files with at least one judged object, of those that the change affects (all of them for a scan). */
  readonly judgedFiles: number
  readonly judgedObjects: number
  /** Kustomizations and scripts that were judged for what they fetch from elsewhere. */
  readonly fetchingFiles: number
  /** Charts and kustomizations that were rendered and judged, each set of values for itself. */
  readonly renderedTargets: number
  /** Judged as written although a kustomization changes them before they are applied. */
  readonly unrenderedFiles: number
  /** Files that the change does not touch: known, not judged again. */
  readonly unaffectedFiles: number
  readonly failedFiles: number
  readonly failedTargets: number
  /** Whole files and documents that were not judged, with the reason; sorted by path. */
  readonly skipped: readonly ReportedSkip[]
  /** What should be rendered and is not, or not wholly: what it is, the file that says so, why, and what to do. */
  readonly notRendered: readonly ReportedGap[]
  /** Rules that were asked. */
  readonly rules: number
}
