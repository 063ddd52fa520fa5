// Suggestions that a person applies on the page: one commit for all, which mends what they said, and the next run folds their comments as fixed.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshOf } from '../../src/review/summary.ts'
import { type Double, startDouble } from '../github/double.ts'
import { deployment, reviewOf, run, seen } from '../github/shop.ts'
import type { Pull } from '../github/state.ts'
import { commitSuggestions, holdsOne, NotApplied } from '../github/suggestion.ts'

let double: Double
beforeEach(async () => {
  double = await startDouble()
})
afterEach(async () => {
  expect(double.violations).toEqual([])
  await double.stop()
})

const fixing = { now: () => 0, budget: 1 }
type Texts = Readonly<Record<string, string>>

async function opened(base: Texts, head: Texts): Promise<Pull> {
  double.hub.push('main', base)
  double.hub.push('topic', head)
  const pull = double.hub.open('topic')
  await run(double, pull, { fixing })
  return pull
}

const file = (path: string) => double.hub.sandbox.git('show', `topic:${path}`)

const chart = (privileged: boolean): Texts => ({
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/values.yaml': `name: shop\nsecurity:\n  privileged: ${privileged} # for the modem\n`,
  'chart/templates/web.yaml': deployment('web', { privileged: true })
    .replaceAll('name: web', 'name: {{ .Values.name }}')
    .replace('privileged: true', 'privileged: {{ .Values.security.privileged }}')
    .replace('allowPrivilegeEscalation: true', 'allowPrivilegeEscalation: {{ .Values.security.privileged }}'),
})

const overlay = (host: boolean): Texts => ({
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('web'),
  'prod/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: patch.yaml\n',
  'prod/patch.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec:\n  replicas: 3\n  template:\n    spec:\n      hostNetwork: ${host}\n`,
})

const crlf = (texts: Texts): Texts => Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]))
const endless = (texts: Texts): Texts => Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, text.trimEnd()]))
const manifest = (parts: object): Texts => ({ 'web.yaml': deployment('web', parts) })
const faulty = { privileged: true, host: true }

test.each<readonly [string, Texts, Texts]>([
  ['a manifest', manifest({}), manifest(faulty)],
  ['a manifest with carriage returns', crlf(manifest({})), crlf(manifest(faulty))],
  ['a manifest without a last line break', endless(manifest({})), endless(manifest(faulty))],
  ['values of a chart', chart(false), chart(true)],
  ['the patch of an overlay', overlay(false), overlay(true)],
])('%s: applied in one commit, nothing is left to find, and every comment is folded', async (_, base, head) => {
  const pull = await opened(base, head)
  const count = seen(pull).open.length
  expect(count).toBeGreaterThan(0)
  expect(pull.threads.some(holdsOne)).toBe(true)
  commitSuggestions(double.hub, pull)
  const review = await reviewOf(double, pull, { fixing })
  expect([freshOf(review.report).map(({ rule }) => rule), review.report.verdict, review.report.problems]).toEqual([[], 'pass', []])
  for (const path of Object.keys(head)) {
    const [before = '', after] = [head[path], file(path)]
    expect([path, after.includes('\r\n'), after.endsWith('\n')]).toEqual([path, before.includes('\r\n'), before.endsWith('\n')])
    expect(after.replaceAll('\r\n', '')).not.toContain('\r')
  }
  await run(double, pull, { fixing })
  expect(seen(pull)).toMatchObject({ open: [], folded: Array.from({ length: count }, () => expect.stringContaining('✅ Fixed as of')) })
  const calls = double.calls.length
  await run(double, pull, { fixing })
  expect(double.calls.length - calls).toBe(1)
})

test('one of several applied: its comment is folded, the others stay and can still be applied', async () => {
  const pull = await opened(
    { 'web.yaml': deployment('web'), 'api.yaml': deployment('api') },
    { 'web.yaml': deployment('web', faulty), 'api.yaml': deployment('api', { host: true }) },
  )
  const api = pull.threads.filter((thread) => thread.path === 'api.yaml')
  commitSuggestions(double.hub, pull, api)
  await run(double, pull, { fixing })
  expect(seen(pull).folded.length).toBe(api.length)
  expect(seen(pull).open.every((text) => text.startsWith('web.yaml:'))).toBe(true)
  commitSuggestions(
    double.hub,
    pull,
    pull.threads.filter((thread) => thread.path === 'web.yaml' && holdsOne(thread)),
  )
  await run(double, pull, { fixing })
  expect(seen(pull).open).toEqual([])
})

test('the page refuses what GitHub refuses: two of one line, and an outdated one', async () => {
  const pull = await opened(manifest({}), manifest(faulty))
  const own = pull.threads.filter(holdsOne)
  const refused = (threads: typeof own) => () => commitSuggestions(double.hub, pull, threads)
  expect(refused([...own, ...own])).toThrow(NotApplied)
  double.hub.push('topic', {
    'web.yaml': deployment('web', faulty)
      .replace('hostNetwork: true', 'hostNetwork: true # changed')
      .replace('privileged: true', 'privileged: true # changed'),
  })
  expect(refused(own)).toThrow('This suggestion is outdated.')
})
