// Findings drawn by a seed, with the places that the program names for them.

import { groupBy } from '../../src/text/group.ts'
import { refined } from '../../src/trace/refine.ts'
import { changesFor } from './change.ts'
import { rendered } from './render.ts'
import { type Candidate, candidatesIn, type Drawn, type Seen } from './seen.ts'

export type Bounds = {
  readonly random: (below: number) => number
  /** Of all findings. */
  readonly most: number
  readonly mostOfOne: number
  readonly shareOfRule: number
}

/** In a random order as many as the bounds allow, half of them of charts where there are enough of both kinds. */
export async function draw(seen: readonly Seen[], bounds: Bounds): Promise<readonly Drawn[]> {
  const all = shuffled(seen.flatMap(candidatesIn).filter(rendersOf()), bounds.random)
  const half = Math.ceil(bounds.most / 2)
  const charts = bounded(
    all.filter(({ kind }) => kind === 'chart'),
    half,
    bounds,
  )
  const kustomizations = bounded(
    all.filter(({ kind }) => kind === 'kustomization'),
    bounds.most - charts.length,
    bounds,
  )
  const chosen = [...charts, ...kustomizations]
  const drawn: Drawn[] = []
  // Each by itself, as the review of a change to it would ask.
  for (const own of groupBy(chosen, ({ home }) => home).values()) {
    const [{ seen: one } = { seen: undefined }] = own
    if (one === undefined) continue
    const asked = own.flatMap((candidate) => [
      shownOf(candidate),
      ...[...changesFor(candidate), ...changesFor(candidate, true)].map(({ pointer }) => ({ ...shownOf(candidate), pointer })),
    ])
    const tracer = await refined(asked, one.observation.scene, one.observation.run)
    for (const candidate of own) {
      const { resource, pointer, rule } = shownOf(candidate)
      drawn.push({ ...candidate, tracer, trace: tracer(resource, pointer, rule) })
    }
  }
  return drawn
}

/** Whether the native tool renders the target at all, asked once for each. */
function rendersOf(): (candidate: Candidate) => boolean {
  const known = new Map<string, boolean>()
  return (candidate) => {
    const key = `${candidate.home}\n${candidate.target.id}`
    const before = known.get(key) ?? typeof rendered(candidate, new Map()) !== 'string'
    known.set(key, before)
    return before
  }
}

function shownOf({ finding: { resource, shown, pointer, rule } }: Candidate) {
  return { resource, pointer: shown ?? pointer, rule: rule.id }
}

function bounded(candidates: readonly Candidate[], most: number, { mostOfOne, shareOfRule }: Bounds): readonly Candidate[] {
  const homes = new Map<string, number>()
  const rules = new Map<string, number>()
  const chosen: Candidate[] = []
  for (const candidate of candidates) {
    const [home, rule] = [homes.get(candidate.home) ?? 0, rules.get(candidate.finding.rule.id) ?? 0]
    if (chosen.length >= most || home >= mostOfOne || rule >= Math.ceil(most * shareOfRule)) continue
    homes.set(candidate.home, home + 1)
    rules.set(candidate.finding.rule.id, rule + 1)
    chosen.push(candidate)
  }
  return chosen
}

function shuffled<Item>(items: readonly Item[], random: (below: number) => number): readonly Item[] {
  const list = [...items]
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = random(at + 1)
    const [a, b] = [list[at], list[other]]
    if (a !== undefined && b !== undefined) [list[at], list[other]] = [b, a]
  }
  return list
}
