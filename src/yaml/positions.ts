// Where the parts of a mapping or list stand, kept out of sight of everybody who reads the value.

/**
 * Four offsets for each entry of a mapping (key start, key end, value start, value end), two for each item of a list (start, end).
 * `keys` has the key of each entry of a mapping, in the order of the text; of a key that stands twice both are there.
 */
export type Positions = { readonly keys: readonly string[]; readonly offsets: readonly number[] }

/** What a constructor returns is what the fields of its heirs are hung on. */
class Container {
  constructor(container: object) {
    // biome-ignore lint/correctness/noConstructorReturn: a field of its own is the one thing that a copy of a value leaves behind and that costs no more than setting a key
    return container
  }
}

class Placed extends Container {
  readonly #positions: Positions

  constructor(container: object, positions: Positions) {
    super(container)
    this.#positions = positions
  }

  static positionsOf(container: object): Positions | undefined {
    return #positions in container ? container.#positions : undefined
  }
}

/** Hangs positions on a mapping or list; once for each. */
export function setPositions(container: object, value: Positions): void {
  new Placed(container, value)
}

/** The positions of a mapping or list that the reader made; undefined for any other value. */
export function positionsOf(container: unknown): Positions | undefined {
  if (container === null || typeof container !== 'object') return undefined
  return Placed.positionsOf(container)
}

/** Sets a key as JSON.parse does: `__proto__` is a key like any other. */
export function setKey(mapping: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true })
  else mapping[key] = value
}
