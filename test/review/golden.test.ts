// The reviews of golden pull requests, as the engineer gets them.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openChange } from '../../src/io/change.ts'
import { reviewChange } from '../program.ts'
import { pageOf } from './sample.ts'

const pulls = join(import.meta.dirname, '../pulls')

test.each([
  'capabilities-as-runtimes-read-them',
  'fixed-in-staging-added-in-production',
  'hide-by-placeholder',
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
])('%s', async (name) => {
  const change = openChange({ directory: pulls, base: join(name, 'base'), head: join(name, 'head'), allowFetch: false })
  const page = pageOf(await reviewChange(change), change)
  await expect(page).toMatchFileSnapshot(join(pulls, name, 'expected/review.md'))
})

test('the example', async () => {
  const change = openChange({ directory: 'examples/pull-request', base: 'base', head: 'head', allowFetch: false })
  await expect(pageOf(await reviewChange(change), change)).toMatchFileSnapshot('expected/example.md')
})
