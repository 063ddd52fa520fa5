// What is said of what could not be looked at: a comment at the line to blame, which goes on, comes back or is settled like any other.

import { hash } from 'node:crypto'
import type { Lookup } from '../change/lookup.ts'
import { complaintOf } from '../finding/problem.ts'
import { code } from '../report/markdown-escape.ts'
import type { Report, ReportedProblem } from '../report/report.ts'
import { groupBy } from '../text/group.ts'
import { closedBody } from './body.ts'
import { type Desk, isPlaceable, type NewComment, type Told } from './comment.ts'
import type { Thread } from './conversation.ts'
import { editOf, type Words } from './edit.ts'
import { mostProblems } from './limit.ts'
import { saidIn } from './match.ts'
import { placeOfProblem } from './place.ts'
import { type ProblemGroup, problemBody } from './problem-body.ts'

/** What the change brought and has a place in the diff; `threads`: those that speak of problems. */
export function tellProblems(desk: Desk, threads: readonly Thread[]): Told<ReportedProblem> {
  const { report, diff, pages, refused } = desk
  const groups = problemsOf(report, diff)
  const said = saidIn(threads)
  const going = new Map(groups.flatMap((group) => entryOf(said.get(group.print), group)))
  const open = groups.filter(({ print }) => !said.has(print)).map((group) => commentOf(group, pages.key))
  const unsettled = [...going.keys()].filter((thread) => !thread.isResolved).length
  const comments = open.filter((comment) => isPlaceable(comment, refused)).slice(0, Math.max(0, mostProblems - unsettled))
  const words = (thread: Thread): Words => {
    const group = going.get(thread)
    if (group !== undefined) return { state: 'open', body: problemBody(group, pages.key) }
    return { state: 'closed', body: closedBody(thread, reasonOf(thread, desk), code(thread.marker.rule)) }
  }
  const told = new Set([...[...going.values()].map(({ print }) => print), ...comments.flatMap(({ prints }) => prints)])
  return {
    comments,
    edits: threads.flatMap((thread) => editOf(thread, words(thread), !refused.folds)),
    standing: going.size + comments.length,
    unsettled: unsettled + comments.length,
    elsewhere: report.problems.filter((problem) => problem.state !== 'new' || !told.has(printOf(problem, diff))),
  }
}

function entryOf(thread: Thread | undefined, group: ProblemGroup): readonly (readonly [Thread, ProblemGroup])[] {
  return thread === undefined ? [] : [[thread, group]]
}

function commentOf(group: ProblemGroup, key: string): NewComment {
  const { rule, place, print } = group
  return { rule, place, prints: [print], weight: 'problem', body: problemBody(group, key) }
}

/** What the change brought: those that say the same of one file are said together; those that count come first. */
export function problemsOf({ problems }: Report, diff: Lookup): readonly ProblemGroup[] {
  const fresh = problems.filter(({ state }) => state === 'new').sort((a, b) => Number(b.counts) - Number(a.counts))
  return [...groupBy(fresh, (problem) => printOf(problem, diff))].flatMap(([print, [first, ...rest]]) =>
    first === undefined ? [] : [{ rule: first.code, print, place: placeOfProblem(first, diff), problems: [first, ...rest] }],
  )
}

/** What stays the same over pushes: the file as it was called before the change, and what is said of it. Numbers are places more often than not, and move. */
function printOf(problem: ReportedProblem, diff: Lookup): string {
  const said = complaintOf(problem).replace(/\d+/g, '')
  return hash('sha256', JSON.stringify(['problem', problem.code, diff.previousPath(problem.path), said]), 'hex').slice(0, 32)
}

function reasonOf({ marker }: Thread, { report: { problems }, diff, head }: Desk): string {
  const isThere = problems.some((problem) => problem.state === 'unchanged' && marker.prints.includes(printOf(problem, diff)))
  return isThere ? 'No longer part of this change' : `Can be looked at as of ${head.slice(0, 12)}`
}
