// Proves fixes: applied in memory, everything looked at again, and only what held is a VerifiedFix. The one place that makes them.

import { editedTree } from '../change/edited.ts'
import type { Tree } from '../change/tree.ts'
import { compare } from '../finding/compare.ts'
import type { Inspection } from '../inspect.ts'
import type { Sides } from '../render/sides.ts'
import { severities } from '../rule/severity.ts'
import { type Attempt, attempted } from './attempt.ts'
import { copiesIn } from './copies.ts'
import type { Candidates, Fix, VerifiedFix } from './fix.ts'
import { type Fault, faultsOf, ownerOf, type Unit } from './judge.ts'

export type Proving = {
  readonly tree: Tree
  /** Looks at the tree (`base`) and at an edited one (`head`) in the same way, rendered and judged, at least wherever the edited paths reach. */
  readonly look: (edited: Tree, paths: readonly string[]) => Promise<Sides<Inspection>>
  /** Whether a file came from elsewhere: such files stay as they are, to the byte. */
  readonly isForeign: (path: string) => boolean
  /** Milliseconds of any clock, and how many of them may go by. */
  readonly now: () => number
  readonly budget: number
}

export type Verification = {
  readonly fixes: readonly VerifiedFix[]
  readonly refused: readonly { readonly fix: Fix; readonly reason: string }[]
  /** How often the tree was looked at again. */
  readonly looks: number
  /** The objects that were judged in the last look. */
  readonly objects: number
  /** Fixes that nobody knows about, since the time was over. */
  readonly unproved: readonly Fix[]
}

/** What of one unit is proved, and what is still to be tried, a group at a time; `later` has the next routes of what did not hold. */
type Work = { readonly paths: ReadonlySet<string>; held: readonly Fix[]; readonly queue: (readonly Fix[])[]; later: Fix[]; last?: Trial }

/**
 * All fixes of the files that belong together are tried at once, halves where that fails, down to the single one, whose next route is then tried in the same way. A fix holds if its
 * findings are gone wherever they were, nothing new or worse is found, no problem came, every object is still there, nothing differs but the fields it means, and making it a second time
 * changes nothing.
 */
export async function verify(fixes: readonly Candidates[], proving: Proving): Promise<Verification> {
  const { tree, look, now, budget } = proving
  const end = now() + budget
  const refused: Refused[] = []
  const passOver = passing(fixes, refused)
  const works = unitsOf(fixes).map(({ paths, fixes: own }): Work => ({ paths, held: [], queue: [inOrder(own)], later: [] }))
  let looks = 0
  // Another look takes about as long as the longest so far: one that would end too late is not begun.
  let longest = 0
  let objects = 0
  let withCopies: (held: readonly Fix[]) => readonly Fix[] = (held) => held
  let isSettled = works.length === 0
  while (!isSettled && now() + longest < end) {
    const trials = works.map((work) => trialOf(work, proving, passOver))
    const units = trials.map(({ work, fixes }) => ({ paths: work.paths, fixes }))
    const texts = new Map(trials.flatMap((trial) => [...trial.texts]))
    const begun = now()
    const { base: before, head: edited } = await look(editedTree(tree, texts), [...texts.keys()])
    longest = Math.max(longest, now() - begun)
    looks += 1
    objects = edited.objects.length
    const comparison = compare(before, edited, (path) => path)
    withCopies = copiesIn(comparison.fixed)
    const faults = faultsOf(units, { head: before, edited, comparison })
    isSettled = true
    for (const [at, { work, fixes, group, fault }] of trials.entries()) {
      const reason = fault === undefined ? faults[at] : { reason: fault, idle: new Map(), suspects: new Set<Fix>() }
      if (reason === 'unclear') {
        // It is looked at once more without what another unit brought.
        work.queue.unshift(...(group.length > 0 ? [group] : []))
        isSettled = false
        continue
      }
      settle(work, { fixes, group, fault: reason }, passOver)
      // What was proved beside something that failed is looked at once more on its own.
      if (work.queue.length + work.later.length > 0 || (reason !== undefined && fixes.length > 0)) isSettled = false
    }
  }
  const held = withCopies(works.flatMap((work) => work.held)) as VerifiedFix[]
  return { fixes: held, refused, looks, objects, unproved: works.flatMap(({ queue, later }) => [...queue.flat(), ...later]) }
}

type Refused = Verification['refused'][number]

/** What becomes of a fix that does not hold: its next route is tried later; where there is none, it is refused for what stood against the best. */
type PassOver = (work: Work, fix: Fix, reason: string) => void

function passing(fixes: readonly Candidates[], refused: Refused[]): PassOver {
  const next = new Map(
    fixes.flatMap((routes) => routes.flatMap((fix, at) => routes.slice(at + 1, at + 2).map((other) => [fix, other] as const))),
  )
  const reasons = new Map<Fix, string>()
  return ({ later }, fix, reason) => {
    const other = next.get(fix)
    const first = reasons.get(fix) ?? reason
    if (other === undefined) refused.push({ fix, reason: first })
    else {
      reasons.set(other, first)
      later.push(other)
    }
  }
}

type Trial = Attempt & { readonly work: Work; readonly group: readonly Fix[] }

/** The next group of a unit on top of what held, applied to its files. What cannot be edited cleanly is out at once. */
function trialOf(work: Work, { tree, isForeign }: Proving, passOver: PassOver): Trial {
  if (work.queue.length === 0 && work.later.length > 0) work.queue.push(work.later.splice(0))
  const group = work.queue.shift() ?? []
  if (group.length === 0 && work.last !== undefined && work.last.fixes === work.held) return { ...work.last, group }
  const attempt = attempted([...work.held, ...group], tree, isForeign)
  for (const [fix, reason] of attempt.refused) passOver(work, fix, reason)
  const trial = { ...attempt, work, group: group.filter((fix) => !attempt.refused.has(fix)) }
  work.last = trial
  return trial
}

function settle(
  work: Work,
  { fixes, group, fault }: { readonly fixes: readonly Fix[]; readonly group: readonly Fix[]; readonly fault: Fault | undefined },
  passOver: PassOver,
): void {
  if (fault === undefined) {
    work.held = fixes
    return
  }
  const { reason, idle, suspects } = fault
  const [only] = group
  if (only === undefined) {
    // What held before does not hold now: something of another unit stands against it.
    for (const fix of work.held) passOver(work, fix, reason)
    work.held = []
    return
  }
  if (group.length === 1) {
    passOver(work, only, idle.get(only) ?? reason)
    return
  }
  for (const fix of group) if (idle.has(fix)) passOver(work, fix, idle.get(fix) ?? reason)
  const rest = group.filter((fix) => !idle.has(fix))
  const parts = rest.length < group.length ? [rest] : partsOf(group, suspects)
  work.queue.unshift(...parts.filter((part) => part.length > 0))
}

/** Those that nothing is laid to first, else halves. */
function partsOf(group: readonly Fix[], suspects: ReadonlySet<Fix>): readonly (readonly Fix[])[] {
  const blamed = group.filter((fix) => suspects.has(fix))
  if (blamed.length > 0 && blamed.length < group.length) return [group.filter((fix) => !suspects.has(fix)), blamed]
  return [group.slice(0, group.length >> 1), group.slice(group.length >> 1)]
}

/** Fixes whose files, by any route, or rendered targets overlap, directly or through others; each with its best route. */
function unitsOf(fixes: readonly Candidates[]): readonly Unit[] {
  let units: { paths: Set<string>; fixes: Fix[] }[] = []
  for (const routes of fixes) {
    const [best] = routes
    const edited = routes.flatMap(({ edits }) => edits.map(({ path }) => path))
    const own = new Set([...edited, ...best.findings.map(({ resource }) => ownerOf(resource))])
    const touching = units.filter(({ paths }) => [...own].some((path) => paths.has(path)))
    const united = {
      paths: new Set([...touching.flatMap(({ paths }) => [...paths]), ...own]),
      fixes: [...touching.flatMap((unit) => unit.fixes), best],
    }
    units = [...units.filter((unit) => !touching.includes(unit)), united]
  }
  return units
}

/** The worst first: they are in the half that is tried first. */
function inOrder(fixes: readonly Fix[]): readonly Fix[] {
  return [...fixes].sort((a, b) => severities.indexOf(a.findings[0].severity) - severities.indexOf(b.findings[0].severity))
}
