// What there should be and what there is → what to do. Pure: the plan is tested, the sending is thin.

import { closedBody } from './body.ts'
import type { WantedPull } from './compose.ts'
import { type Branch, type Existing, isUntouched, type OwnPull, openPullOf } from './existing.ts'
import { fixMarkerText, type Prints, withoutFixMarker } from './marker.ts'

export type Step =
  /** `before`: where the branch is; undefined where there is none. */
  | { readonly kind: 'open'; readonly pull: WantedPull; readonly before: string | undefined }
  /** A new commit in place of the one that is there. */
  | { readonly kind: 'update'; readonly pull: WantedPull; readonly number: number; readonly before: string }
  /** Only the description: the commit is what it should be. */
  | { readonly kind: 'rewrite'; readonly number: number; readonly title: string; readonly body: string }
  | { readonly kind: 'close'; readonly number: number; readonly body: string; readonly why: string }
  /** A branch whose pull request is over. */
  | { readonly kind: 'remove'; readonly branch: string; readonly head: string }

/** What is left as it is, and why. */
export type Left = { readonly branch: string; readonly number?: number; readonly why: string }

export type FixPlan = { readonly steps: readonly Step[]; readonly left: readonly Left[] }

export type Scanned = {
  readonly key: string
  /** The default branch, and the commit of it that was looked at, as people write it. */
  readonly branch: string
  readonly commit: string
  /** All that was found. */
  readonly present: Prints
  /** What groups would mend, whether there is room for them or not. */
  readonly offered: Prints
  /** Whether something about these files could not be looked at, so that what is not found need not be gone. */
  readonly isUnsure: (paths: readonly string[]) => boolean
  /** Whether the time was over before all fixes were proved. */
  readonly isUnfinished: boolean
}

export function planFixPulls(wanted: readonly WantedPull[], existing: Existing, scanned: Scanned): FixPlan {
  const steps: Step[] = []
  const left: Left[] = []
  const names = new Set(wanted.map(({ branch }) => branch))
  for (const pull of wanted) {
    const open = openPullOf(existing, pull.branch)
    const at = existing.branches.find(({ name }) => name === pull.branch)
    if (open !== undefined) steps.push(...stepsFor(open, pull, scanned))
    else if (at !== undefined && !isOurs(at, pull, existing))
      left.push({
        branch: pull.branch,
        why: 'the branch holds something that Plimsoll did not put there; delete it, and the next run opens the pull request',
      })
    else steps.push({ kind: 'open', pull, before: at?.head })
  }
  for (const name of existing.taken) left.push({ branch: name, why: 'its pull request is not one that Plimsoll may change' })
  for (const pull of existing.pulls) {
    if (pull.state !== 'open' || names.has(pull.branch)) continue
    const why = reasonToKeep(pull, scanned)
    if (why !== undefined) left.push({ branch: pull.branch, number: pull.number, why })
    else steps.push(closing(pull, scanned))
  }
  return { steps: [...steps, ...litter(existing, names)], left }
}

function stepsFor(open: OwnPull, pull: WantedPull, { key }: Scanned): readonly Step[] {
  const { marker, head, number } = open
  const isCurrent = marker.digest === pull.digest && marker.heads.at(-1) === head && !open.isConflicting
  if (!isCurrent) return [{ kind: 'update', pull, number, before: head }]
  const isSaid = marker.state === 'open' && sameText(marker.prints, pull.prints)
  if (isSaid) return []
  return [
    {
      kind: 'rewrite',
      number,
      title: pull.title,
      body: `${pull.body}\n\n${fixMarkerText({ ...marker, key, state: 'open', prints: pull.prints })}`,
    },
  ]
}

function sameText(a: Prints, b: Prints): boolean {
  return a.size === b.size && [...a].every(([print, severity]) => b.get(print) === severity)
}

/** A branch without an open pull request: ours if it is where we left it, or if a run put its commit there and ended before it opened one. */
function isOurs({ name, head, headline, isSigned }: Branch, pull: WantedPull, { pulls }: Existing): boolean {
  const isLeft = pulls.some(({ branch, marker }) => branch === name && marker.heads.includes(head))
  return isLeft || (isSigned && headline === pull.commit.headline)
}

function reasonToKeep(pull: OwnPull, { branch, present, isUnsure, isUnfinished }: Scanned): string | undefined {
  if (!isUntouched(pull, branch)) return 'somebody pushed to its branch or gave it another base, so it is theirs'
  if (pull.marker.state === 'gone') return 'somebody opened it again'
  const isGone = [...pull.marker.prints.keys()].every((print) => !present.has(print))
  if (isGone) return isUnsure(pull.paths) ? 'what it mends could not be looked at in this run' : undefined
  return isUnfinished ? 'its fix was not proved in time' : undefined
}

function closing(pull: OwnPull, { commit, present, offered }: Scanned): Step {
  const prints = [...pull.marker.prints.keys()]
  const why = !prints.some((print) => present.has(print))
    ? `what it mends is gone as of ${commit}.`
    : prints.some((print) => offered.has(print))
      ? `what it mends is part of another fix pull request as of ${commit}.`
      : `as of ${commit} its fix is no longer asked for, or no longer holds.`
  const body = `${closedBody(withoutFixMarker(pull.body), why)}\n\n${fixMarkerText({ ...pull.marker, state: 'gone' })}`
  return { kind: 'close', number: pull.number, body, why }
}

/** Branches where we left them whose pull requests were merged, or closed by ourselves. */
function litter({ branches, pulls, taken }: Existing, wanted: ReadonlySet<string>): readonly Step[] {
  return branches.flatMap(({ name, head }): readonly Step[] => {
    const own = pulls.filter((pull) => pull.branch === name)
    const isOver = own.every(({ state, marker }) => state === 'merged' || (state === 'closed' && marker.state === 'gone'))
    const isLeft = own.some(({ marker }) => marker.heads.includes(head))
    return isOver && isLeft && !wanted.has(name) && !taken.has(name) ? [{ kind: 'remove', branch: name, head }] : []
  })
}
