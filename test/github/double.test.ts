// The double itself: it refuses what GitHub refuses, tells what breaks the contract, and gives nothing that it does not model.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../src/io/github.ts'
import { type Double, startDouble } from './double.ts'
import { pullEvent } from './event.ts'
import { newLimiter } from './limit.ts'
import { deployment } from './shop.ts'
import type { Pull } from './state.ts'
import { strictly } from './strict.ts'
import { deliver, deliveryOf } from './webhook.ts'

let double: Double
let pull: Pull
beforeEach(async () => {
  double = await startDouble()
  double.hub.push('main', { 'web.yaml': deployment('web') })
  double.hub.push('topic', { 'web.yaml': deployment('web', { privileged: true }) })
  pull = double.hub.open('topic')
})
afterEach(() => double.stop())

const here = { owner: 'acme', repo: 'shop' }
const github = (token = 'ghs_actions') => strictly(connect(token, { api: double.url, pace: 1, tell: () => {} }))
const statusOf = (call: Promise<unknown>) => call.then(() => 200).catch((thrown: { readonly status?: number }) => thrown.status)
const comment = (parts: object) => ({
  ...here,
  pull_number: 1,
  commit_id: double.hub.headOf(pull),
  path: 'web.yaml',
  body: 'x',
  line: 20,
  ...parts,
})

describe('refuses with 422', () => {
  test.each([
    ['a line outside of the diff', { line: 2 }],
    ['a line of the other side', { line: 20, side: 'LEFT' as const }],
    ['a path that the change does not touch', { path: 'other.yaml' }],
    ['another commit', { commit_id: 'f'.repeat(40) }],
    ['an empty body', { body: '' }],
    ['a body that is too long', { body: 'x'.repeat(70_000) }],
  ])('%s, and takes none of a review that has it', async (_, parts) => {
    const { commit_id, ...rest } = comment(parts)
    expect(await statusOf(github().rest.pulls.createReviewComment(comment(parts)))).toBe(422)
    const review = {
      ...here,
      pull_number: 1,
      commit_id,
      event: 'COMMENT' as const,
      body: 'y',
      comments: [{ path: 'web.yaml', body: 'x', line: 20 }, rest],
    }
    expect(await statusOf(github().rest.pulls.createReview(review))).toBe(422)
    expect(pull.threads).toEqual([])
  })

  test('a review without words, and a request for changes by the author', async () => {
    const review = { ...here, pull_number: 1, event: 'COMMENT' as const }
    expect(await statusOf(github().rest.pulls.createReview(review))).toBe(422)
    double.hub.open('topic', 'main', 'github-actions[bot]')
    expect(await statusOf(github().rest.pulls.createReview({ ...review, pull_number: 2, event: 'REQUEST_CHANGES', body: 'x' }))).toBe(422)
  })
})

describe('tells as a violation', () => {
  test.each([
    [
      'a field that GitHub does not describe',
      () => github().request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', { ...comment({}), line_number: 20 }),
      'line_number is not described',
    ],
    [
      'a value that it does not take',
      () => github().request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', { ...comment({}), side: 'MIDDLE' } as never),
      'must be equal to one of the allowed values',
    ],
    [
      'a call that it does not describe',
      () => github().request('POST /repos/acme/shop/pulls/1/remarks'),
      'is no call that GitHub describes',
    ],
    [
      'an unknown field of GraphQL',
      () => github().graphql('{ repository(owner: "acme", name: "shop") { nickname } }'),
      'Cannot query field',
    ],
    [
      'a field of GraphQL that it does not model',
      () => github().graphql('{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { permalink } } }'),
      'does not model PullRequest.permalink',
    ],
  ])('%s', async (_, call, message) => {
    await call().catch(() => {})
    expect(double.violations).toEqual([expect.stringContaining(message)])
  })
})

test('a test that reads what the double does not model fails', async () => {
  const { data } = await github().rest.git.getRef({ ...here, ref: 'heads/main' })
  expect(data.object.sha).toBe(double.hub.find('main'))
  expect(() => data.node_id).toThrow('node_id of GET /repos/{owner}/{repo}/git/ref/{ref} is read, which the double does not model')
  expect(() => data.object.url).toThrow('which the double does not model')
})

test('a token may do what its permissions say, and no more', async () => {
  double.tokens.set('ghs_read', { login: 'github-actions[bot]', permissions: { contents: 'read', pull_requests: 'read' } })
  expect(await statusOf(github('ghs_read').rest.git.getRef({ ...here, ref: 'heads/main' }))).toBe(200)
  expect(await statusOf(github('ghs_read').rest.pulls.createReviewComment(comment({})))).toBe(403)
  expect(await statusOf(github('ghs_other').rest.git.getRef({ ...here, ref: 'heads/main' }))).toBe(401)
  expect(await statusOf(github().rest.checks.create({ ...here, name: 'x', head_sha: double.hub.headOf(pull) }))).toBe(403)
})

test('a minute takes eighty requests that create content and nine hundred points, and what is refused does not count', () => {
  let now = 0
  const limiter = newLimiter(1_000, () => now)
  const refused = (count: number, method: string, path = '/repos') =>
    Array.from({ length: count }, () => limiter.count(method, path, false)).filter((seconds) => seconds !== undefined).length
  expect(refused(85, 'POST')).toBe(5)
  expect(refused(510, 'GET')).toBe(10)
  now = 1_000
  expect(refused(80, 'POST')).toBe(0)
})

describe('branches and commits', () => {
  const writer = () => {
    double.tokens.set('ghs_writer', { login: 'github-actions[bot]', permissions: { contents: 'write', pull_requests: 'write' } })
    return github('ghs_writer')
  }
  const nothing = '0'.repeat(40)
  const move = (updates: readonly object[], client = writer()) =>
    client.graphql('mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }', {
      input: { repositoryId: 'R_1', refUpdates: updates },
    })
  const commit = (files: object, parts: object = {}) =>
    writer().graphql<{ readonly createCommitOnBranch: { readonly commit: { readonly oid: string } } }>(
      'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }',
      {
        input: {
          branch: { repositoryNameWithOwner: 'acme/shop', branchName: 'topic' },
          expectedHeadOid: double.hub.find('topic'),
          message: { headline: 'words', body: 'more' },
          fileChanges: files,
          ...parts,
        },
      },
    )
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  test('a commit adds and takes away files, and is signed', async () => {
    const { createCommitOnBranch } = await commit({
      additions: [{ path: 'a/new.yaml', contents: base64('a: 1\n') }],
      deletions: [{ path: 'web.yaml' }],
    })
    const { oid } = createCommitOnBranch.commit
    expect([double.hub.find('topic'), double.hub.signed.has(oid)]).toEqual([oid, true])
    expect(double.hub.sandbox.git('ls-tree', '-r', oid)).toMatch(/^100644 blob \w+\ta\/new\.yaml\n$/)
    expect(double.hub.sandbox.git('log', '-1', '--format=%B', oid).trim()).toBe('words\n\nmore')
  })

  test.each([
    ['another head than is expected', () => commit({}, { expectedHeadOid: double.hub.find('main') }), 'Expected branch to point to'],
    [
      'a branch that is not there',
      () => commit({}, { branch: { repositoryNameWithOwner: 'acme/shop', branchName: 'none' } }),
      'does not exist',
    ],
    ['a workflow', () => commit({ additions: [{ path: '.github/workflows/ci.yaml', contents: '' }] }), 'without `workflows` permission'],
    ['what is no base64', () => commit({ additions: [{ path: 'a', contents: 'a: 1' }] }), 'is no base64'],
    ['a file to take away that is not there', () => commit({ deletions: [{ path: 'none' }] }), 'does not exist'],
    ['a token that only reads', () => move([], github()), 'not accessible by integration'],
    [
      'a branch that is elsewhere',
      () => move([{ name: 'refs/heads/topic', beforeOid: double.hub.find('main'), afterOid: nothing }]),
      'but it did not',
    ],
    [
      'a branch that is there already',
      () => move([{ name: 'refs/heads/topic', beforeOid: nothing, afterOid: double.hub.find('main') }]),
      'but it did not',
    ],
    ['no fast-forward without force', () => move([{ name: 'refs/heads/topic', afterOid: double.hub.find('main') }]), 'no fast-forward'],
  ])('%s is refused', async (_, call, message) => {
    const [topic, main] = [double.hub.find('topic'), double.hub.find('main')]
    await expect(call()).rejects.toThrow(message)
    expect([double.hub.find('topic'), double.hub.find('main'), double.violations]).toEqual([topic, main, []])
  })

  test('branches move all together or none', async () => {
    const [topic, main] = [double.hub.find('topic'), double.hub.find('main')]
    const wrong = { name: 'refs/heads/other', beforeOid: topic, afterOid: main }
    await expect(move([{ name: 'refs/heads/new', beforeOid: nothing, afterOid: main }, wrong])).rejects.toThrow('but it did not')
    expect(double.hub.find('new')).toBeUndefined()
    await move([
      { name: 'refs/heads/new', beforeOid: nothing, afterOid: topic },
      { name: 'refs/heads/topic', beforeOid: topic, afterOid: nothing },
    ])
    expect([double.hub.find('new'), double.hub.find('topic'), pull.state]).toEqual([topic, undefined, 'CLOSED'])
  })

  test('a branch that is put back to its base loses its pull request for good', async () => {
    const topic = double.hub.find('topic')
    await move([{ name: 'refs/heads/topic', afterOid: double.hub.find('main'), force: true }])
    await move([{ name: 'refs/heads/topic', afterOid: topic, force: true }])
    expect(pull.state).toBe('CLOSED')
  })

  test('one pull request is open for a branch, of something that its base lacks, where the setting allows it', async () => {
    const open = (head: string, client = writer()) => statusOf(client.rest.pulls.create({ ...here, head, base: 'main', title: 'x' }))
    expect(await open('topic')).toBe(422)
    expect(await open('none')).toBe(422)
    double.hub.force('same', double.hub.find('main') ?? '')
    expect(await open('same')).toBe(422)
    double.hub.push('other', { 'web.yaml': deployment('web', { host: true }) })
    double.hub.allowsPulls = false
    expect(await open('other')).toBe(403)
    double.hub.allowsPulls = true
    expect(await open('other', github('ghs_none'))).toBe(401)
    expect(await open('other')).toBe(200)
  })
})

test('a webhook is signed, and is the same when it is delivered again', async () => {
  const heard: boolean[] = []
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const own = Buffer.from(`sha256=${createHmac('sha256', 'hush').update(Buffer.concat(chunks)).digest('hex')}`)
      const told = Buffer.from(String(request.headers['x-hub-signature-256']))
      heard.push(own.length === told.length && timingSafeEqual(own, told))
      response.writeHead(202).end()
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const delivery = deliveryOf('pull_request', pullEvent(double.hub, pull), { secret: 'hush', id: 'one' })
  expect([await deliver(url, delivery), await deliver(url, delivery)]).toEqual([202, 202])
  await deliver(url, deliveryOf('pull_request', {}, { secret: 'other', id: 'two' }))
  expect(heard).toEqual([true, true, false])
  await new Promise((done) => receiver.close(done))
})
