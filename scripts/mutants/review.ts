// Mistakes that could be in the review and in our client of GitHub.

import type { Mutant, Suite } from './mutant.ts'

const place = 'src/review/place.ts'
const body = 'src/review/body.ts'
const plan = 'src/review/plan.ts'
const findings = 'src/review/tell-findings.ts'
const match = 'src/review/match.ts'
const edit = 'src/review/edit.ts'
const publish = 'src/review/publish.ts'
const summary = 'src/review/summary.ts'
const talk = 'src/io/talk.ts'
const conversation = 'src/io/conversation.ts'
const github = 'src/io/github.ts'

const mutants: readonly Mutant[] = [
  {
    name: 'one line too low',
    file: place,
    from: "{ kind: 'exact', path, line, side: 'RIGHT' }",
    to: "{ kind: 'exact', path, line: line + 1, side: 'RIGHT' }",
  },
  {
    name: 'the line on the side of the base',
    file: place,
    from: "{ kind: 'exact', path, line, side: 'RIGHT' }",
    to: "{ kind: 'exact', path, line, side: 'LEFT' }",
  },
  { name: 'a line that the diff does not show', file: place, from: "if (hasLine && diff.isShown(path, line, 'head'))", to: 'if (hasLine)' },
  {
    name: 'the removed line on the side of the head',
    file: place,
    from: "line: removed.line, side: 'LEFT'",
    to: "line: removed.line, side: 'RIGHT'",
  },
  { name: 'the removed line never', file: place, from: 'if (left !== undefined) return left', to: '' },
  {
    name: 'the first shown line of the file instead of the nearest of the object',
    file: place,
    from: 'if (other < objectLines.first || other > objectLines.last) continue',
    to: 'return other',
  },
  {
    name: 'no marker in comments',
    file: body,
    from: "    markerText({ about: 'finding', key: pages.key, rule: group.rule, prints: group.prints, state: 'open' }),\n",
    to: '',
  },
  { name: 'a settled comment marked open', file: body, from: "...said.marker, state: 'closed' })", to: "...said.marker, state: 'open' })" },
  {
    name: 'a review repeated blindly',
    file: talk,
    from: '          ...once,\n          pull_number: number,\n          commit_id: head,\n          event',
    to: '          pull_number: number,\n          commit_id: head,\n          event',
  },
  { name: 'a comment repeated blindly', file: talk, from: 'createReviewComment({ ...here, ...once,', to: 'createReviewComment({ ...here,' },
  { name: 'a summary repeated blindly', file: talk, from: 'createComment({ ...here, ...once,', to: 'createComment({ ...here,' },
  { name: 'what may not have been done is taken as done', file: talk, from: "return 'unsure'", to: "return 'sent'" },
  {
    name: 'what GitHub refuses is repeated',
    file: talk,
    from: "if (status === 422) return 'refused'",
    to: "if (status === 422) return 'unsure'",
  },
  {
    name: 'a review of whatever the head is by then',
    file: talk,
    from: '          commit_id: head,\n          event',
    to: '          event',
  },
  {
    name: 'a comment on a file without saying so',
    file: talk,
    from: "{ path: place.path, subject_type: 'file' as const }",
    to: '{ path: place.path }',
  },
  { name: 'folds what it should unfold', file: talk, from: 'folded ? minimize : unminimize', to: 'folded ? unminimize : minimize' },
  { name: 'a review without words', file: talk, from: '`${reviewText(comments.length)}\\n\\n${reviewMarker(key)}`', to: "''" },
  {
    name: 'a review without its key',
    file: talk,
    from: '`${reviewText(comments.length)}\\n\\n${reviewMarker(key)}`',
    to: 'reviewText(comments.length)',
  },
  { name: 'changes never requested', file: talk, from: "requestsChanges ? 'REQUEST_CHANGES' : 'COMMENT'", to: "'COMMENT'" },
  {
    name: 'another comment rewritten',
    file: talk,
    from: 'comment_id: comment, body })),\n    fold',
    to: 'comment_id: comment + 1, body })),\n    fold',
  },
  { name: 'what another run took away is a failure', file: talk, from: 'if (statusOf(thrown) !== 404) throw thrown', to: 'throw thrown' },
  {
    name: 'a token that cannot fold is a failure',
    file: talk,
    from: "if (status === 403 || status === 404 || status === 422) return 'refused'",
    to: '',
  },
  {
    name: 'believes markers of others in threads',
    file: conversation,
    from: 'if (node == null || first?.viewerDidAuthor !== true) return []',
    to: 'if (node == null || first == null) return []',
  },
  {
    name: 'believes summaries and requests of others',
    file: conversation,
    from: 'node?.viewerDidAuthor === true ? [node] : []',
    to: 'node == null ? [] : [node]',
  },
  {
    name: 'the first page alone',
    file: conversation,
    from: '!Object.values(pages).some(({ hasNextPage }) => hasNextPage)',
    to: 'pages.threads !== undefined',
  },
  { name: 'asks for more than a page holds', file: conversation, from: 'reviewThreads(first: 100', to: 'reviewThreads(first: 200' },
  {
    name: 'threads of every key',
    file: conversation,
    from: 'if (marker === undefined || marker.key !== key) return []',
    to: 'if (marker === undefined) return []',
  },
  { name: 'summaries of every key', file: conversation, from: 'if (found?.key === key)', to: 'if (found !== undefined)' },
  { name: 'requests of every key', file: conversation, from: 'if (reviewIn(body) === key)', to: 'if (reviewIn(body) !== undefined)' },
  { name: 'sees no answers', file: conversation, from: 'hasReplies: node.comments.totalCount > 1', to: 'hasReplies: false' },
  { name: 'sees answers everywhere', file: conversation, from: 'hasReplies: node.comments.totalCount > 1', to: 'hasReplies: true' },
  { name: 'sees nothing folded', file: conversation, from: 'isMinimized: first.isMinimized', to: 'isMinimized: false' },
  { name: 'speaks for an old head', file: publish, from: "if (there.head !== review.head) return { kind: 'stale', comments }", to: '' },
  { name: 'speaks in a closed pull request', file: publish, from: "if (!there.isOpen) return { kind: 'closed', comments }", to: '' },
  { name: 'forgets what was refused', file: publish, from: 'places: new Set([...before.places, ...places])', to: 'places: before.places' },
  {
    name: 'loses the rest of a refused review',
    file: publish,
    from: "if (sent === 'refused') for (const comment of plan.lines) note(await talk.comment(comment), [comment])",
    to: "if (sent === 'refused') note(sent, plan.lines)",
  },
  {
    name: 'sums up beside speaking',
    file: publish,
    from: 'isSaid(plan) ? await sumUp(plan, talk)',
    to: 'isSaid(plan) || (await sumUp(plan, talk)).isUnsure ? await sumUp(plan, talk)',
  },
  {
    name: 'leaves double summaries',
    file: publish,
    from: 'for (const comment of removedSummaries) await talk.removeSummary(comment)',
    to: '',
  },
  {
    name: 'leaves requests for changes',
    file: plan,
    from: 'review.requestsChanges || refused.requests ? [] : conversation.requests',
    to: '[]',
  },
  {
    name: 'requests changes again and again',
    file: plan,
    from: 'review.requestsChanges && conversation.requests.length === 0 && !refused.requests',
    to: 'review.requestsChanges',
  },
  {
    name: 'fifteen more at each push',
    file: findings,
    from: 'Math.max(0, room - unsettled)',
    to: 'room',
  },
  {
    name: 'small things in the diff',
    file: findings,
    from: '!isMinor(finding) || isSaid(finding)',
    to: 'finding !== undefined',
  },
  {
    name: 'a summary at each run',
    file: plan,
    from: 'if (first === undefined) {',
    to: "if (first !== undefined) return { summary: { kind: 'create', body }, removedSummaries }\n  if (first === undefined) {",
  },
  { name: 'fixed comments stay open', file: edit, from: 'const fold = !isMinimized && canFold', to: 'const fold = false' },
  {
    name: 'what comes back stays folded',
    file: edit,
    from: 'const unfold = isClosed && isMinimized && canFold',
    to: 'const unfold = false',
  },
  { name: 'double comments stay', file: match, from: 'if (isDouble && !thread.hasReplies)', to: 'if (isDouble && thread.hasReplies)' },
  { name: 'says again what was said', file: match, from: 'const thread = said.get(print) ?? (', to: 'const thread = (' },
  {
    name: 'a summary without its head',
    file: summary,
    from: 'const end = summaryMarker(key, head)',
    to: "const end = summaryMarker(key, head.replace(/./g, '0'))",
  },
  { name: 'a summary longer than GitHub takes', file: summary, from: 'longestBody - end.length - 2', to: '10 * longestBody' },
  { name: 'no second try', file: github, from: 'const mostRetries = 3', to: 'const mostRetries = 0' },
  {
    name: 'waits for one wording of a limit alone',
    file: github,
    from: "thrown.message += ' (secondary rate limit)'",
    to: "thrown.message += ''",
  },
  { name: 'gives up at once when told to wait', file: github, from: 'const longestWait = 120', to: 'const longestWait = 1' },
  {
    name: 'a permission that GraphQL names is a bug',
    file: github,
    from: "if (!(thrown instanceof Error) || !('errors' in thrown) || !Array.isArray(thrown.errors)) return undefined",
    to: 'return undefined\n  // @ts-expect-error never reached',
  },
]

const plans = ['test/review/plan.test.ts', 'test/review/problem.test.ts']
const pages = ['test/review/publish.test.ts', 'test/review/page.test.ts']
const calls = [...pages, 'test/review/trouble.slow.ts']

export const review: Suite = {
  mutants,
  tests: {
    [place]: ['test/review/place.test.ts', ...plans, ...pages],
    [body]: [...plans, ...pages],
    [plan]: [...plans, ...pages],
    [findings]: [...plans, ...pages],
    [match]: [...plans, ...pages],
    [edit]: [...plans, ...pages],
    [summary]: [...plans, ...pages],
    [publish]: calls,
    [talk]: calls,
    [conversation]: calls,
    [github]: calls,
  },
}
