// The reviews of golden pull requests, as the engineer gets them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openChange } from '../../src/io/change.ts'
import { bare } from '../../src/review/marker.ts'
import { kept, reviewChange } from '../program.ts'
import { pageOf, planOf } from './sample.ts'

const pulls = join(import.meta.dirname, '../pulls')

test.each([
  'capabilities-as-runtimes-read-them',
  'chart-breaks',
  'chart-breaks-by-its-values',
  'chart-breaks-in-every-environment',
  'fixed-in-staging-added-in-production',
  'hide-by-broken-neighbour',
  'hide-by-placeholder',
  'hostile-chart-name',
  'kustomization-unrendered',
  'moved-and-reformatted',
  'multi-document',
  'not-plain-secrets',
  'old-problem-touched',
  'one-edit-many-copies',
  'one-word-more',
  'policy-gate-medium',
  'removed-block',
  'role-to-clusterrole',
  'second-wildcard',
  'third-party-bump',
  'third-party-bump-by-policy',
  'third-party-bump-leaves-entries-idle',
])('%s', async (name) => {
  const change = openChange({ directory: pulls, base: join(name, 'base'), head: join(name, 'head'), allowFetch: false })
  const page = pageOf(await reviewChange(change), change)
  await expect(kept(page)).toMatchFileSnapshot(join(pulls, name, 'expected/review.md'))
})

test('the example', async () => {
  const change = openChange({ directory: 'examples/pull-request', base: 'base', head: 'head', allowFetch: false })
  await expect(kept(pageOf(await reviewChange(change), change))).toMatchFileSnapshot('expected/example.md')
})

test('a comment takes no more than twelve lines of a hundred characters before its first fold', { timeout: 120_000 }, async () => {
  const long: string[] = []
  for (const name of readdirSync(pulls).filter((name) => !readFileSync(join(pulls, name, 'story.md'), 'utf8').includes('verdict: error'))) {
    const change = openChange({ directory: pulls, base: join(name, 'base'), head: join(name, 'head'), allowFetch: false })
    const plan = planOf(await reviewChange(change), change.diff)
    for (const { body } of [...plan.lines, ...plan.files]) if (linesOf(body) > 12) long.push(`${name}: ${linesOf(body)} lines: ${body}`)
  }
  expect(long).toEqual([])
})

function linesOf(body: string): number {
  const [shown = ''] = bare(body).split('<details>')
  return shown.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / 100), 0)
}
