// Where two values differ, as JSON Pointers: the measure for "only what was meant has changed".

import { isDeepStrictEqual } from 'node:util'
import { below } from '../text/pointer.ts'

/** The pointers at which `after` differs from `before`; lists of different length differ as a whole. */
export function differences(before: unknown, after: unknown, at = ''): readonly string[] {
  if (isDeepStrictEqual(before, after)) return []
  if (!isCollection(before) || !isCollection(after) || Array.isArray(before) !== Array.isArray(after)) return [at]
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) return [at]
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => differences(before[key], after[key], below(at, key)))
}

/** Whether a difference is one of the fields that are meant: at it, below it, or above it where what was left empty went too. */
export function isMeant(difference: string, fields: readonly string[]): boolean {
  return fields.some((field) => difference === field || difference.startsWith(`${field}/`) || field.startsWith(`${difference}/`))
}

function isCollection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
