// The events of a document, also where js-yaml is stricter than Go's parser about indentation.

import { type Event, parseEvents, YAMLException } from 'js-yaml'
import { fail } from './failure.ts'

/** Deeper than any manifest, shallower than the stack. */
const deepest = 200
/** Characters read again for the sake of odd indentation. */
const mostReread = 20_000_000

/** `mended`: read with line breaks joined, so that the text of a quoted value must be taken from the source itself. */
export type Events = { readonly events: readonly Event[]; readonly mended: boolean }

/**
 * Offsets are those of `source`. Within quotes and brackets Go takes lines that are indented less than what they belong to; such a line is joined to the one before. Throws a
 * ReadFailure whose offset is counted from `shift`.
 */
export function eventsOf(source: string, shift: number): Events {
  let text = source
  let first: YAMLException | undefined
  for (let reread = 0; ; reread += source.length) {
    try {
      return { events: parseEvents(text, { maxDepth: deepest }), mended: text !== source }
    } catch (thrown) {
      if (!(thrown instanceof YAMLException)) throw thrown
      first ??= thrown
      const mended = thrown.reason === 'deficient indentation' && reread < mostReread ? joined(text, thrown.mark?.position ?? 0) : text
      if (mended === text) return tell(first, source, shift)
      text = mended
    }
  }
}

/** The line at `position` joined to the one before, without moving anything. */
function joined(text: string, position: number): string {
  let start = position
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start -= 1
  return `${text.slice(0, start)}${text.slice(start, position).replace(/\s/g, ' ')}${text.slice(position)}`
}

function tell(thrown: YAMLException, source: string, shift: number): never {
  const offset = Math.min(thrown.mark?.position ?? 0, source.length)
  const reason = thrown.reason.replace(/\s+/g, ' ')
  if (/tab/.test(reason)) return fail('tab', 'a tab stands where indentation is expected', shift + offset)
  return fail(/depth|nesting/i.test(reason) ? 'depth' : 'syntax', reason, shift + offset)
}
