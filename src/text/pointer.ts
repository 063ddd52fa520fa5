// JSON Pointer (RFC 6901): the way to a value inside an object.

/** The segments of a pointer: `/a/b~1c/0` is `['a', 'b/c', '0']`, the empty pointer `[]`. */
export function segmentsOf(pointer: string): readonly string[] {
  if (pointer === '') return []
  const segments = pointer.slice(1).split('/')
  return pointer.includes('~') ? segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~')) : segments
}

/** A segment added to a pointer, escaped. */
export function below(pointer: string, segment: string | number): string {
  const text = String(segment)
  const escaped = text.includes('~') || text.includes('/') ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text
  return `${pointer}/${escaped}`
}

/** A pointer without its last segment: the place that holds what it leads to. */
export function above(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')))
}

/** Segments as a pointer, the way back from `segmentsOf`. */
export function pointerTo(segments: readonly (string | number)[]): string {
  return segments.reduce<string>((pointer, segment) => below(pointer, segment), '')
}

/** The value at `pointer` inside `value`, or undefined where the way ends earlier. */
export function valueAt(value: unknown, pointer: string): unknown {
  return follow(value, segmentsOf(pointer))
}

/** As `valueAt`, with the segments of the pointer: for ways that are gone often. */
export function follow(value: unknown, segments: readonly string[]): unknown {
  let current = value
  for (const segment of segments) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, segment)) return undefined
    current = (current as Record<string, unknown>)[segment]
  }
  return current
}
