// The Action as a runner starts it: event and inputs in, review, outputs, summary and exit code out.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Double, startDouble } from './github/double.ts'
import { forkEvent, pullEvent } from './github/event.ts'
import { newRunner, type Runner, type Step } from './github/runner.ts'
import { deployment, seen } from './github/shop.ts'
import type { Pull } from './github/state.ts'

let double: Double
let pull: Pull
let runner: Runner
beforeEach(async () => {
  double = await startDouble()
  runner = newRunner(double)
  double.hub.push('main', { 'apps/web.yaml': deployment('web'), 'apps/api.yaml': deployment('api'), 'other/db.yaml': deployment('db') })
  double.hub.push('topic', { 'apps/web.yaml': deployment('web', { privileged: true }) })
  pull = double.hub.open('topic')
})
afterEach(async () => {
  expect(double.violations).toEqual([])
  runner.remove()
  await double.stop()
})

const step = (parts?: Step) => runner.step(pull, parts)

describe('a pull request', () => {
  test.each([
    ['without a checkout', undefined],
    ['with a full checkout', ['--no-checkout']],
    ['with a shallow one of the head', ['--depth=1', '--branch=topic']],
    ['with a shallow one of the target', ['--depth=1']],
  ])('is reviewed %s, and the job is red', async (_, checkout) => {
    const { status, log, outputs, summary } = await step({ checkout })
    expect(seen(pull)).toEqual({
      open: ['apps/web.yaml:20 Critical: Container runs privileged'],
      folded: [],
      summaries: ['❌ Fail: 1 finding at or above the gate "high"'],
    })
    expect(log).toContain('::error::Plimsoll: 1 finding at or above the gate "high"')
    expect([status, outputs['verdict'], outputs['new'], outputs['fixed']]).toEqual([1, 'fail', '1', '0'])
    expect(summary).toContain('# Plimsoll: what')
    for (const name of ['report-file', 'json-file', 'sarif-file']) expect(existsSync(outputs[name] ?? '')).toBe(true)
  })

  test('is reviewed by the bundle that is committed, which is small and speaks to GitHub alone', async () => {
    const { outputs, hosts } = await step({ main: 'dist/action.js' })
    expect(outputs['verdict']).toBe('fail')
    expect(hosts).toEqual([double.url.replace('http://', '')])
    expect(seen(pull).open).toEqual(['apps/web.yaml:20 Critical: Container runs privileged'])
    expect(statSync(join(import.meta.dirname, '../dist/action.js')).size).toBeLessThanOrEqual(3_000_000)
  })

  test('is green when nothing got worse, and says so in one quiet line or not at all', async () => {
    double.hub.push('topic', { 'apps/web.yaml': deployment('web') })
    expect(await step({ inputs: { 'comment-when-clean': 'false' } })).toMatchObject({ status: 0 })
    expect(pull.comments).toEqual([])
    expect(await step()).toMatchObject({ status: 0 })
    expect(seen(pull).summaries).toEqual([expect.stringContaining('✅ Plimsoll found nothing')])
  })

  test('is judged by the policy of the target branch as it is by now', async () => {
    const payload = pullEvent(double.hub, pull)
    double.hub.push('main', { '.plimsoll.yaml': 'fail-on: never\n' })
    expect(await step({ payload })).toMatchObject({ status: 0 })
    double.hub.push('topic', { '.plimsoll.yaml': 'rules: { privileged-container: { enabled: false } }\n' })
    await step()
    expect(seen(pull).open).toEqual(['apps/web.yaml:20 Critical: Container runs privileged'])
  })

  test('is reviewed in parts, each with comments of its own', async () => {
    double.hub.push('topic', { 'other/db.yaml': deployment('db', { host: true }) })
    await step({ inputs: { path: 'apps' } })
    expect(seen(pull)).toMatchObject({ open: ['apps/web.yaml:20 Critical: Container runs privileged'], summaries: [expect.any(String)] })
    await step({ inputs: { path: './other/' } })
    expect(seen(pull).open).toHaveLength(2)
    expect(seen(pull).summaries).toHaveLength(2)
  })

  test('of a fork is told in the log, with the reason, and the verdict stands', async () => {
    double.tokens.set('ghs_fork', { login: 'github-actions[bot]', permissions: { contents: 'read' } })
    const { status, log } = await step({ payload: forkEvent(double.hub, pull), inputs: { 'github-token': 'ghs_fork' } })
    expect([status, pull.comments, pull.threads]).toEqual([1, [], []])
    expect(log).toContain('on pull requests of forks GitHub gives workflows a token that can only read')
    expect(log).toMatch(/::error title=critical%3A Container runs privileged,file=apps\/web\.yaml,line=20::/)
  })

  test('without the permission names it, with the lines to add; that alone is no red job', async () => {
    double.tokens.set('ghs_weak', { login: 'github-actions[bot]', permissions: { contents: 'read' } })
    const { status, log } = await step({ inputs: { 'github-token': 'ghs_weak', 'fail-on': 'never', 'check-run': 'true' } })
    expect(status).toBe(0)
    expect(log).toContain('pull-requests: write')
    expect(log).toContain('checks: write')
  })

  test('gets a check of its own, and a request for changes, when that is asked for', async () => {
    double.tokens.set('ghs_more', {
      login: 'github-actions[bot]',
      permissions: { contents: 'read', pull_requests: 'write', checks: 'write' },
    })
    await step({ inputs: { 'github-token': 'ghs_more', 'check-run': 'true', 'request-changes': 'true' } })
    expect(double.hub.checks).toEqual([
      expect.objectContaining({
        name: 'Plimsoll',
        conclusion: 'failure',
        annotations: 1,
        summary: expect.stringContaining('| Critical | 1 |'),
      }),
    ])
    expect(pull.reviews).toEqual([expect.objectContaining({ event: 'REQUEST_CHANGES' })])
  })

  test('that is closed is left alone', async () => {
    expect(await step({ payload: pullEvent(double.hub, pull, { state: 'closed' }) })).toMatchObject({
      status: 0,
      log: expect.stringContaining('is closed'),
    })
    expect(double.calls).toEqual([])
  })
})

describe('other events', () => {
  test('a push tells what it made worse, and the SARIF log holds all there is', async () => {
    const before = double.hub.find('main')
    const after = double.hub.push('main', { 'apps/api.yaml': deployment('api', { host: true }) })
    const { status, outputs, log } = await step({ event: 'push', payload: { before, after }, sha: after })
    expect([status, outputs['new']]).toEqual([1, '1'])
    expect(log).toContain('file=apps/api.yaml,line=13')
    const sarif = JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8'))
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('host-network')
  })

  test('a merge group is judged without a word in a pull request', async () => {
    const group = { base_sha: double.hub.find('main'), head_sha: double.hub.find('topic') }
    expect(await step({ event: 'merge_group', payload: { merge_group: group } })).toMatchObject({ status: 1 })
    expect([pull.comments, pull.threads]).toEqual([[], []])
  })

  test.each(['schedule', 'workflow_dispatch'])('%s looks at everything', async (event) => {
    const { status, outputs } = await step({ event, payload: {} })
    expect([status, outputs['verdict']]).toEqual([1, 'fail'])
  })

  test('what asks for nothing does nothing, and says why', async () => {
    expect(await step({ event: 'issues', payload: {} })).toMatchObject({
      status: 0,
      log: expect.stringContaining('nothing is done on the event "issues"'),
    })
  })
})

describe('what is wrong is told', () => {
  test.each([
    [{ 'fail-on': 'hgih' }, 'input fail-on "hgih" is not one of critical, high'],
    [{ comment: 'maybe' }, 'input comment "maybe" is neither true nor false'],
    [{ 'github-token': '' }, 'input github-token is empty'],
    [{ key: 'a b' }, 'input key "a b"'],
    [{ path: '../..' }, 'leads out of the repository'],
    [{ config: 'missing.yaml' }, 'cannot read the configuration missing.yaml'],
  ])('%j', async (inputs, message) => {
    const { status, log } = await step({ inputs })
    expect(status).toBe(1)
    expect(log).toContain(message)
    expect(log).not.toContain('this is a bug')
  })

  test('GitHub that gives nothing, or is down', async () => {
    double.tokens.set('ghs_none', { login: 'github-actions[bot]', permissions: {} })
    expect((await step({ inputs: { 'github-token': 'ghs_none' } })).log).toContain(
      '::error::the tip of main could not be had from GitHub: 403 Resource not accessible by integration. Give the job "permissions: contents: read"',
    )
    for (let at = 0; at < 4; at += 1) double.failAt(at, { kind: 'status', status: 502 })
    expect((await step()).log).toMatch(/::error::the tip of main could not be had from GitHub: 502 .*Run the job again/)
  })

  test('a mistake in the configuration, with its place', async () => {
    double.hub.push('main', { '.plimsoll.yaml': 'fail-on: hgih\n' })
    expect((await step()).log).toMatch(/::error::\.plimsoll\.yaml of main:1:\d+: "fail-on" is "hgih"/)
  })
})

test('three thousand files and two thousand findings stay within all limits', { timeout: 180_000 }, async () => {
  const services = Array.from({ length: 3_000 }, (_, at) => `service-${at}`)
  const files = (isFaulty: (at: number) => boolean) =>
    Object.fromEntries(
      services.map((name, at) => [`many/${name}.yaml`, deployment(name, { privileged: isFaulty(at), tag: `1.${isFaulty(at)}.0` })]),
    )
  double.hub.push(
    'main',
    files(() => false),
  )
  double.hub.push(
    'topic',
    files((at) => at < 2_000 || at % 2 === 0),
    'main',
  )
  const { status, outputs, log, summary } = await step({ checkout: ['--no-checkout'] })
  expect([status, Number(outputs['new']) >= 2_000]).toEqual([1, true])
  expect(log).toContain('Plimsoll wrote 15 comments')
  expect(pull.threads).toHaveLength(15)
  expect(pull.comments).toHaveLength(1)
  expect(pull.comments[0]?.body.length).toBeLessThanOrEqual(60_000)
  expect(pull.comments[0]?.body).toMatch(/- and \d+ more: the report of the run has them all/)
  expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576)
  expect(double.calls.filter((call) => call.startsWith('POST /repos'))).toHaveLength(2)
})

test('a hostile pull request gets nothing through', async () => {
  const secret = 'AKIAIOSFODNN7EXAMPLQ'
  const evil = `web@kubernetes ::set-output name=x::y %0A::add-mask::z <img src=x onerror=alert(1)> [link](https://evil.example) \u202e#1 \`\`\``
  const manifest = `apiVersion: v1\nkind: Pod\nmetadata: { name: ${JSON.stringify(evil)}, namespace: shop }\nspec:\n  hostNetwork: true\n  containers:\n    - name: ${JSON.stringify(evil)}\n      image: "a:1"\n      env:\n        - { name: AWS_ACCESS_KEY_ID, value: ${secret} }\n      securityContext:\n        privileged: true\n`
  double.hub.push('topic', { 'apps/evil ::error::x.yaml': manifest })
  const { log, outputs, summary } = await step()
  const said = [...pull.comments, ...pull.threads.flatMap(({ comments }) => comments)].map(({ body }) => body).join('\n')
  const files = ['report-file', 'json-file', 'sarif-file'].map((name) => readFileSync(outputs[name] ?? '', 'utf8')).join('\n')
  for (const text of [log, said, summary, files, JSON.stringify(outputs)]) expect(text).not.toContain(secret)
  expect(log.split('\n').filter((line) => /^::(?:set-output|add-mask)/.test(line) && !line.includes('ghs_actions'))).toEqual([])
  expect(said).toContain('Pod')
  for (const text of [said, summary]) {
    const page = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
    expect(page.replace(/<code[ >][\s\S]*?<\/code>/g, '')).not.toMatch(/<img|@kubernetes|href="[^"]*evil/)
    expect(text).not.toContain('\u202e')
  }
})
