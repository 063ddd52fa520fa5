// Objects that changed their identity in place: which object of base an object of head was before it was renamed, moved or turned into another kind.

import { isCalledEnvironment } from '../discover/environments.ts'
import type { Environment } from '../discover/target.ts'
import { imageOf } from '../resource/image.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { containersIn, podsIn } from '../resource/select.ts'
import { groupBy } from '../text/group.ts'

/** An object where it lands. `place` is the environment that its place in the tree stands for: the same one, unless something names another. */
export type Placed = { readonly resource: Resource; readonly environment: Environment; readonly place: Environment }

export type Side = { readonly base: readonly Placed[]; readonly head: readonly Placed[] }

/** Below this two objects are two objects. The weights say what a person goes by: the same file first, then the same content, kind and name. */
const threshold = 0.45
const weights = { path: 0.35, content: 0.35, kind: 0.15, name: 0.15 }

/** Above this many pairs only objects that share file, or kind and name, are held against each other. */
const exhaustivePairs = 10_000

/** One string for an object in its environment. */
function placeKey(placed: Placed): string {
  return `${placed.environment}\n${nameOf(placed.resource.id)}`
}

/**
 * For every object of head what it was at base: the object of the same identity and environment (of several in one file the one in the same place of their order), else the most alike one
 * among those that are gone.
 * `previousPath` gives the path at base of a file of head.
 */
export function counterparts(objects: Side, previousPath: (path: string) => string): ReadonlyMap<Resource, Placed> {
  const found = new Map<Resource, Placed>()
  const known = groupByKey(objects.base)
  const arrived: Placed[] = []
  const seen = new Map<string, number>()
  for (const placed of objects.head) {
    const path = previousPath(placed.resource.document.path)
    const same = known.get(placeKey(placed))
    const there = same?.filter(({ resource }) => resource.document.path === path) ?? []
    const earlier = there.length > 1 ? (seen.get(`${path}\n${placeKey(placed)}`) ?? 0) : 0
    if (there.length > 1) seen.set(`${path}\n${placeKey(placed)}`, earlier + 1)
    const was = there[earlier] ?? there.at(-1) ?? same?.[0]
    if (was === undefined) arrived.push(placed)
    else found.set(placed.resource, was)
  }
  const kept = groupByKey(objects.head)
  const gone = objects.base.filter((placed) => !kept.has(placeKey(placed)))
  for (const [head, base] of pairAlike(gone, arrived, environmentsAgree(objects), previousPath)) found.set(head.resource, base)
  return found
}

function groupByKey(placed: readonly Placed[]): ReadonlyMap<string, readonly Placed[]> {
  return groupBy(placed, placeKey)
}

/**
 * A pair must land together: in one environment; in one that vanished and one that appeared (the folder itself was moved); in one part of the tree where nothing but its place said where it
 * lands and now something does, or the other way round; or in parts of the tree of which nothing says that they are environments. From one environment to another an object is promoted,
 * which is news.
 */
function environmentsAgree({ base, head }: Side): (base: Placed, head: Placed) => boolean {
  const before = new Set(base.map(({ environment }) => environment))
  const after = new Set(head.map(({ environment }) => environment))
  return (was, is) =>
    was.environment === is.environment ||
    (!after.has(was.environment) && !before.has(is.environment)) ||
    (isNamed(was) !== isNamed(is) && (isWithin(was.place, is.place) || isWithin(is.place, was.place))) ||
    [was, is].every((one) => !isNamed(one) && !isCalledEnvironment(one.place))
}

function isNamed({ environment, place }: Placed): boolean {
  return environment !== place
}

/** Whether a place is another one or part of it; the repository as a whole is a place beside its parts. */
function isWithin(place: Environment, other: Environment): boolean {
  return place === other || (other !== '' && place.startsWith(`${other}/`))
}

type Candidate = { readonly score: number; readonly base: Placed; readonly head: Placed }

function pairAlike(
  gone: readonly Placed[],
  arrived: readonly Placed[],
  agree: (base: Placed, head: Placed) => boolean,
  previousPath: (path: string) => string,
): readonly (readonly [Placed, Placed])[] {
  const exhaustive = gone.length * arrived.length <= exhaustivePairs
  const features = new Map<Placed, ReadonlySet<string>>()
  const candidates: Candidate[] = []
  for (const head of arrived) {
    const path = previousPath(head.resource.document.path)
    for (const base of gone) {
      if (!agree(base, head)) continue
      const samePath = base.resource.document.path === path
      const sameKind = base.resource.id.kind === head.resource.id.kind || isReleased(base.resource, head.resource)
      const sameName = base.resource.id.name === head.resource.id.name
      if (!exhaustive && !samePath && !(sameKind && sameName)) continue
      if (!sameName && areOthers(base, head)) continue
      const content = share(base, head, features)
      const score =
        (samePath ? weights.path : 0) + (sameKind ? weights.kind : 0) + (sameName ? weights.name : 0) + weights.content * content
      if (score >= threshold) candidates.push({ score, base, head })
    }
  }
  return bestFirst(candidates)
}

/** Workloads that share neither an image nor the name of a container, Secrets that share no value: one took the place of the other, whatever file they stand in. */
function areOthers(base: Placed, head: Placed): boolean {
  const [before, now] = [marksOf(base.resource), marksOf(head.resource)]
  return before.length > 0 && now.length > 0 && !now.some((mark) => before.includes(mark))
}

/** What makes a workload or a Secret the one it is; held against each other here and shown nowhere. */
function marksOf(resource: Resource): readonly string[] {
  const { id, value } = resource
  if (id.kind === 'Secret' && id.group === '')
    return ['data', 'stringData'].flatMap((field) => Object.entries(value[field] ?? {}).map(([key, text]) => `${key} ${String(text)}`))
  return podsIn(resource)
    .flatMap(containersIn)
    .flatMap(({ value: { name, image } }) => [
      `name ${String(name)}`,
      ...(typeof image === 'string' ? [`image ${imageOf(image).repository.split('/').pop()}`] : []),
    ])
}

function bestFirst(candidates: Candidate[]): readonly (readonly [Placed, Placed])[] {
  const taken = new Set<Placed>()
  const pairs: (readonly [Placed, Placed])[] = []
  for (const { base, head } of candidates.sort((a, b) => b.score - a.score)) {
    if (taken.has(base) || taken.has(head)) continue
    taken.add(base).add(head)
    pairs.push([head, base])
  }
  return pairs
}

function featuresOf(placed: Placed, memo: Map<Placed, ReadonlySet<string>>): ReadonlySet<string> {
  const known = memo.get(placed)
  if (known !== undefined) return known
  const features = new Set<string>()
  for (const [field, value] of Object.entries(placed.resource.value)) {
    // Identity is weighed apart, and the values of a Secret stay out of every comparison.
    if (field !== 'apiVersion' && field !== 'kind' && field !== 'metadata' && !/^(stringData|data)$/.test(field))
      collect(value, field, features)
  }
  memo.set(placed, features)
  return features
}

/** Fields and their values, the wrapping of a pod template (`spec.jobTemplate.spec.template.spec`) left out, so that kinds of workload compare. */
function collect(value: unknown, path: string, into: Set<string>): void {
  if (into.size > 2_000) return
  if (Array.isArray(value)) for (const item of value) collect(item, path, into)
  else if (value !== null && typeof value === 'object') {
    for (const [field, inner] of Object.entries(value)) {
      collect(inner, /^(spec|template|jobTemplate)$/.test(field) ? 'spec' : `${path}/${field}`, into)
    }
  } else into.add(`${path}=${String(value)}`)
}

/** How much two objects have in common. Of what values do by convention only a part is known: it is held against what it may be a part of. */
function share(base: Placed, head: Placed, memo: Map<Placed, ReadonlySet<string>>): number {
  const [a, b] = [featuresOf(base, memo), featuresOf(head, memo)]
  let common = 0
  for (const feature of a) if (b.has(feature)) common += 1
  const all = isReleased(base.resource, head.resource) ? Math.min(a.size, b.size) : a.size + b.size - common
  return all === 0 ? 0 : common / all
}

/** Whether one is a workload and the other what the values of a chart do by convention: a chart may have taken the place of what was written by hand, or the other way round. */
function isReleased(base: Resource, head: Resource): boolean {
  const isWorkload = (resource: Resource) => !isByConvention(resource) && podsIn(resource).length > 0
  return (isWorkload(base) && isByConvention(head)) || (isByConvention(base) && isWorkload(head))
}

function isByConvention({ document }: Resource): boolean {
  return document.rendering?.by === 'convention'
}
