// What we write invisibly into our comments to find them again.

/** `rule`: the rule, or the code of a problem; `prints`: the faults that a comment speaks of, see `faultsOf` in group.ts and `printOf` in problem.ts. */
export type Marker = {
  readonly about: 'finding' | 'problem'
  readonly key: string
  readonly rule: string
  readonly prints: readonly string[]
  readonly state: 'open' | 'closed'
}

const comment =
  /<!-- plimsoll(-problem)? ([\w.-]{1,60}) ([\w.-]{1,100}) (open|closed) ([0-9a-f]{32}(?:~\d{1,6})?(?:,[0-9a-f]{32}(?:~\d{1,6})?)*) -->\s*$/
const review = /<!-- plimsoll-review ([\w.-]{1,60}) -->\s*$/
const summary = /<!-- plimsoll-summary ([\w.-]{1,60}) ([0-9a-f]{40,64}) -->\s*$/

/** Whether a name tells two jobs of one pull request apart: a word of letters, digits, `.`, `_` and `-`. */
export function isKey(text: string): boolean {
  return /^[\w.-]{1,60}$/.test(text)
}

/** The last line of a comment's body. */
export function markerText({ about, key, rule, prints, state }: Marker): string {
  return `<!-- plimsoll${about === 'problem' ? '-problem' : ''} ${key} ${rule} ${state} ${prints.join(',')} -->`
}

/** What a body says of itself; undefined for any other comment. Read it from our own comments only: anybody can write such a line. */
export function markerIn(body: string): Marker | undefined {
  const found = comment.exec(body)
  if (found === null) return undefined
  const [, problem, key = '', rule = '', state, prints = ''] = found
  return {
    about: problem === undefined ? 'finding' : 'problem',
    key,
    rule,
    state: state === 'open' ? 'open' : 'closed',
    prints: prints.split(','),
  }
}

/** The last line of the summary: whose it is, and the head it speaks of. */
export function summaryMarker(key: string, head: string): string {
  return `<!-- plimsoll-summary ${key} ${head} -->`
}

/** The key and head of a summary; undefined for any other comment. */
export function summaryIn(body: string): { readonly key: string; readonly head: string } | undefined {
  const found = summary.exec(body)
  return found === null ? undefined : { key: found[1] ?? '', head: found[2] ?? '' }
}

/** The last line of a review's own words. */
export function reviewMarker(key: string): string {
  return `<!-- plimsoll-review ${key} -->`
}

/** The key of a review; undefined for any other. */
export function reviewIn(body: string): string | undefined {
  return review.exec(body)?.[1]
}

/** A body without what is written for us alone. */
export function bare(body: string): string {
  return body.replace(comment, '').replace(summary, '').trimEnd()
}
