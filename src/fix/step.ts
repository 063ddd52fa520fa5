// What an edit may ask for beyond a plain change of a document: each comes to plain changes of what stands there.

import { valueAt } from '../text/pointer.ts'
import { type Change, isRefusal, type Refusal, refuse } from '../yaml/change.ts'
import { type EditText, type Merge, stepsOf } from './merge.ts'
import { entryChanges, type PatchEntry } from './patch-entry.ts'

/** `within`: the document holds a text, at the pointer, that is YAML itself, and the change is meant there. */
export type Step = Change | Merge | PatchEntry | { readonly op: 'within'; readonly pointer: string; readonly change: Change | Merge }

/** The plain changes that a step comes to for a document that is `now`. */
export function plainChanges(step: Step, now: unknown, editText: EditText): readonly Change[] | Refusal {
  switch (step.op) {
    case 'merge':
      return stepsOf(step, now)
    case 'patch':
      return entryChanges(step, now, editText)
    case 'within':
      return changedWithin(step.pointer, [step.change], { now, editText })
    default:
      return [step]
  }
}

function changedWithin(
  pointer: string,
  changes: readonly (Change | Merge)[],
  { now, editText }: { readonly now: unknown; readonly editText: EditText },
): readonly Change[] | Refusal {
  const text = valueAt(now, pointer)
  if (typeof text !== 'string') return refuse('no text stands there')
  const edited = editText(text, changes)
  return isRefusal(edited) ? edited : [{ op: 'set', pointer, value: edited }]
}
