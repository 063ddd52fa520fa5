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
  let found = eventsWith(source, commentAt)
  // What looks like a comment may stand in quotes that began on an earlier line.
  if (!('events' in found) && source.includes('#')) found = eventsWith(source, (line) => line.length)
  return 'events' in found ? found : tell(found, source, shift)
}

/** The events, or why there are none. */
function eventsWith(source: string, endOf: (line: string) => number): Events | YAMLException {
  let text = source
  let first: YAMLException | undefined
  for (let reread = 0; ; reread += source.length) {
    try {
      return { events: parseEvents(text, { maxDepth: deepest }), mended: text !== source }
    } catch (thrown) {
      if (!(thrown instanceof YAMLException)) throw thrown
      first ??= thrown
      const isOdd = thrown.reason === 'deficient indentation' && reread < mostReread
      const mended = isOdd ? joined(text, thrown.mark?.position ?? 0, endOf) : text
      // What is never closed was left open before the first line that stands further left.
      if (mended === text) return thrown.reason.includes('end of the stream') ? first : thrown
      text = mended
    }
  }
}

/** The line at `position` joined to the one before, up to where that ends, without moving anything: a comment would swallow what is joined to it. */
function joined(text: string, position: number, endOf: (line: string) => number): string {
  let start = position
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start -= 1
  const line = text.lastIndexOf('\n', start - 1) + 1
  const end = line + endOf(text.slice(line, start))
  return `${text.slice(0, end)}${text.slice(end, position).replace(/[\s\S]/g, ' ')}${text.slice(position)}`
}

/** Where a comment begins in a line that itself begins outside of quotes; its length where there is none. */
function commentAt(line: string): number {
  const open = { '"': false, "'": false }
  for (const { 0: found, index } of line.matchAll(/["']|(?<!\S)#/g)) {
    if (found === '"' || found === "'") open[found] = !open[found]
    else if (!open['"'] && !open["'"]) return index
  }
  return line.length
}

function tell(thrown: YAMLException, source: string, shift: number): never {
  const offset = Math.min(thrown.mark?.position ?? 0, source.length)
  const reason = thrown.reason.replace(/\s+/g, ' ')
  if (/tab/.test(reason)) return fail('tab', 'a tab stands where indentation is expected', shift + offset)
  return fail(/depth|nesting/i.test(reason) ? 'depth' : 'syntax', reason, shift + offset)
}
