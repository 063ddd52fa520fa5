// The Action as a runner starts it: event and inputs in, review, outputs, summary and exit code out.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { forkEvent, pullEvent } from './github/event.ts'
import { allowFixes, pullsSeen } from './github/fixes-seen.ts'
import { jobInShop } from './github/job.ts'
import { deployment, seen } from './github/shop.ts'

const committed = join(import.meta.dirname, '../dist/action.js')
const job = jobInShop()

describe('a pull request', () => {
  test('is reviewed by the bundle that is committed, which is small and speaks to GitHub alone', async () => {
    const { outputs, hosts } = await job.step({ main: committed })
    expect(outputs['verdict']).toBe('fail')
    expect(hosts).toEqual([job.double.url.replace('http://', '')])
    expect(seen(job.pull).open).toEqual(['apps/web.yaml:20 Critical: Container runs privileged'])
    expect(statSync(committed).size).toBeLessThanOrEqual(3_000_000)
  })

  test('is green when nothing got worse, and says so in one quiet line or not at all', async () => {
    job.double.hub.push('topic', { 'apps/web.yaml': deployment('web') })
    expect(await job.step({ inputs: { 'comment-when-clean': 'false' } })).toMatchObject({ status: 0 })
    expect(job.pull.comments).toEqual([])
    expect(await job.step()).toMatchObject({ status: 0 })
    expect(seen(job.pull).summaries).toEqual([expect.stringContaining('✅ Plimsoll found nothing')])
  })

  test('of a fork is told in the log, with the reason, and the verdict stands', async () => {
    job.double.tokens.set('ghs_fork', { login: 'github-actions[bot]', permissions: { contents: 'read' } })
    const { status, log } = await job.step({ payload: forkEvent(job.double.hub, job.pull), inputs: { 'github-token': 'ghs_fork' } })
    expect([status, job.pull.comments, job.pull.threads]).toEqual([1, [], []])
    expect(log).toContain('on pull requests of forks GitHub gives workflows a token that can only read')
    expect(log).toMatch(/::error title=critical%3A Container runs privileged,file=apps\/web\.yaml,line=20::/)
  })

  test('without the permission names it, with the lines to add; that alone is no red job', async () => {
    job.double.tokens.set('ghs_weak', { login: 'github-actions[bot]', permissions: { contents: 'read' } })
    const { status, log } = await job.step({ inputs: { 'github-token': 'ghs_weak', 'fail-on': 'never', 'check-run': 'true' } })
    expect(status).toBe(0)
    expect(log).toContain('pull-requests: write')
    expect(log).toContain('checks: write')
  })

  test('is reviewed in one part of the repository, with what that reads elsewhere', async () => {
    const overlay = 'resources: [../apps/web.yaml]\nnamespace: prod\n'
    job.double.hub.push('main', {
      'apps/kustomization.yaml': 'resources: [web.yaml]\n',
      'prod/kustomization.yaml': overlay.replace('/web.yaml', ''),
    })
    job.double.hub.push('topic', {
      'apps/kustomization.yaml': 'resources: [web.yaml]\n',
      'prod/kustomization.yaml': overlay.replace('/web.yaml', ''),
    })
    job.double.hub.push('topic', { 'other/db.yaml': deployment('db', { privileged: true }) })
    const { outputs } = await job.step({ inputs: { path: 'prod' } })
    expect(outputs['verdict']).toBe('fail')
    expect(seen(job.pull).open).toEqual(['apps/web.yaml:20 Critical: Container runs privileged'])
  })

  test('that is closed is left alone', async () => {
    expect(await job.step({ payload: pullEvent(job.double.hub, job.pull, { state: 'closed' }) })).toMatchObject({
      status: 0,
      log: expect.stringContaining('is closed'),
    })
    expect(job.double.calls).toEqual([])
  })
})

describe('other events', () => {
  test('what asks for nothing does nothing, and says why', async () => {
    expect(await job.step({ event: 'issues', payload: {} })).toMatchObject({
      status: 0,
      log: expect.stringContaining('nothing is done on the event "issues"'),
    })
  })
})

describe('fix pull requests', () => {
  const inputs = { 'github-token': 'ghs_fixer', 'fix-pull-requests': 'component', 'fix-unsafe': 'true', 'fail-on': 'never' }

  test('are opened on a schedule, told in the summary and named in the outputs, with the patch beside them', async () => {
    allowFixes(job.double)
    const sha = job.double.hub.push('main', { 'apps/web.yaml': deployment('web', { host: true }) })
    const { status, outputs, summary } = await job.step({ event: 'schedule', payload: {}, sha, inputs })
    expect([status, outputs['fix-pull-requests']]).toEqual([0, '[2]'])
    expect(pullsSeen(job.double)[1]).toBe('#2 OPEN Remove hostNetwork in apps [apps/web.yaml]')
    expect(summary).toMatch(/^### Fix pull requests\n\n- #2 Remove hostNetwork in apps: opened\n\n/)
    expect(readFileSync(outputs['fix-patch-file'] ?? '', 'utf8')).toContain('-      hostNetwork: true')
  })

  test('are not opened in a review, and the log says why', async () => {
    const { log } = await job.step({ inputs: { 'fix-pull-requests': 'one' } })
    expect(log).toContain('opens no fix pull requests here: they are opened on push, schedule and workflow_dispatch, not on pull_request')
    expect(job.double.hub.pulls.length).toBe(1)
  })
})

describe('what is wrong is told', () => {
  test.each([
    [{ 'fix-pull-requests': 'all' }, 'input fix-pull-requests "all" is not one of off, component, rule, one'],
    [{ 'fix-limit': 'many' }, 'input fix-limit "many" is no number from 1 to 99'],
    [{ 'fail-on': 'hgih' }, 'input fail-on "hgih" is not one of critical, high'],
    [{ comment: 'maybe' }, 'input comment "maybe" is neither true nor false'],
    [{ 'github-token': '' }, 'input github-token is empty'],
    [{ key: 'a b' }, 'input key "a b"'],
    [{ path: '../..' }, 'leads out of the repository'],
    [{ config: 'missing.yaml' }, 'cannot read the configuration missing.yaml'],
  ])('%j', async (inputs, message) => {
    const { status, log } = await job.step({ inputs })
    expect(status).toBe(1)
    expect(log).toContain(message)
    expect(log).not.toContain('this is a bug')
  })

  test('GitHub that gives nothing, or is down', async () => {
    job.double.tokens.set('ghs_none', { login: 'github-actions[bot]', permissions: {} })
    expect((await job.step({ inputs: { 'github-token': 'ghs_none' } })).log).toContain(
      '::error::the tip of main could not be had from GitHub: 403 Resource not accessible by integration. Give the job "permissions: contents: read"',
    )
    for (let at = 0; at < 4; at += 1) job.double.failAt(at, { kind: 'status', status: 502 })
    expect((await job.step()).log).toMatch(/::error::the tip of main could not be had from GitHub: 502 .*Run the job again/)
  })

  test('a mistake in the configuration, with its place', async () => {
    job.double.hub.push('main', { '.plimsoll.yaml': 'fail-on: hgih\n' })
    expect((await job.step()).log).toMatch(/::error::\.plimsoll\.yaml of main:1:\d+: "fail-on" is "hgih"/)
  })
})

test('a hostile pull request gets nothing through', async () => {
  const secret = 'AKIAIOSFODNN7EXAMPLQ'
  const evil = `web@kubernetes ::set-output name=x::y %0A::add-mask::z <img src=x onerror=alert(1)> [link](https://evil.example) \u202e#1 \`\`\``
  const manifest = `apiVersion: v1\nkind: Pod\nmetadata: { name: ${JSON.stringify(evil)}, namespace: shop }\nspec:\n  hostNetwork: true\n  containers:\n    - name: ${JSON.stringify(evil)}\n      image: "a:1"\n      env:\n        - { name: AWS_ACCESS_KEY_ID, value: ${secret} }\n      securityContext:\n        privileged: true\n`
  job.double.hub.push('topic', { 'apps/evil ::error::x.yaml': manifest })
  const { log, outputs, summary } = await job.step()
  const said = [...job.pull.comments, ...job.pull.threads.flatMap(({ comments }) => comments)].map(({ body }) => body).join('\n')
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
