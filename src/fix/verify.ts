// Proves fixes: applied in memory, everything looked at again, and only what held is a VerifiedFix. The one place that makes them.

import { editedTree } from '../change/edited.ts'
import type { Tree } from '../change/tree.ts'
import { compare } from '../finding/compare.ts'
import type { Inspection } from '../inspect.ts'
import type { Sides } from '../render/sides.ts'
import { severities } from '../rule/severity.ts'
import { applyFixes } from './apply.ts'
import { copiesIn } from './copies.ts'
import type { Candidates, Fix, VerifiedFix } from './fix.ts'
import { type Fault, faultsOf, ownerOf, type Unit } from './judge.ts'
import { textIn } from './text.ts'

export type Proving = {
  readonly tree: Tree
  /** Looks at the tree (`base`) and at an edited one (`head`) in the same way, rendered and judged, at least wherever the edited paths reach. */
  readonly look: (edited: Tree, paths: readonly string[]) => Promise<Sides<Inspection>>
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
  let objects = 0
  let withCopies: (held: readonly Fix[]) => readonly Fix[] = (held) => held
  let isSettled = works.length === 0
  while (!isSettled && now() < end) {
    const trials = works.map((work) => trialOf(work, tree, passOver))
    const units = trials.map(({ work, fixes }) => ({ paths: work.paths, fixes }))
    const texts = new Map(trials.flatMap((trial) => [...trial.texts]))
    const { base: before, head: edited } = await look(editedTree(tree, texts), [...texts.keys()])
    looks += 1
    objects = edited.objects.length
    const comparison = compare(before, edited, (path) => path)
    withCopies = copiesIn(comparison.fixed)
    const faults = faultsOf(units, { head: before, edited, comparison })
    isSettled = true
    for (const [at, { work, fixes, group, fault }] of trials.entries()) {
      const reason = fault === undefined ? faults[at] : { reason: fault, idle: new Map(), suspects: new Set<Fix>() }
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

type Trial = {
  readonly work: Work
  readonly fixes: readonly Fix[]
  readonly group: readonly Fix[]
  readonly texts: ReadonlyMap<string, string>
  readonly fault: string | undefined
}

/** The next group of a unit on top of what held, applied to its files. What cannot be edited cleanly is out at once. */
function trialOf(work: Work, tree: Tree, passOver: PassOver): Trial {
  if (work.queue.length === 0 && work.later.length > 0) work.queue.push(work.later.splice(0))
  const group = work.queue.shift() ?? []
  if (group.length === 0 && work.last !== undefined && work.last.fixes === work.held) return { ...work.last, group }
  const out = new Set<Fix>()
  const texts = new Map<string, string>()
  const all = [...work.held, ...group]
  const paths = [...new Set(all.flatMap(({ edits }) => edits.map(({ path }) => path)))]
  for (const path of paths) {
    const applied = applyFixes(path, textIn(tree, path), all)
    for (const [fix, reason] of applied.refused) {
      if (!out.has(fix)) passOver(work, fix, reason)
      out.add(fix)
    }
  }
  const fixes = all.filter((fix) => !out.has(fix))
  let fault: string | undefined
  for (const path of paths) {
    const before = textIn(tree, path)
    const { text, refused: again } = applyFixes(path, before, fixes)
    if (again.size > 0) fault = [...again.values()][0]
    else if (!shiftsItems(fixes) && applyFixes(path, text, fixes).text !== text)
      fault = 'making it twice would change more than making it once'
    if (text !== before) texts.set(path, text)
  }
  const trial = { work, fixes, group: group.filter((fix) => !out.has(fix)), texts, fault }
  work.last = trial
  return trial
}

/** Where an item goes, the numbers behind it mean other items: that nothing is left to fix is then shown by the findings that are gone. */
function shiftsItems(fixes: readonly Fix[]): boolean {
  return fixes.some(({ edits }) =>
    edits.some((edit) => 'change' in edit && edit.change.op === 'remove' && typeof edit.change.item === 'object'),
  )
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
