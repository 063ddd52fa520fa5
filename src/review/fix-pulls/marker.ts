// What we write invisibly into the description of a fix pull request: whose it is, what it changes, and where its branch is when nobody else pushed.

import { hash } from 'node:crypto'
import type { Finding } from '../../finding/finding.ts'
import { compareSeverity, type Severity, severities } from '../../rule/severity.ts'

/** Findings by `printOf`, each with the severity it had. */
export type Prints = ReadonlyMap<string, Severity>

export type FixMarker = {
  readonly key: string
  /** `gone`: we closed it ourselves. One that is closed and `open` was declined by a person. */
  readonly state: 'open' | 'gone'
  /** What the branch changes, see `digestOf` in compose.ts. */
  readonly digest: string
  /** Commits at which the branch is ours alone; the last is the one that `digest` speaks of. */
  readonly heads: readonly string[]
  readonly prints: Prints
}

const pattern =
  /<!-- plimsoll-fix ([\w.-]{1,60}) (open|gone) ([0-9a-f]{16}) ([0-9a-f]{40,64}(?:,[0-9a-f]{40,64}){0,3}) ((?:[0-9a-f]{12}[chmli],?)+) -->\s*$/

/** A finding in one environment as twelve digits: two of a repository's are never the same, and hundreds of them fit into a description. */
export function printOf({ fingerprint, environment }: Pick<Finding, 'fingerprint' | 'environment'>): string {
  return hash('sha256', `${fingerprint} ${environment}`, 'hex').slice(0, 12)
}

/** The last line of a description. */
export function fixMarkerText({ key, state, digest, heads, prints }: FixMarker): string {
  const list = [...prints].map(([print, severity]) => `${print}${severity.slice(0, 1)}`)
  return `<!-- plimsoll-fix ${key} ${state} ${digest} ${heads.join(',')} ${list.join(',')} -->`
}

/** What a description says of itself; undefined for any other. Read it from our own pull requests only: anybody can write such a line. */
export function fixMarkerIn(body: string): FixMarker | undefined {
  const [found, key = '', state, digest = '', heads = '', list = ''] = pattern.exec(body) ?? []
  if (found === undefined) return undefined
  const prints = list.split(',').flatMap((entry) => {
    const severity = severities.find((level) => level.startsWith(entry.slice(12)))
    return severity === undefined ? [] : [[entry.slice(0, 12), severity] as const]
  })
  return { key, state: state === 'gone' ? 'gone' : 'open', digest, heads: heads.split(','), prints: new Map(prints) }
}

/** A description without what is written for us alone. */
export function withoutFixMarker(body: string): string {
  return body.replace(pattern, '').trimEnd()
}

/** Both of them, each finding with the worse of its severities. */
export function joinedPrints(all: readonly Prints[]): Prints {
  const joined = new Map<string, Severity>()
  for (const prints of all)
    for (const [print, severity] of prints) {
      const known = joined.get(print)
      if (known === undefined || compareSeverity(severity, known) < 0) joined.set(print, severity)
    }
  return joined
}
