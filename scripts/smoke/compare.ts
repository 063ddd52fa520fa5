// Two records of the same calls: where the double answers otherwise than GitHub did.

import type { Heard } from './record.ts'

/** What GitHub's record tells against the double's; more fields in GitHub's answers are no difference, since the double gives only what it models. */
export function differences(github: readonly Heard[], double: readonly Heard[]): readonly string[] {
  const told: string[] = []
  const calls = (list: readonly Heard[]) => list.map(({ call, status }) => `${call} ${status}`).join('\n')
  if (calls(github) !== calls(double)) told.push(`the calls differ\n--- GitHub\n${calls(github)}\n--- double\n${calls(double)}`)
  for (const [at, { call, shape }] of double.entries()) {
    const real = github[at]
    if (real?.call !== call) continue
    const there = new Map(real.shape.map(fieldOf))
    for (const [field, type] of shape.map(fieldOf)) {
      const other = there.get(field)
      if (other === undefined && !isWithinEmpty(field, there)) told.push(`${call}: GitHub gives no ${field}`)
      else if (other !== undefined && other !== type && ![other, type].includes('null'))
        told.push(`${call}: ${field} is ${other} at GitHub, ${type} at the double`)
    }
  }
  return told
}

function fieldOf(line: string): readonly [field: string, type: string] {
  const end = line.lastIndexOf(': ')
  return [line.slice(0, end), line.slice(end + 2)]
}

/** A list that was empty at GitHub, or an object that was null, says nothing of its fields. */
function isWithinEmpty(field: string, there: ReadonlyMap<string, string>): boolean {
  return [...there].some(([other, type]) => (type === 'empty' || type === 'null') && field.startsWith(other.replace(/\[\]$/, '')))
}
