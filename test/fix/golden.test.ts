// Golden pull requests that are mended: the patch of all that is offered, and the comments as a person sees them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { openChange } from '../../src/io/change.ts'
import { readPolicy } from '../../src/io/policy.ts'
import { engine } from '../../src/io/rendering.ts'
import { refusing } from '../../src/render/refusing.ts'
import { type SourceFailure, type Sources, sourceFailure } from '../../src/render/source.ts'
import { review } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { kept, rulebook } from '../program.ts'
import { pageOf } from '../review/sample.ts'

const pulls = join(import.meta.dirname, '../pulls')
const stories = readdirSync(pulls).filter((name) => name.startsWith('fix-'))

/** The hosts that a story tells of: what they answer for an image, or for a repository and a ref of it. All others are refused. */
function sourcesOf(name: string): Sources {
  const text = readFileSync(join(pulls, name, 'story.md'), 'utf8')
  const { answers = {} } = parse(text.split('---\n', 2)[1] ?? '') as { readonly answers?: Readonly<Record<string, string>> }
  const answer = <Found>(wanted: string, found: (value: string) => Found): Found | SourceFailure => {
    const value = answers[wanted]
    return value === undefined ? sourceFailure('not-allowed', `${wanted} was not fetched`, 'Allow it.') : found(value)
  }
  return {
    ...refusing,
    image: async ({ image }) => answer(image, (digest) => ({ ok: true, digest, pinned: `${image}@${digest}`, isList: true })),
    commit: async ({ url, ref = '' }) => answer(`${url} ${ref}`.trim(), (commit) => ({ ok: true, commit })),
  }
}

test('there are stories', () => expect(stories.length).toBeGreaterThan(3))

test.each(stories)(
  '%s',
  async (name) => {
    const change = openChange({ directory: pulls, base: `${name}/base`, head: `${name}/head`, allowFetch: false })
    const policy = await readPolicy(change.policy, {}, undefined)
    const run = { policy, rulebook, watch: silent, engine, sources: sourcesOf(name), fixing: { now: () => 0, budget: 1 } }
    const report = await review(change, run)
    await expect(report.fixes.map(({ patch }) => patch).join('')).toMatchFileSnapshot(join(pulls, name, 'expected/fix.patch'))
    await expect(kept(pageOf(report, change))).toMatchFileSnapshot(join(pulls, name, 'expected/review.md'))
  },
  60_000,
)
