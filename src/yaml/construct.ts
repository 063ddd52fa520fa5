// Values with positions out of the events of js-yaml: the general reader, which knows all of YAML.

import { EVENT_ID, type Event } from 'js-yaml'
import type { Span } from '../text/position.ts'
import type { DuplicateKey } from './document.ts'
import { eventsOf } from './events.ts'
import { fail } from './failure.ts'
import { merge } from './merge.ts'
import { type Positions, setKey, setPositions } from './positions.ts'
import { type Node, type Source, scalarNode } from './scalar-node.ts'

/** Values that aliases may add to a document: far above what people write, far below what makes every rule walk for minutes. */
const mostAliased = 100_000

type State = Source & {
  readonly events: readonly Event[]
  at: number
  aliased: number
  readonly anchors: Map<string, Node>
  readonly duplicates: Omit<DuplicateKey, 'pointer'>[]
  /** The mapping in which each duplicate stands, to find its pointer afterwards. */
  readonly owners: { readonly mapping: object; readonly key: string }[]
}

export type Constructed = {
  readonly value: unknown
  readonly duplicates: readonly (Omit<DuplicateKey, 'pointer'> & { readonly mapping: object; readonly key: string })[]
}

/** Reads one document of `text`; throws a ReadFailure with an offset in the file. */
export function construct(text: string, span: Span): Constructed {
  const source = text.slice(span.start, span.end)
  const state: State = {
    text: source,
    shift: span.start,
    ...eventsOf(source, span.start),
    at: 0,
    aliased: 0,
    anchors: new Map(),
    duplicates: [],
    owners: [],
  }
  const documents = state.events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length
  if (documents === 0) return { value: null, duplicates: [] }
  if (documents > 1) fail('syntax', 'something follows the end of the document', span.start + source.indexOf('\n...') + 1)
  if (/^%/m.test(source.slice(0, firstContent(state)))) fail('syntax', 'a % directive is not allowed', span.start + source.indexOf('%'))
  state.at = 1
  const { value } = node(state)
  return {
    value,
    duplicates: state.duplicates.map((duplicate, index) => ({ ...duplicate, ...(state.owners[index] ?? { mapping: {}, key: '' }) })),
  }
}

function firstContent({ events, text }: State): number {
  const first = events[1]
  if (first === undefined) return 0
  if ('start' in first) return first.start
  return 'valueStart' in first && first.valueStart >= 0 ? first.valueStart : text.length
}

function next(state: State): Event {
  const event = state.events[state.at]
  if (event === undefined) throw new Error('the events of a document ended early')
  state.at += 1
  return event
}

function node(state: State): Node {
  const event = next(state)
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return anchored(state, event, scalarNode(state, event))
    case EVENT_ID.SEQUENCE:
      return sequence(state, event)
    case EVENT_ID.MAPPING:
      return mapping(state, event)
    case EVENT_ID.ALIAS:
      return alias(state, event.anchorStart, event.anchorEnd)
    default:
      throw new Error(`an event of type ${event.type} where a value was expected`)
  }
}

function anchored(state: State, event: { readonly anchorStart: number; readonly anchorEnd: number }, made: Node): Node {
  if (event.anchorStart >= 0) state.anchors.set(state.text.slice(event.anchorStart, event.anchorEnd), made)
  return made
}

function alias(state: State, start: number, end: number): Node {
  const name = state.text.slice(start, end)
  const target = state.anchors.get(name)
  if (target === undefined) return fail('syntax', `unknown anchor "${name.slice(0, 60)}"`, state.shift + start)
  state.aliased += target.size
  if (state.aliased > mostAliased) return fail('aliases', `aliases add more than ${mostAliased} values`, state.shift + start)
  return target
}

function sequence(state: State, event: Extract<Event, { readonly type: typeof EVENT_ID.SEQUENCE }>): Node {
  const value: unknown[] = []
  const offsets: number[] = []
  const start = event.start + state.shift
  let end = start + 1
  let size = 1
  anchored(state, event, { value, start, end, size: mostAliased + 1 })
  while (state.events[state.at]?.type !== EVENT_ID.POP) {
    const item = node(state)
    value.push(item.value)
    size += item.size
    const at = item.start < 0 ? end : item.start
    offsets.push(at, item.start < 0 ? end : item.end)
    end = Math.max(end, item.end)
  }
  state.at += 1
  setPositions(value, { keys: [], offsets })
  if (event.style === 2) end = closing(state, end, ']')
  return anchored(state, event, { value, start, end, size })
}

function mapping(state: State, event: Extract<Event, { readonly type: typeof EVENT_ID.MAPPING }>): Node {
  const value: Record<string, unknown> = {}
  const positions = { keys: [] as string[], offsets: [] as number[] } satisfies Positions
  const merged: Node[] = []
  const start = event.start + state.shift
  let end = start + 1
  let size = 1
  anchored(state, event, { value, start, end, size: mostAliased + 1 })
  while (state.events[state.at]?.type !== EVENT_ID.POP) {
    const isMerge = isMergeKey(state)
    const key = node(state)
    const item = node(state)
    size += item.size
    end = Math.max(end, key.end, item.end)
    if (isMerge) merged.push(item)
    else add(state, value, positions, { key: keyText(key, start), place: key, item })
  }
  state.at += 1
  for (const item of merged) merge(value, positions, item)
  setPositions(value, positions)
  if (event.style === 2) end = closing(state, end, '}')
  return anchored(state, event, { value, start, end, size })
}

function add(
  state: State,
  value: Record<string, unknown>,
  positions: { keys: string[]; offsets: number[] },
  entry: { key: string; place: Node; item: Node },
): void {
  const { key, place, item } = entry
  const start = item.start < 0 ? place.end + 1 : item.start
  const end = item.start < 0 ? place.end + 1 : item.end
  const before = Object.hasOwn(value, key) ? positions.keys.lastIndexOf(key) : -1
  if (before >= 0) {
    const loser = { start: positions.offsets[before * 4] ?? 0, end: positions.offsets[before * 4 + 1] ?? 0 }
    state.duplicates.push({ winner: { start: place.start, end: place.end }, loser })
    state.owners.push({ mapping: value, key })
  }
  setKey(value, key, item.value)
  positions.keys.push(key)
  positions.offsets.push(place.start, place.end, start, end)
}

function isMergeKey({ events, at, text }: State): boolean {
  const event = events[at]
  return (
    event?.type === EVENT_ID.SCALAR &&
    event.style === 1 &&
    event.valueEnd - event.valueStart === 2 &&
    text.startsWith('<<', event.valueStart)
  )
}

/** Kubernetes' keys are texts: numbers and booleans become theirs, anything else is refused. */
function keyText({ value, start }: Node, offset: number): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return fail('key', value === null ? 'a key is empty' : 'a key is a mapping or a list', start < 0 ? offset : start)
}

/** The offset behind the bracket that closes a flow collection whose last part ends at `end`. */
function closing({ text, shift }: State, end: number, bracket: string): number {
  for (let at = end - shift; at < text.length; at += 1) {
    const char = text[at]
    if (char === bracket) return at + 1 + shift
    if (char === '#') at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at)
  }
  return end
}
