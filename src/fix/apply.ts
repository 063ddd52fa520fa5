// Fixes applied to the text of a file, all at once or each for itself: what cannot be edited cleanly is left out, with its reason.

import { groupBy } from '../text/group.ts'
import { type Splice, spliced } from '../text/splice.ts'
import { isRefusal, type Refusal } from '../yaml/change.ts'
import type { Objection } from '../yaml/edit.ts'
import { isBlank, splitDocuments } from '../yaml/split.ts'
import { editText } from './edit-text.ts'
import type { DocumentEdit, Edit, ElseEdit, Fix, NewFile } from './fix.ts'
import { unmasked } from './mask.ts'
import { withElse } from './otherwise.ts'
import { readable } from './readable.ts'
import { editScript } from './script.ts'
import type { Step } from './step.ts'
import { objectionIn } from './template.ts'

export type Applied = {
  readonly text: string
  /** Those that were left out. */
  readonly refused: ReadonlyMap<Fix, string>
}

type Own<Kind extends Edit = DocumentEdit> = { readonly fix: Fix; readonly edit: Kind }

/** The text of the file at `path` with the edits of `fixes` that are about it; the others of their edits are not looked at. The empty text is that of a file which is not there. */
export function applyFixes(path: string, text: string, fixes: readonly Fix[]): Applied {
  const all = fixes.flatMap((fix) => fix.edits.filter((edit) => edit.path === path).map((edit) => ({ fix, edit })))
  const start = text === '' ? all.map(({ edit }) => edit).find(isNewFile)?.start : undefined
  const own = all.flatMap(({ fix, edit }): readonly Own[] => ('change' in edit ? [{ fix, edit }] : []))
  const elses = all.flatMap(({ fix, edit }): readonly Own<ElseEdit>[] => ('otherwise' in edit ? [{ fix, edit }] : []))
  return withElses(elses, edited(path, start ?? text, own))
}

function edited(path: string, text: string, own: readonly Own[]): Applied {
  const [first] = own
  if (first?.edit.as === 'script') return editTogether(wishesOf(own), text, (steps) => editScript(path, text, steps))
  if (!own.some(({ edit }) => edit.as === 'template')) return applyIn(text, own, () => undefined)
  const template = readable(text)
  const made = applyIn(template.text, own, objectionIn(template))
  return { ...made, text: unmasked(made.text, template) }
}

/** All that is asked for one key of a template goes into the same `else`, what replaces its whole value first. */
function withElses(own: readonly Own<ElseEdit>[], { text, refused }: Applied): Applied {
  const left = new Map(refused)
  let made = text
  for (const group of groupBy(own, ({ edit: { document, pointer } }) => `${document} ${pointer}`).values()) {
    const changes = group.map(({ edit }) => edit.otherwise).sort((a, b) => a.pointer.length - b.pointer.length)
    const [first] = group
    const next = first === undefined ? made : withElse(made, first.edit, changes)
    if (isRefusal(next)) for (const { fix } of group) left.set(fix, next.refused)
    else made = next
  }
  return { text: made, refused: left }
}

function isNewFile(edit: Edit): edit is NewFile {
  return 'start' in edit
}

function applyIn(text: string, own: readonly Own[], objection: Objection): Applied {
  const spans = splitDocuments(text).filter((span) => !isBlank(text, span))
  const splices: Splice[] = []
  const refused = new Map<Fix, string>()
  for (const group of groupBy(own, ({ edit: { document } }) => String(document)).values()) {
    const span = spans[group[0]?.edit.document ?? -1]
    if (span === undefined) {
      for (const { fix } of group) refused.set(fix, 'the document is not there')
      continue
    }
    const source = text.slice(span.start, span.end)
    const result = editTogether(wishesOf(group), source, (steps) => editText(source, steps, objection))
    for (const [fix, reason] of result.refused) refused.set(fix, reason)
    splices.push({ ...span, text: result.text })
  }
  return { text: spliced(text, splices), refused }
}

type Wish = { readonly fix: Fix; readonly steps: readonly Step[] }

function wishesOf(own: readonly Own[]): readonly Wish[] {
  const fixes = [...new Set(own.map(({ fix }) => fix))]
  return fixes.map((fix) => ({ fix, steps: own.filter((one) => one.fix === fix).map(({ edit }) => edit.change) }))
}

/** All of them in one go, since an anchor may be meant by several; where that fails, one on top of the other. */
function editTogether(wishes: readonly Wish[], source: string, edit: (steps: readonly Step[]) => string | Refusal): Applied {
  const all = edit(wishes.flatMap(({ steps }) => steps))
  if (!isRefusal(all)) return { text: all, refused: new Map() }
  const refused = new Map<Fix, string>()
  const taken: Step[] = []
  let text = source
  for (const { fix, steps } of wishes) {
    const next = edit([...taken, ...steps])
    if (isRefusal(next)) refused.set(fix, next.refused)
    else {
      taken.push(...steps)
      text = next
    }
  }
  return { text, refused }
}
