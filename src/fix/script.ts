// Edits of what commands of a script take: the text of one word in place of another, and nothing else of the script.

import { isDeepStrictEqual } from 'node:util'
import { scriptOf } from '../discover/references.ts'
import { locate } from '../resource/locate.ts'
import { endOfLine, spliced } from '../text/splice.ts'
import { changed, isRefusal, plain, type Refusal, refuse } from '../yaml/change.ts'
import type { Step } from './step.ts'

/** The script with changes made; refused where it would then read as something else than what is meant. */
export function editScript(path: string, source: string, changes: readonly Step[]): string | Refusal {
  let text = source
  for (const change of changes) {
    const script = scriptOf(path, text)
    if (script === undefined || change.op !== 'set' || typeof change.value !== 'string') return refuse('the command is not there')
    const wanted = changed(script.value, change)
    if (isRefusal(wanted)) return wanted
    if (wanted.value === script.value) continue
    const { value, found } = locate(script, change.pointer)
    if (!found || !/^[\w.:/?=&%@~+-]+$/.test(change.value)) return refuse('the command is not there')
    const isLast = text.slice(value.end, endOfLine(text, value.end)).trim() === ''
    const note = isLast && change.note !== undefined ? ` # ${change.note}` : ''
    text = spliced(text, [{ ...value, text: change.value + note }])
    if (!isDeepStrictEqual(plain(scriptOf(path, text)?.value), plain(wanted.value))) return refuse('no edit reads as what is meant')
  }
  return text
}
