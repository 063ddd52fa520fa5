// The Action on all kinds of checkouts and events, and on a pull request as large as they come.

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pullEvent } from './github/event.ts'
import { jobInShop } from './github/job.ts'
import { deployment, seen } from './github/shop.ts'

const job = jobInShop()

describe('a pull request', () => {
  test.each([
    ['without a checkout', undefined],
    ['with a full checkout', ['--no-checkout']],
    ['with a shallow one of the head', ['--depth=1', '--branch=topic']],
    ['with a shallow one of the target', ['--depth=1']],
  ])('is reviewed %s, and the job is red', async (_, checkout) => {
    const { status, log, outputs, summary } = await job.step({ checkout })
    expect(seen(job.pull)).toEqual({
      open: ['apps/web.yaml:20 Critical: Container runs privileged'],
      folded: [],
      summaries: ['❌ Fail: 1 finding at or above the gate "high"'],
    })
    expect(log).toContain('::error::Plimsoll: 1 finding at or above the gate "high"')
    expect([status, outputs['verdict'], outputs['new'], outputs['fixed']]).toEqual([1, 'fail', '1', '0'])
    expect(summary).toContain('# Plimsoll: what')
    for (const name of ['report-file', 'json-file', 'sarif-file']) expect(existsSync(outputs[name] ?? '')).toBe(true)
  })

  test('is judged by the policy of the target branch as it is by now', async () => {
    const payload = pullEvent(job.double.hub, job.pull)
    job.double.hub.push('main', { '.plimsoll.yaml': 'fail-on: never\n' })
    expect(await job.step({ payload })).toMatchObject({ status: 0 })
    job.double.hub.push('topic', { '.plimsoll.yaml': 'rules: { privileged-container: { enabled: false } }\n' })
    await job.step()
    expect(seen(job.pull).open).toEqual(['apps/web.yaml:20 Critical: Container runs privileged'])
  })

  test('is reviewed in parts, each with comments of its own', async () => {
    job.double.hub.push('topic', { 'other/db.yaml': deployment('db', { host: true }) })
    await job.step({ inputs: { path: 'apps' } })
    expect(seen(job.pull)).toMatchObject({
      open: ['apps/web.yaml:20 Critical: Container runs privileged'],
      summaries: [expect.any(String)],
    })
    await job.step({ inputs: { path: './other/' } })
    expect(seen(job.pull).open).toHaveLength(2)
    expect(seen(job.pull).summaries).toHaveLength(2)
  })

  test('gets a check of its own, and a request for changes, when that is asked for', async () => {
    job.double.tokens.set('ghs_more', {
      login: 'github-actions[bot]',
      permissions: { contents: 'read', pull_requests: 'write', checks: 'write' },
    })
    await job.step({ inputs: { 'github-token': 'ghs_more', 'check-run': 'true', 'request-changes': 'true' } })
    expect(job.double.hub.checks).toEqual([
      expect.objectContaining({
        name: 'Plimsoll',
        conclusion: 'failure',
        annotations: 1,
        summary: expect.stringContaining('| Critical | 1 |'),
      }),
    ])
    expect(job.pull.reviews).toEqual([expect.objectContaining({ event: 'REQUEST_CHANGES' })])
  })
})

describe('other events', () => {
  test('a push tells what it made worse, and the SARIF log holds all there is', async () => {
    const before = job.double.hub.find('main')
    const after = job.double.hub.push('main', { 'apps/api.yaml': deployment('api', { host: true }) })
    const { status, outputs, log } = await job.step({ event: 'push', payload: { before, after }, sha: after })
    expect([status, outputs['new']]).toEqual([1, '1'])
    expect(log).toContain('file=apps/api.yaml,line=13')
    const sarif = JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8'))
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('host-network')
  })

  test('a merge group is judged without a word in a pull request', async () => {
    const group = { base_sha: job.double.hub.find('main'), head_sha: job.double.hub.find('topic') }
    expect(await job.step({ event: 'merge_group', payload: { merge_group: group } })).toMatchObject({ status: 1 })
    expect([job.pull.comments, job.pull.threads]).toEqual([[], []])
  })

  test.each(['schedule', 'workflow_dispatch'])('%s looks at everything', async (event) => {
    const { status, outputs } = await job.step({ event, payload: {} })
    expect([status, outputs['verdict']]).toEqual([1, 'fail'])
  })
})

test('three thousand files and two thousand findings stay within all limits', { timeout: 180_000 }, async () => {
  const services = Array.from({ length: 3_000 }, (_, at) => `service-${at}`)
  const files = (isFaulty: (at: number) => boolean) =>
    Object.fromEntries(
      services.map((name, at) => [`many/${name}.yaml`, deployment(name, { privileged: isFaulty(at), tag: `1.${isFaulty(at)}.0` })]),
    )
  job.double.hub.push(
    'main',
    files(() => false),
  )
  job.double.hub.push(
    'topic',
    files((at) => at < 2_000 || at % 2 === 0),
    'main',
  )
  const { status, outputs, log, summary } = await job.step({ checkout: ['--no-checkout'] })
  expect([status, Number(outputs['new']) >= 2_000]).toEqual([1, true])
  expect(log).toContain('Plimsoll wrote 15 comments')
  expect(job.pull.threads).toHaveLength(15)
  expect(job.pull.comments).toHaveLength(1)
  expect(job.pull.comments[0]?.body.length).toBeLessThanOrEqual(60_000)
  expect(job.pull.comments[0]?.body).toMatch(/- and \d+ more: the report of the run has them all/)
  expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576)
  expect(job.double.calls.filter((call) => call.startsWith('POST /repos'))).toHaveLength(2)
})

test('fix pull requests that may not be opened leave a patch behind, on a push to the default branch; that alone is no red job', async () => {
  const { hub, tokens } = job.double
  tokens.set('ghs_weak', { login: 'github-actions[bot]', permissions: { contents: 'read', pull_requests: 'read' } })
  const before = hub.find('main')
  const sha = hub.push('main', { 'apps/web.yaml': deployment('web', { host: true }) })
  const payload = { before, after: sha, repository: { default_branch: 'main' } }
  const inputs = { 'github-token': 'ghs_weak', 'fix-pull-requests': 'one', 'fix-unsafe': 'true', 'fail-on': 'never' }
  const { status, outputs, log, summary } = await job.step({ event: 'push', payload, sha, inputs })
  expect([status, outputs['fix-pull-requests'], hub.pulls.length]).toEqual([0, '[]', 1])
  expect(log).toContain('::warning::Fix pull requests could not be kept: the token lacks a permission.')
  expect(summary).toContain('The output `fix-patch-file` has the fixes as a patch.')
  expect(readFileSync(outputs['fix-patch-file'] ?? '', 'utf8')).toContain('-      hostNetwork: true')
})
