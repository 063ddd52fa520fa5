// Where the parts of a mapping or list stand, kept out of sight of everybody who reads the value.

const positions = Symbol('positions')

/**
 * Four offsets for each entry of a mapping (key start, key end, value start, value end), two for each item of a list (start, end).
 * `keys` has the key of each entry of a mapping, in the order of the text; of a key that stands twice both are there.
 */
export type Positions = { readonly keys: readonly string[]; readonly offsets: readonly number[] }

/** Hangs positions on a mapping or list. */
export function setPositions(container: object, value: Positions): void {
  Object.defineProperty(container, positions, { value, enumerable: false })
}

/** The positions of a mapping or list that the reader made; undefined for any other value. */
export function positionsOf(container: unknown): Positions | undefined {
  if (container === null || typeof container !== 'object') return undefined
  return (container as { readonly [positions]?: Positions })[positions]
}

/** Sets a key as JSON.parse does: `__proto__` is a key like any other. */
export function setKey(mapping: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true })
  else mapping[key] = value
}
