// Renders what a change reaches, at base and at head together: targets that only the output of others names are found on the way.

import { homeOf, isAlone } from '../discover/home.ts'
import type { RenderTarget, Unresolved } from '../discover/target.ts'
import { type RenderRun, renderTarget } from './render.ts'
import type { Rendered } from './rendered.ts'

/** One revision: the targets to render there, and those that a rendered one names (an app of apps). */
export type RenderSide = {
  readonly run: RenderRun
  readonly targets: readonly RenderTarget[]
  /** Those that nobody names: what they become is asked where the other side is found to name, or to be left with, their folder. */
  readonly standing?: readonly RenderTarget[]
  readonly named: (rendered: Rendered) => { readonly targets: readonly RenderTarget[]; readonly unresolved: readonly Unresolved[] }
}

/** What the targets of one revision became, and the roots in their output of which no target could be made. */
export type RenderedSide = { readonly rendered: readonly Rendered[]; readonly unresolved: readonly Unresolved[] }

export type Sides<Value> = { readonly base: Value; readonly head: Value }

/** Apps of apps of apps: beyond this it is a circle, or nobody's intention. */
const deepest = 6

/** How many renders are asked for at a time: the engine has few workers, and files are read when their turn comes. */
const atATime = 8

/**
 * What all targets of both sides become, each id once a side. A target that another one's output holds is rendered as that output has it. `touched`: whether the change reaches a file; a
 * target that is found on the way, is the same on both sides and reads no such file is left alone, unless it is among the targets: what the change reaches may come out of it.
 */
export async function renderSides(sides: Sides<RenderSide>, touched: (path: string) => boolean): Promise<Sides<RenderedSide>> {
  const done = { base: new Map<string, Rendered>(), head: new Map<string, Rendered>() }
  const unresolved = { base: [] as Unresolved[], head: [] as Unresolved[] }
  const wanted = onTheWay([...sides.base.targets, ...sides.head.targets])
  let next = { base: firstOf(sides.base.targets), head: firstOf(sides.head.targets) }
  for (let depth = 0; depth < deepest && next.base.length + next.head.length > 0; depth += 1) {
    // Head first: what is the same at base then takes its answer, which has the lines.
    const [head, base] = await renderEach([jobsOf(next.head, sides.head.run), jobsOf(next.base, sides.base.run)])
    for (const rendered of base) done.base.set(rendered.target.id, rendered)
    for (const rendered of head) done.head.set(rendered.target.id, rendered)
    const named = { base: base.map(sides.base.named), head: head.map(sides.head.named) }
    unresolved.base.push(...named.base.flatMap((one) => one.unresolved))
    unresolved.head.push(...named.head.flatMap((one) => one.unresolved))
    const found = {
      base: foundIn(base, named.base, sides.base.targets, done.base),
      head: foundIn(head, named.head, sides.head.targets, done.head),
    }
    const idle = new Set(
      found.base.filter((target) => !wanted.has(objectOf(target)) && isIdle(target, found.head, touched)).map(({ id }) => id),
    )
    const open = { base: found.base.filter(({ id }) => !idle.has(id)), head: found.head.filter(({ id }) => !idle.has(id)) }
    next = {
      base: [...open.base, ...standingFor(open.head, open.base, sides.base, done.base)],
      head: [...open.head, ...standingFor(open.base, open.head, sides.head, done.head)],
    }
  }
  const failed = new Set([...done.base.values(), ...done.head.values()].flatMap((one) => (one.failed ? [one.target.id] : [])))
  return {
    base: { rendered: withoutClaimed([...done.base.values()], failed), unresolved: unresolved.base },
    head: { rendered: withoutClaimed([...done.head.values()], failed), unresolved: unresolved.head },
  }
}

/** Leaves out what stood alone until another one was found to render it: it would be told twice. `failed`: on either side. */
function withoutClaimed(rendered: readonly Rendered[], failed: ReadonlySet<string>): readonly Rendered[] {
  const claimed = new Set(rendered.flatMap(({ target }) => (isAlone(target) || failed.has(target.id) ? [] : target.covers)))
  return rendered.filter(({ target }) => !isAlone(target) || !claimed.has(target.root.path))
}

/** What waits for nothing: its root stands in a file, and no target of this run gives that object. */
function firstOf(targets: readonly RenderTarget[]): readonly RenderTarget[] {
  const ids = new Set(targets.map(({ id }) => id))
  return targets.filter(({ through }) => !through.some((id) => ids.has(id)))
}

/** What the output of a batch names, and what waited for it: the target as its file has it where the output could not be had. */
function foundIn(
  batch: readonly Rendered[],
  named: readonly { readonly targets: readonly RenderTarget[] }[],
  written: readonly RenderTarget[],
  done: ReadonlyMap<string, Rendered>,
): readonly RenderTarget[] {
  const found = new Map<string, RenderTarget>()
  const failed = new Set(batch.filter((rendered) => rendered.failed).map(({ target }) => target.id))
  for (const target of written) if (target.through.some((id) => failed.has(id))) found.set(target.id, target)
  for (const target of named.flatMap(({ targets }) => targets)) found.set(target.id, target)
  return [...found.values()].filter(({ id }) => !done.has(id))
}

/** What stands alone on this side while the other one is found to need it: the same folder, landing in the same place. */
function standingFor(
  others: readonly RenderTarget[],
  own: readonly RenderTarget[],
  { standing = [] }: RenderSide,
  done: ReadonlyMap<string, Rendered>,
): readonly RenderTarget[] {
  const known = new Set([...done.keys(), ...own.map(({ id }) => id)])
  const places = new Set(others.filter(({ id }) => !known.has(id)).map(landingOf))
  return standing.filter((target) => !done.has(target.id) && places.has(landingOf(target)))
}

function landingOf(target: RenderTarget): string {
  return [target.kind, homeOf(target) ?? target.id, ...target.environments.filter((name) => name !== '')].join('\n')
}

/** The objects of targets that come out of others and of which others come out in turn. */
function onTheWay(targets: readonly RenderTarget[]): ReadonlySet<string> {
  const above = new Set(targets.flatMap(({ through }) => through))
  return new Set(targets.filter(({ id, through }) => through.length > 0 && above.has(id)).map(objectOf))
}

/** The object that names a target. What stands in a file and comes out of a render may have another namespace, and its target another id. */
function objectOf({ root: { kind, name } }: RenderTarget): string {
  return `${kind} ${name.slice(name.lastIndexOf('/') + 1)}`
}

function isIdle(target: RenderTarget, others: readonly RenderTarget[], touched: (path: string) => boolean): boolean {
  const other = others.find(({ id }) => id === target.id)
  return other !== undefined && !target.inputs.some(touched) && !other.inputs.some(touched) && meaningOf(target) === meaningOf(other)
}

/** All that decides what a target renders to, as text: places in documents are left out. */
function meaningOf(target: RenderTarget): string {
  return JSON.stringify(target, (key, value: unknown) => (key === 'at' || key === 'resource' ? undefined : value))
}

type Job = () => Promise<Rendered>

function jobsOf(targets: readonly RenderTarget[], run: RenderRun): readonly Job[] {
  run.tree.expect?.(targets.flatMap(({ inputs }) => inputs))
  return targets.map((target) => () => renderTarget(target, run))
}

/** What the jobs of two batches give; those of the first are begun first. */
async function renderEach(batches: readonly [readonly Job[], readonly Job[]]): Promise<[readonly Rendered[], readonly Rendered[]]> {
  const jobs = batches.flat()
  const results: Rendered[] = []
  let next = 0
  const work = async () => {
    for (let at = next++; at < jobs.length; at = next++) {
      const rendered = await jobs[at]?.()
      if (rendered !== undefined) results[at] = rendered
    }
  }
  await Promise.all(Array.from({ length: Math.min(atATime, jobs.length) }, work))
  const [{ length }] = batches
  return [results.slice(0, length), results.slice(length)]
}
