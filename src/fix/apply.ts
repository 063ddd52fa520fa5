// Fixes applied to the text of a file, all at once or each for itself: what cannot be edited cleanly is left out, with its reason.

import { groupBy } from '../text/group.ts'
import { below, segmentsOf, valueAt } from '../text/pointer.ts'
import { type Splice, spliced } from '../text/splice.ts'
import { type Change, changed, isRefusal, type Refusal, refuse } from '../yaml/change.ts'
import { editDocument } from '../yaml/edit.ts'
import { parseYaml } from '../yaml/parse.ts'
import { isBlank, splitDocuments } from '../yaml/split.ts'
import type { Fix } from './fix.ts'

export type Applied = {
  readonly text: string
  /** Those that were left out. */
  readonly refused: ReadonlyMap<Fix, string>
}

/** The text of the file at `path` with the edits of `fixes` that are about it; the others of their edits are not looked at. */
export function applyFixes(path: string, text: string, fixes: readonly Fix[]): Applied {
  const spans = splitDocuments(text).filter((span) => !isBlank(text, span))
  const own = fixes.flatMap((fix) => fix.edits.filter((edit) => edit.path === path).map(({ document }) => ({ fix, document })))
  const splices: Splice[] = []
  const refused = new Map<Fix, string>()
  for (const group of groupBy(own, ({ document }) => String(document)).values()) {
    const index = group[0]?.document ?? -1
    const span = spans[index]
    const members = [...new Set(group.map(({ fix }) => fix))]
    if (span === undefined) {
      for (const fix of members) refused.set(fix, 'the document is not there')
      continue
    }
    const changesOf = (fix: Fix) => fix.edits.filter((edit) => edit.path === path && edit.document === index).map(({ change }) => change)
    const result = editTogether(text.slice(span.start, span.end), members, changesOf)
    for (const [fix, reason] of result.refused) refused.set(fix, reason)
    splices.push({ ...span, text: result.text })
  }
  return { text: spliced(text, splices), refused }
}

/** All of them in one go, since an anchor may be meant by several; where that fails, one on top of the other. */
function editTogether(source: string, fixes: readonly Fix[], changesOf: (fix: Fix) => readonly Change[]): Applied {
  const value = parseYaml(source)[0]?.value
  const all = editWith(source, value, fixes.flatMap(changesOf))
  if (!isRefusal(all)) return { text: all, refused: new Map() }
  const refused = new Map<Fix, string>()
  const taken: Change[] = []
  let text = source
  for (const fix of fixes) {
    const next = editWith(source, value, [...taken, ...changesOf(fix)])
    if (isRefusal(next)) refused.set(fix, next.refused)
    else {
      taken.push(...changesOf(fix))
      text = next
    }
  }
  return { text, refused }
}

const order: Readonly<Record<Change['op'], number>> = { set: 0, append: 1, rename: 2, remove: 3, deduplicate: 4 }

/** Removals come last, so that the numbers of list items hold for everything before them. */
function editWith(source: string, value: unknown, changes: readonly Change[]): string | Refusal {
  const sorted = [...changes].sort((a, b) => order[a.op] - order[b.op])
  let wanted = value
  for (const change of sorted) {
    const after = changed(wanted, change)
    if (isRefusal(after)) return after
    wanted = after.value
  }
  const empty = leftEmpty(value, wanted, sorted)
  const isGone = (pointer: string, above: readonly string[]) => above.some((other) => pointer === other || pointer.startsWith(`${other}/`))
  const rest = sorted.filter((change) => change.op !== 'remove' || !isGone(change.pointer, empty))
  const outermost = empty.filter(
    (pointer) =>
      !isGone(
        pointer,
        empty.filter((other) => other !== pointer),
      ),
  )
  const result = editDocument(source, [...rest, ...outermost.map((pointer): Change => ({ op: 'remove', pointer }))])
  return 'text' in result ? result.text : refuse(result.refused)
}

/** What says nothing when it is empty, so that it goes with the last thing in it. */
const meaningless: ReadonlySet<string> = new Set([
  'add',
  'drop',
  'annotations',
  'capabilities',
  'env',
  'hostAliases',
  'nodeSelector',
  'ports',
  'seLinuxOptions',
  'securityContext',
  'sysctls',
  'tolerations',
  'volumeMounts',
  'volumes',
  'windowsOptions',
])

function leftEmpty(before: unknown, after: unknown, changes: readonly Change[]): readonly string[] {
  const gone = new Set<string>()
  for (const change of changes) {
    if (change.op !== 'remove') continue
    const way = segmentsOf(change.pointer)
    let depth = change.item === undefined ? way.length - 1 : way.length
    for (; depth > 0 && meaningless.has(way[depth - 1] ?? ''); depth -= 1) {
      const pointer = way.slice(0, depth).reduce<string>(below, '')
      if (!isLeftEmpty(valueAt(before, pointer), valueAt(after, pointer), gone, pointer)) break
      gone.add(pointer)
    }
  }
  return [...gone]
}

/** Whether all that a mapping or list held is gone, or goes because it was left empty. */
function isLeftEmpty(before: unknown, after: unknown, gone: ReadonlySet<string>, pointer: string): boolean {
  if (before === null || typeof before !== 'object' || Object.keys(before).length === 0) return false
  if (after === null || typeof after !== 'object') return false
  return Object.keys(after).every((key) => gone.has(below(pointer, key)))
}
