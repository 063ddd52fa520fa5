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
  readonly #places: Positions | readonly number[]

  constructor(container: object, places: Positions | readonly number[]) {
    super(container)
    this.#places = places
  }

  static positionsOf(container: object): Positions | undefined {
    if (!(#places in container)) return undefined
    const places = container.#places
    if ('keys' in places && 'offsets' in places) return places
    return { keys: Array.isArray(container) ? [] : Object.keys(container), offsets: places }
  }
}

/** Hangs positions on a mapping or list; once for each. */
export function setPositions(container: object, positions: Positions): void {
  new Placed(container, positions)
}

/** Hangs offsets on a mapping whose own keys are all there are, in the order of the text, or on a list: that takes less room. Once for each. */
export function setOffsets(container: object, offsets: readonly number[]): void {
  new Placed(container, offsets)
}

/** The positions of a mapping or list that the reader made; undefined for any other value. */
export function positionsOf(container: unknown): Positions | undefined {
  return container === null || typeof container !== 'object' ? undefined : Placed.positionsOf(container)
}

/** Sets a key as JSON.parse does: `__proto__` is a key like any other. */
export function setKey(mapping: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true })
  else mapping[key] = value
}
