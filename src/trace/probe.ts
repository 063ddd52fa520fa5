// Which values lead to a place, found by changing them: every candidate gets a mark of its own, and the chart is rendered again.

import type { ChartTarget } from '../discover/target.ts'
import { keyOf, pointerOf } from '../finding/identity.ts'
import type { Rendered } from '../render/rendered.ts'
import { isMapping } from '../resource/read.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { type Ask, type Candidate, candidatesFor } from './candidate.ts'
import type { Sources } from './source.ts'

/** The values that lead to a place, and the object that showed it: its lines tell the template line. */
export type Answer = { readonly candidate: Candidate; readonly seen: Resource; readonly pointer: string }

export type ProbeScene = {
  readonly target: ChartTarget
  readonly sources: Sources
  /** Renders a target that differs from the real one in its values. */
  readonly render: (target: ChartTarget) => Promise<Rendered>
}

/** A chart may refuse values that make no sense to it: then they are tried in smaller groups, as often as this at most. */
const mostRenders = 10

/** For each place that values were found for, which. One render answers all places of a target where nothing refuses the marks. */
export async function probe(asks: readonly Ask[], scene: ProbeScene): Promise<ReadonlyMap<Ask, Answer>> {
  const candidates = candidatesFor(asks, scene)
  const answers = new Map<Ask, Answer>()
  // What all share is edited before what one part of the chart has for itself.
  const [shared, own] = [candidates.filter(({ isOverride }) => !isOverride), candidates.filter(({ isOverride }) => isOverride)]
  const open: (readonly Candidate[])[] = [...apart(shared), ...apart(own)]
  for (let renders = 0; renders < mostRenders; renders += 1) {
    const group = open.shift()
    if (group === undefined) break
    const rendered = await scene.render(marked(scene.target, group))
    if (rendered.failed) {
      const half = Math.ceil(group.length / 2)
      if (group.length > 1) open.push(group.slice(0, half), group.slice(half))
      continue
    }
    for (const ask of asks) if (!answers.has(ask)) note(ask, rendered, group, answers)
  }
  return answers
}

/** Groups in which no mark stands where another one's way leads through. */
function apart(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups: Candidate[][] = []
  for (const candidate of candidates) {
    const free = groups.find((group) => !group.some((other) => leadsThrough(candidate.path, other.path)))
    if (free === undefined) groups.push([candidate])
    else free.push(candidate)
  }
  return groups
}

function leadsThrough(one: readonly string[], other: readonly string[]): boolean {
  const shared = Math.min(one.length, other.length)
  return one.slice(0, shared).every((key, at) => key === other[at])
}

/** The target with the marks of a group of candidates on top of its values. */
function marked(target: ChartTarget, candidates: readonly Candidate[]): ChartTarget {
  const values = candidates.reduce<unknown>((all, { path, mark, list }) => withValue(withList(all, path, list), path, mark), {})
  const at = { document: noDocument, pointer: '' }
  return {
    ...target,
    skipSchemaValidation: true,
    values: [...target.values, { kind: 'inline', value: isMapping(values) ? values : {}, at }],
  }
}

const noDocument = { path: '', text: '', lineStarts: [0], yaml: { span: { start: 0, end: 0 }, value: undefined, duplicates: [] }, index: 0 }

function withValue(value: unknown, path: readonly string[], leaf: string): unknown {
  const [key, ...rest] = path
  if (key === undefined) return leaf
  if (Array.isArray(value)) return value.map((item: unknown, at) => (String(at) === key ? withValue(item, rest, leaf) : item))
  const own = isMapping(value) ? value : {}
  return { ...own, [key]: withValue(own[key], rest, leaf) }
}

/** A list is given as a whole: as it is, where no other mark has put it there yet. */
function withList(value: unknown, path: readonly string[], list: Candidate['list']): unknown {
  if (list === undefined) return value
  const set = (node: unknown, depth: number): unknown => {
    if (depth === list.depth) return Array.isArray(node) ? node : list.value
    const key = path[depth] ?? ''
    const own = isMapping(node) ? node : {}
    return { ...own, [key]: set(own[key], depth + 1) }
  }
  return set(value, 0)
}

function note(ask: Ask, rendered: Rendered, group: readonly Candidate[], answers: Map<Ask, Answer>): void {
  const name = nameOf(ask.resource.id)
  const key = keyOf(ask.resource.value, ask.pointer, false)
  for (const seen of rendered.resources) {
    if (nameOf(seen.id) !== name) continue
    const pointer = pointerOf(seen.value, key, false) ?? likePointer(seen, ask)
    const text = String(valueAt(seen.value, pointer) ?? '')
    const candidate = group.find(({ mark }) => text.includes(mark))
    if (candidate !== undefined) answers.set(ask, { candidate, seen, pointer })
  }
}

/** A list whose items changed their names with the values keeps its order. */
function likePointer(seen: Resource, { pointer }: Ask): string {
  const segments = segmentsOf(pointer)
  let depth = segments.length
  while (depth > 0 && valueAt(seen.value, pointerTo(segments.slice(0, depth))) === undefined) depth -= 1
  return pointerTo(segments.slice(0, depth))
}
