// What a fix pull request holds: files, words, and what it is recognised by in the next run.

import { hash } from 'node:crypto'
import { applyFixes } from '../../fix/apply.ts'
import type { VerifiedFix } from '../../fix/fix.ts'
import { patchOf } from '../../fix/offer.ts'
import { bodyOf, commitWords, type Told, titleOf } from './body.ts'
import { type FixGroup, worstOf } from './group.ts'
import { joinedPrints, type Prints, printOf } from './marker.ts'

export type WantedPull = {
  readonly group: FixGroup
  readonly branch: string
  readonly title: string
  /** The description without its marker. */
  readonly body: string
  readonly commit: { readonly headline: string; readonly body: string }
  /** Whole new texts by path. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly digest: string
  readonly prints: Prints
}

/** More marks than that would not fit into a description; the rest comes when these are merged. */
export const mostPrints = 700
/** Environments of one fix that are marked: it is the same in all of them. */
const mostEnvironments = 20

/** The pull request for these fixes of a group, which hold on their own. `textOf` gives a file as it is. */
export function composed(
  group: FixGroup,
  fixes: readonly VerifiedFix[],
  told: Told & { readonly textOf: (path: string) => string },
): WantedPull {
  const { textOf } = told
  const paths = [...new Set(fixes.flatMap(({ edits }) => edits.map(({ path }) => path)))].sort()
  const title = titleOf(group, fixes)
  return {
    group,
    branch: group.branch,
    title,
    body: bodyOf(fixes, told),
    commit: { headline: title, body: commitWords(fixes) },
    files: paths.map((path) => ({ path, text: applyFixes(path, textOf(path), fixes).text })),
    digest: digestOf(patchOf(fixes, textOf)),
    prints: printsOf(fixes),
  }
}

/** The findings of fixes. */
export function printsOf(fixes: readonly VerifiedFix[]): Prints {
  return joinedPrints(
    fixes.map((fix) => new Map(fix.findings.slice(0, mostEnvironments).map((finding) => [printOf(finding), worstOf(fix)]))),
  )
}

/** The same while a patch changes the same lines in the same surroundings, wherever in the file these stand: what git merges cleanly needs no new commit. */
function digestOf(patch: string): string {
  return hash('sha256', patch.replace(/^@@ .*$/gm, '@@'), 'hex').slice(0, 16)
}
