// Which version a range of Helm's means.

import { compare, type Range, satisfies, valid, validRange } from 'semver'

/**
 * The newest of the versions that a wish means: the one that is written exactly so, else the newest in the range; without a wish the newest release. Undefined where there is none.
 * Ranges are read as Helm's library (Masterminds/semver) reads them: a comma is "and", `!=` leaves one out, pre-releases only where the range names one.
 */
export function chooseVersion(versions: readonly string[], wish: string | undefined): string | undefined {
  const range = (wish ?? '').trim()
  if (range !== '' && versions.includes(range)) return range
  const fitting = versions.filter((version) => valid(version, { loose: true }) !== null && fits(version, range))
  return fitting.sort((a, b) => compare(b, a, { loose: true }))[0]
}

/** Nobody writes a longer range; one that somebody did is read for every version. */
const longest = 256

/** Whether a version lies in a range; false for a range that is none. */
function fits(version: string, range: string): boolean {
  return range.length <= longest && range.split('||').some((branch) => fitsAll(version, branch))
}

function fitsAll(version: string, branch: string): boolean {
  const parts = branch.replaceAll(',', ' ').replace(/([<>=!~^])\s+/g, '$1')
  const excluded = [...parts.matchAll(/!=(\S+)/g)].map(([, one = '']) => one)
  const rest = parts.replace(/!=\S+/g, ' ').trim()
  const options = { loose: true, includePrerelease: /\d-[\da-z]/i.test(rest) }
  return isIn(version, rest === '' ? '*' : rest, options) && !excluded.some((one) => isIn(version, one, options))
}

function isIn(version: string, range: string, options: NonNullable<ConstructorParameters<typeof Range>[1]>): boolean {
  return validRange(range, options) !== null && satisfies(version, range, options)
}
