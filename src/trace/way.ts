// The ways from a place in a rendered object into the values, as the template lines tell them.

import type { Document, LineOrigin, ValuesRead } from '../resource/document.ts'
import { locateIn } from '../resource/locate.ts'
import { pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { positionAt } from '../text/position.ts'

/** A way into the values: the keys that the template names, and those below that its output copies. */
export type Way = {
  readonly read: ValuesRead
  readonly suffix: readonly string[]
  /** What came out at each step of the suffix: a list may hold other items before the copied ones, so an item is known by what it is. */
  readonly steps: readonly unknown[]
  /** What came out at the place; undefined where the key is missing. */
  readonly applied: unknown
  readonly origin: LineOrigin
}

/** The ways to a place in an object: to its value, or to the block into which a missing key would be written. */
export function waysTo(document: Document, pointer: string): readonly Way[] {
  const lines = document.rendering?.lines ?? []
  const { found, range } = locateIn(document, pointer)
  const origin = lines[range.start.line - 1]
  if (origin === undefined) return []
  return found ? readsOf(document, pointer, origin) : readsInside(document, pointer, lines)
}

/** The ways to a value that is there. Where one template line wrote a whole block (`toYaml`), the keys inside the block follow those that the template names. */
function readsOf(document: Document, pointer: string, origin: LineOrigin): readonly Way[] {
  if (origin.values.length === 0) return readsOfBlock(document, pointer, origin)
  const applied = valueAt(document.yaml.value, pointer)
  const suffix = insideBlock(document, pointer, origin)
  // The first key may be the template's own (`resources: {{ toYaml .Values.resources }}`), and so may all of them.
  const suffixes = [suffix, ...(suffix.length > 1 ? [suffix.slice(1)] : []), []]
  const segments = segmentsOf(pointer)
  const stepsOf = (keys: readonly string[]) =>
    keys.map((_, at) => valueAt(document.yaml.value, pointerTo(segments.slice(0, segments.length - keys.length + at + 1))))
  return origin.values.flatMap((read) => suffixes.map((keys) => ({ read, suffix: keys, steps: stepsOf(keys), applied, origin })))
}

/** A block below its key (`securityContext:` and `{{ toYaml … }}`): the values are copied where the value begins. */
function readsOfBlock(document: Document, pointer: string, key: LineOrigin): readonly Way[] {
  const { value } = locateIn(document, pointer)
  const origin = document.rendering?.lines[positionAt(document.lineStarts, value.start).line - 1]
  if (origin === undefined || (origin.path === key.path && origin.line === key.line)) return []
  const applied = valueAt(document.yaml.value, pointer)
  return origin.values
    .map((read) => ({ read, suffix: [], steps: [], applied, origin }))
    .filter(({ read }) => isBlock(read, document, pointer))
}

function insideBlock(document: Document, pointer: string, origin: LineOrigin): readonly string[] {
  const segments = segmentsOf(pointer)
  let depth = segments.length
  while (depth > 0) {
    const parent = originAt(document, pointerTo(segments.slice(0, depth - 1)))
    if (parent === undefined || parent.path !== origin.path || parent.line !== origin.line) break
    depth -= 1
  }
  return segments.slice(Math.max(0, depth - 1))
}

export function originAt(document: Document, pointer: string): LineOrigin | undefined {
  return document.rendering?.lines[locateIn(document, pointer).range.start.line - 1]
}

/** The ways to a key that is missing: into a block of values that the template copies at its nearest ancestor. */
function readsInside(document: Document, pointer: string, lines: readonly (LineOrigin | undefined)[]): readonly Way[] {
  const segments = segmentsOf(pointer)
  let depth = segments.length
  while (depth > 0 && !locateIn(document, pointerTo(segments.slice(0, depth))).found) depth -= 1
  const ancestor = pointerTo(segments.slice(0, depth))
  const missing = segments.slice(depth)
  const { span, value } = locateIn(document, ancestor)
  const first = positionAt(document.lineStarts, span.start).line
  const last = positionAt(document.lineStarts, Math.max(span.start, value.end - 1)).line
  const head = lines[first - 1]
  const isOfHead = (origin: LineOrigin | undefined) => head !== undefined && origin?.line === head.line && origin.path === head.path
  const isCopiedWhole = lines.slice(first - 1, last).every(isOfHead)
  const ways: Way[] = []
  const seen = new Set<string>()
  for (let line = first; line <= last; line += 1) {
    const origin = lines[line - 1]
    if (origin === undefined || (line === first && last > first)) continue
    // A line of its own template is the author's; one that another template line wrote whole is a copied block, and so is what one line writes together with its key.
    if (line !== first && isOfHead(origin) && !isCopiedWhole) continue
    const block = childAt(document, ancestor, line)
    if (block === undefined) continue
    for (const read of origin.values) {
      const key = JSON.stringify([read.path, block])
      if (!seen.has(key)) ways.push({ read, suffix: missing, steps: [], applied: undefined, origin })
      seen.add(key)
    }
  }
  return ways.filter(({ read }) => isBlock(read, document, ancestor))
}

/** Only what stands directly below the ancestor is copied into it. */
function childAt(document: Document, ancestor: string, line: number): string | undefined {
  const value = valueAt(document.yaml.value, ancestor)
  if (value === null || typeof value !== 'object') return ''
  if (Array.isArray(value)) return undefined
  const keys = Object.keys(value)
  if (keys.length === 0) return ''
  return keys.find((key) => positionAt(document.lineStarts, locateIn(document, `${ancestor}${pointerTo([key])}`).span.start).line === line)
}

/** Whether values could be the whole of the ancestor: `securityContext` below `securityContext`, not `image` beside it. */
function isBlock(read: ValuesRead, document: Document, ancestor: string): boolean {
  const last = read.path.at(-1)?.toLowerCase() ?? ''
  const key = segmentsOf(ancestor).at(-1)?.toLowerCase() ?? ''
  const value = valueAt(document.yaml.value, ancestor)
  const isMap = value === null || (typeof value === 'object' && !Array.isArray(value))
  return isMap && key !== '' && last.endsWith(key)
}
