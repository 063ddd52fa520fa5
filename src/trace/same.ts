// Whether two places say the same.

/** Equality of values as JSON has them, wherever they were read. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
