// Mistakes that could be in how fix pull requests are kept.

import type { Mutant, Suite } from './mutant.ts'

const plan = 'src/review/fix-pulls/plan.ts'
const choose = 'src/review/fix-pulls/choose.ts'
const publish = 'src/review/fix-pulls/publish.ts'
const group = 'src/review/fix-pulls/group.ts'
const known = 'src/review/fix-pulls/existing.ts'
const compose = 'src/review/fix-pulls/compose.ts'
const talk = 'src/io/fix-talk.ts'
const existing = 'src/io/fix-existing.ts'
const keep = 'src/io/fix-pulls.ts'

const mutants: readonly Mutant[] = [
  { name: 'closes what could not be looked at', file: plan, from: 'isUnsure(pull.paths) ?', to: 'isUnsure([]) ?' },
  { name: 'closes what was not proved in time', file: plan, from: 'return isUnfinished ?', to: 'return false ?' },
  { name: 'closes what a person pushed to', file: plan, from: 'if (!isUntouched(pull, branch)) return', to: 'if (false) return' },
  { name: 'pushes although nothing changed', file: plan, from: 'marker.digest === pull.digest && ', to: '' },
  {
    name: 'opens again what was declined',
    file: choose,
    from: 'return known !== undefined && compareSeverity(severity, known) >= 0',
    to: 'return false',
  },
  { name: 'opens beyond the limit', file: choose, from: 'if (open === undefined) room -= 1', to: '' },
  { name: 'speaks for a commit that is not the newest', file: publish, from: 'if (existing.tip !== work.head)', to: 'if (false)' },
  { name: 'leaves a branch that may have no pull request', file: publish, from: 'await talk.remove(pull.branch, commit)', to: '' },
  { name: 'writes workflows', file: group, from: "!path.startsWith('.github/workflows/') && ", to: '' },
  { name: 'takes a pull request with another base for its own', file: known, from: ' && base === branch', to: '' },
  { name: 'takes what Plimsoll closed for declined', file: known, from: " && marker.state === 'open'", to: '' },
  { name: 'pushes when lines moved', file: compose, from: ".replace(/^@@ .*$/gm, '@@')", to: '' },
  { name: 'offers what a person wrote anew', file: choose, from: 'existing.taken.has(group.branch) || ', to: '' },
  { name: 'never offers what became worse', file: choose, from: 'compareSeverity(severity, known) >= 0', to: 'true' },
  { name: 'takes away branches of what is open', file: plan, from: 'isOver && isLeft', to: 'isLeft' },
  { name: 'moves a branch from wherever it is', file: talk, from: 'beforeOid: before ?? nothing, ', to: '' },
  {
    name: 'leaves the branch that commits are made on',
    file: talk,
    from: '          { name: `refs/heads/${staged(branch)}`, beforeOid: after, afterOid: nothing, force: true },\n',
    to: '',
  },
  { name: 'takes a permission that is missing for no answer', file: talk, from: ' || status === 403', to: '' },
  { name: 'removes a branch that somebody moved', file: talk, from: 'beforeOid: head, afterOid: nothing', to: 'afterOid: nothing' },
  {
    name: 'closes without saying why',
    file: talk,
    from: "pull_number: number, body, state: 'closed'",
    to: "pull_number: number, state: 'closed'",
  },
  {
    name: 'believes the marker of anybody',
    file: existing,
    from: 'const marker = node.viewerDidAuthor ? fixMarkerIn(node.body) : undefined',
    to: 'const marker = fixMarkerIn(node.body)',
  },
  { name: 'takes the branch of a fork for ours', file: existing, from: 'node?.isCrossRepository === false', to: 'node !== null' },
  { name: 'takes the pull requests of another key', file: existing, from: 'if (marker?.key !== key)', to: 'if (marker === undefined)' },
  { name: 'sees no conflict', file: existing, from: "node.mergeable === 'CONFLICTING'", to: 'false' },
  { name: 'sees the first hundred branches alone', file: existing, from: 'if (repository.refs.pageInfo.hasNextPage) continue', to: '' },
  { name: 'writes executable files', file: keep, from: '!executables.has(path) && ', to: '' },
  { name: 'shows lines beside a secret', file: keep, from: "whole.fixes[at]?.patch !== '' && ", to: '' },
  { name: 'takes what is folded into others for gone', file: keep, from: '...fixes.flatMap((fix) => fix.findings), ', to: '' },
  {
    name: 'takes what lies above something broken for gone',
    file: keep,
    from: ' || isBelow(folder, folderOf(path))',
    to: '',
  },
]

const folder = 'test/review/fix-pulls'
const decided = [`${folder}/plan.test.ts`, `${folder}/group.test.ts`, `${folder}/trouble.test.ts`]
const told = ['test/io/fix-talk.test.ts', `${folder}/story.test.ts`, 'test/io/fix-pulls.test.ts']
const late = [`${folder}/story.slow.ts`, 'test/io/fix-pulls.slow.ts']

export const fixPulls: Suite = {
  mutants,
  tests: {
    [plan]: [...decided, ...told, `${folder}/story.slow.ts`],
    [choose]: [...decided, `${folder}/story.test.ts`, `${folder}/story.slow.ts`],
    [publish]: [...decided, ...told],
    [group]: decided,
    [known]: [...decided, `${folder}/story.slow.ts`],
    [compose]: [`${folder}/story.test.ts`, `${folder}/story.slow.ts`],
    [talk]: [...told, ...late],
    [existing]: [...told, ...late],
    [keep]: [...told, ...late],
  },
}
