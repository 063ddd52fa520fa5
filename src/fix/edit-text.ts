// The text of one document with what is asked for made in it: everything is worked out on values first, then the text is edited and held against them.

import { below, pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { type Change, changed, isRefusal, type Refusal, refuse } from '../yaml/change.ts'
import { editDocument, type Objection } from '../yaml/edit.ts'
import { parseYaml } from '../yaml/parse.ts'
import { plainChanges, type Step } from './step.ts'

const order: Readonly<Record<Step['op'], number>> = {
  set: 0,
  merge: 0,
  patch: 0,
  within: 0,
  append: 1,
  rename: 2,
  remove: 3,
  deduplicate: 4,
}

/** Removals come last, the deepest first, so that the numbers of list items hold for everything before them. `objection` may turn down an edited text that reads well. */
export function editText(source: string, steps: readonly Step[], objection: Objection = () => undefined): string | Refusal {
  const before = parseYaml(source)[0]?.value
  const changes: Change[] = []
  let wanted = before
  for (const step of [...steps].sort((a, b) => order[a.op] - order[b.op] || removedDepth(b) - removedDepth(a))) {
    const plain = plainChanges(step, wanted, editText)
    if (isRefusal(plain)) return plain
    for (const change of plain) {
      const after = changed(wanted, change)
      if (isRefusal(after)) return after
      wanted = after.value
      changes.push(change)
    }
  }
  const result = editDocument(source, withoutEmpty(changes, before, wanted), objection)
  return 'text' in result ? result.text : refuse(result.refused)
}

function removedDepth(step: Step): number {
  return step.op === 'remove' ? segmentsOf(step.pointer).length : 0
}

/** Removals as they are written: what is left empty by them goes as a whole. */
function withoutEmpty(changes: readonly Change[], before: unknown, after: unknown): readonly Change[] {
  const empty = leftEmpty(before, after, changes)
  const isGone = (pointer: string, above: readonly string[]) => above.some((other) => pointer === other || pointer.startsWith(`${other}/`))
  const rest = changes.filter((change) => change.op !== 'remove' || !isGone(change.pointer, empty))
  const outermost = empty.filter(
    (pointer) =>
      !isGone(
        pointer,
        empty.filter((other) => other !== pointer),
      ),
  )
  return [...rest, ...outermost.map((pointer): Change => ({ op: 'remove', pointer }))]
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
      const pointer = pointerTo(way.slice(0, depth))
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
