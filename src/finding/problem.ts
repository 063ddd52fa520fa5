// Problems held against each other: an old one is reported, a new one counts.

import { idleEntry, type Problem } from '../discover/graph.ts'

export type ProblemState = 'new' | 'unchanged' | 'fixed' | 'present'
export type ComparedProblem = Problem & {
  readonly state: ProblemState
  readonly counts: boolean
  /** For a target that fails anew: the files it reads, or read before, that the change touches. */
  readonly touched?: readonly string[]
}

/** Which problems make a verdict incomplete: `new` means those the change brought, and those in a file that it touches. */
export type Counting = 'new' | 'any' | 'never'

type Sides = { readonly base: readonly Problem[]; readonly head: readonly Problem[] }
type Paths = {
  readonly previousPath: (path: string) => string
  readonly touched: (path: string) => boolean
  /** Files that a target reads, at base or at head. */
  readonly inputsOf: (target: string) => readonly string[]
}

/** What is worth telling: entries that match nothing once, however many build their kustomization, and none of what came from elsewhere, which nobody edits here. */
export function worthTelling(problems: readonly Problem[], isForeign: (path: string) => boolean): readonly Problem[] {
  const told = new Set<string>()
  return problems.filter(({ code, path, line, message }) => {
    if (code !== idleEntry) return true
    const key = `${path}:${line ?? ''} ${message}`
    if (told.has(key) || isForeign(path)) return false
    told.add(key)
    return true
  })
}

/**
 * Matches by code, file and message (lines may shift). A target that fails is matched by its name alone, since it is no news that it fails for another reason, and a new one fails for no
 * news where another failed at the same place for the same reason. Those of head first, then what was fixed.
 */
export function compareProblems({ base: all, head }: Sides, paths: Paths, counting: Counting): readonly ComparedProblem[] {
  // That a target was never begun says nothing of what it was.
  const base = all.filter(({ code }) => code !== 'render-left-out')
  const before = new Map<string, number>()
  for (const problem of base) before.set(keyOf(problem, problem.path), (before.get(keyOf(problem, problem.path)) ?? 0) + 1)
  const reasons = new Set(base.map((problem) => reasonOf(problem, problem.path)))
  const compared: ComparedProblem[] = []
  for (const problem of head) {
    const key = keyOf(problem, paths.previousPath(problem.path))
    const left = before.get(key) ?? 0
    before.set(key, left - 1)
    const isOld = left > 0 || (problem.target !== undefined && reasons.has(reasonOf(problem, paths.previousPath(problem.path))))
    const state: ProblemState = isOld ? 'unchanged' : 'new'
    const counts =
      counting === 'any' || (counting === 'new' && (state === 'new' || (problem.code !== idleEntry && paths.touched(problem.path))))
    const touched = problem.target === undefined || state !== 'new' ? undefined : paths.inputsOf(problem.target).filter(paths.touched)
    compared.push({ ...problem, state, counts, ...(touched === undefined ? {} : { touched }) })
  }
  for (const problem of base) {
    const key = keyOf(problem, problem.path)
    const left = before.get(key) ?? 0
    if (left <= 0) continue
    before.set(key, left - 1)
    compared.push({ ...problem, state: 'fixed', counts: false })
  }
  return compared
}

/** The problems of a scan: there is nothing to compare with, so each of them counts unless none shall, or it may have been so for ever. */
export function presentProblems(problems: readonly Problem[], counting: Counting): readonly ComparedProblem[] {
  return problems.map((problem) => {
    const counts = counting === 'any' || (counting === 'new' && problem.code !== idleEntry)
    return { ...problem, state: 'present', counts }
  })
}

function keyOf({ code, target, message }: Problem, path: string): string {
  return target !== undefined && code.startsWith('render-') ? `render\n${target}` : `${code}\n${path}\n${message}`
}

function reasonOf(problem: Problem, path: string): string {
  return `${problem.code}\n${path}\n${complaintOf(problem)}`
}

/** What is said of the target, without its name; of a file the message as it is. */
export function complaintOf({ target, message }: Pick<Problem, 'target' | 'message'>): string {
  return target !== undefined && message.startsWith(`${target} `) ? message.slice(target.length + 1) : message
}
