// Golden pull requests that are mended: the patch of all that is offered, and the comments as a person sees them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openChange } from '../../src/io/change.ts'
import { readPolicy } from '../../src/io/policy.ts'
import { engine } from '../../src/io/rendering.ts'
import { review } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { rulebook } from '../program.ts'
import { pageOf } from '../review/sample.ts'

const pulls = join(import.meta.dirname, '../pulls')
const stories = readdirSync(pulls).filter((name) => name.startsWith('fix-'))

test('there are stories', () => expect(stories.length).toBeGreaterThan(3))

test.each(stories)(
  '%s',
  async (name) => {
    const change = openChange({ directory: pulls, base: `${name}/base`, head: `${name}/head`, allowFetch: false })
    const policy = await readPolicy(change.policy, {}, undefined)
    const report = await review(change, { policy, rulebook, watch: silent, engine, fixing: { now: () => 0, budget: 1 } })
    await expect(report.fixes.map(({ patch }) => patch).join('')).toMatchFileSnapshot(join(pulls, name, 'expected/fix.patch'))
    await expect(pageOf(report, change)).toMatchFileSnapshot(join(pulls, name, 'expected/review.md'))
  },
  60_000,
)
