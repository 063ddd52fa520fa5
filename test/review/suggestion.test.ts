// Suggestions, applied as GitHub applies them and judged again.

import { expect, test } from 'vitest'
import { diffTrees } from '../../src/change/compare-trees.ts'
import { lookupOf } from '../../src/change/lookup.ts'
import { policyOf } from '../../src/config.ts'
import { engine } from '../../src/io/rendering.ts'
import { refusing } from '../../src/render/refusing.ts'
import type { Report } from '../../src/report/report.ts'
import type { NewComment } from '../../src/review/comment.ts'
import { type Conversation, silence, type Thread } from '../../src/review/conversation.ts'
import { markerIn } from '../../src/review/marker.ts'
import { noRefusals, planReview } from '../../src/review/plan.ts'
import { judgeChange } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { treeOf } from '../discover/tree.ts'
import { rulebook } from '../program.ts'
import { reviewOf } from './sample.ts'

type Texts = Readonly<Record<string, string>>

async function reviewed(base: Texts, head: Texts, conversation: Conversation = silence) {
  const trees = { base: treeOf(base), head: treeOf(head) }
  const change = { ...trees, diff: diffTrees(trees.base, trees.head), policy: trees.base }
  const policy = policyOf({}, {}, { source: 'built-in defaults', ignore: [] })
  const fixing = { now: () => 0, budget: 1 }
  const { report } = await judgeChange(change, { policy, rulebook, watch: silent, engine, sources: refusing, fixing })
  const plan = planReview(reviewOf(report, change.diff), conversation, noRefusals)
  return { report, plan, diff: lookupOf(change.diff) }
}

/** The suggestion of a comment: the lines it replaces, and by what. */
function suggestionIn({ body, place, lines }: NewComment) {
  const [, , text] = /^(`{3,})suggestion\r?\n([\s\S]*?)^\1\r?$/m.exec(body) ?? []
  if (text === undefined || place.kind === 'file' || place.kind === 'summary') return undefined
  return { path: place.path, first: lines?.first ?? place.line, last: lines?.last ?? place.line, text }
}

/** GitHub puts the lines of the block in place of the lines of the comment, and keeps a file without a last line break so. */
function applied(texts: Texts, comments: readonly NewComment[]): Texts {
  const changed: Record<string, string> = { ...texts }
  const all = comments.flatMap((comment) => suggestionIn(comment) ?? []).sort((a, b) => b.first - a.first)
  for (const { path, first, last, text } of all) {
    const lines = (changed[path] ?? '').split(/(?<=\n)/)
    const isLast = last === lines.length && !(lines.at(-1) ?? '').endsWith('\n')
    lines.splice(first - 1, last - first + 1, isLast ? text.replace(/\r?\n$/, '') : text)
    changed[path] = lines.join('')
  }
  return changed
}

const fresh = (report: Report) => report.findings.filter(({ state }) => state === 'new' || state === 'worsened').map(({ rule }) => rule)

const before = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ferry
spec:
  template:
    spec:
      containers:
        - name: app # the only one
          image: redis:7.2.4
          securityContext:
            allowPrivilegeEscalation: false
            runAsNonRoot: true
`
const after = before
  .replace('            allowPrivilegeEscalation: false\n', '            privileged: true # for the modem\n')
  .replace('      containers:', '      hostNetwork: true\n      containers:')

const endings: readonly (readonly [string, (text: string) => string])[] = [
  ['with line feeds', (text) => text],
  ['with carriage returns', (text) => text.replaceAll('\n', '\r\n')],
  ['without a last line break', (text) => text.trimEnd()],
]

test.each(endings)('a file %s: the suggestions of a review mend all that they say, together, and leave nothing new', async (_, form) => {
  const base = { 'a.yaml': form(before) }
  const head = { 'a.yaml': form(after) }
  const { report, plan, diff } = await reviewed(base, head)
  expect(fresh(report)).toEqual(
    ['privileged-container', 'host-network', 'allow-privilege-escalation', 'run-as-root'].filter((rule) => fresh(report).includes(rule)),
  )
  const suggestions = plan.lines.flatMap((comment) => suggestionIn(comment) ?? [])
  expect(suggestions.length).toBe(2)
  for (const { path, first, last } of suggestions)
    for (let line = first; line <= last; line += 1) expect(diff.isShown(path, line, 'head')).toBe(true)
  const texts = applied(head, plan.lines)
  expect(texts['a.yaml']).toContain('privileged: false # for the modem')
  expect(texts['a.yaml']?.replaceAll('\r\n', '')).not.toContain('\r')
  expect(texts['a.yaml']?.includes('\r\n')).toBe(head['a.yaml'].includes('\r\n'))
  expect(texts['a.yaml']?.endsWith('\n')).toBe(head['a.yaml'].endsWith('\n'))
  expect(fresh((await reviewed(base, texts)).report)).toEqual([])
})

test('no two suggestions touch one line, and a comment whose fix stands elsewhere says so', async () => {
  const more = `        - name: sidecar
          image: redis:7.2.4
          securityContext:
            readOnlyRootFilesystem: true
`
  const { plan } = await reviewed({ 'a.yaml': before }, { 'a.yaml': before + more })
  const bodies = plan.lines.map(({ body }) => body)
  expect(bodies.filter((body) => body.includes('suggestion\n')).length).toBe(1)
  expect(bodies.filter((body) => body.includes('The fix stands with'))).toHaveLength(bodies.length - 1)
})

test('where the diff does not show the lines the patch is folded in', async () => {
  const long = Array.from({ length: 30 }, (_, at) => `            - { name: LEVEL_${at}, value: "${at}" }\n`).join('')
  const base = { 'a.yaml': `${before}          env:\n${long}` }
  const head = {
    'a.yaml': base['a.yaml']
      .replace('name: ferry\n', 'name: ferry\n  namespace: harbour\n')
      .replace('runAsNonRoot: true', 'runAsNonRoot: true\n            privileged: true')
      .replace('LEVEL_29, value: "29"', 'LEVEL_29, value: "30"'),
  }
  const { plan, report } = await reviewed(base, head)
  expect(fresh(report)).toContain('privileged-container')
  for (const { body } of plan.lines) if (!body.includes('suggestion\n')) expect(body).not.toContain('undefined')
})

test('a line that holds a secret is in no suggestion and no patch', async () => {
  const secret = after.replace('privileged: true # for the modem', 'privileged: true # password: Tackle-Block-6112')
  const { plan } = await reviewed({ 'a.yaml': before }, { 'a.yaml': secret })
  const said = [...plan.lines, ...plan.files].map(({ body }) => body).join('\n')
  expect(said).not.toContain('Tackle')
  expect(said).toContain('Container runs privileged')
})

test('a comment that stands keeps the suggestion it has, and gets no other', async () => {
  const { plan } = await reviewed({ 'a.yaml': before }, { 'a.yaml': after })
  const threads = plan.lines.map(({ body }, at): Thread => {
    const marker = markerIn(body)
    if (marker === undefined) throw new Error('a comment has no marker')
    return { node: `n${at}`, comment: at, body, marker, isMinimized: false, isResolved: false, hasReplies: false }
  })
  const again = await reviewed({ 'a.yaml': before }, { 'a.yaml': after }, { ...silence, threads })
  expect([...again.plan.lines, ...again.plan.edits]).toEqual([])
  const moved = await reviewed(
    { 'a.yaml': before },
    { 'a.yaml': after.replace('# for the modem', '# for the radio') },
    { ...silence, threads },
  )
  for (const { body } of moved.plan.edits) expect(body).not.toContain('suggestion\n')
})
