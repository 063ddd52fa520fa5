// The merge key `<<`: what a mapping takes from others without saying it.

import { fail } from './failure.ts'
import { positionsOf, setKey } from './positions.ts'

type Growing = { readonly keys: string[]; readonly offsets: number[] }

/** Adds to `value` what it does not hold yet of a mapping or a list of mappings; earlier ones win. A merged key stands where it was written. */
export function merge(value: Record<string, unknown>, positions: Growing, from: { readonly value: unknown; readonly start: number }): void {
  for (const source of Array.isArray(from.value) ? from.value : [from.value]) {
    if (source === null || typeof source !== 'object' || Array.isArray(source))
      fail('key', 'the merge key << wants a mapping or a list of mappings', Math.max(from.start, 0))
    const places = positionsOf(source)
    for (const key of Object.keys(source)) {
      if (Object.hasOwn(value, key)) continue
      setKey(value, key, (source as Record<string, unknown>)[key])
      const at = places?.keys.lastIndexOf(key) ?? -1
      if (places === undefined || at < 0) continue
      positions.keys.push(key)
      positions.offsets.push(...places.offsets.slice(at * 4, at * 4 + 4))
    }
  }
}
