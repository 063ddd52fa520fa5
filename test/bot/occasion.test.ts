// What an event asks for, told apart: pull requests, pushes, merge groups, schedules, and who may not write.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixBranchOf, occasionOf } from '../../src/bot/occasion.ts'

const [base, head] = ['a'.repeat(40), 'b'.repeat(40)]
const own = { id: 1 }
const pull = (parts: object = {}, event: object = {}) => ({
  sender: { id: 5 },
  pull_request: {
    number: 7,
    state: 'open',
    draft: false,
    base: { sha: base, ref: 'main', repo: own },
    head: { sha: head, repo: own },
    ...parts,
  },
  ...event,
})

describe('a pull request', () => {
  test('is reviewed, on the head that the event names', () => {
    expect(occasionOf('pull_request', pull(), 'c'.repeat(40))).toEqual({
      kind: 'pull',
      number: 7,
      base,
      baseBranch: 'main',
      head,
      isDraft: false,
      readOnly: undefined,
    })
  })

  test('that is a draft says so', () => expect(occasionOf('pull_request', pull({ draft: true }), '')).toMatchObject({ isDraft: true }))

  test('that is closed asks for nothing', () => {
    expect(occasionOf('pull_request', pull({ state: 'closed' }), '')).toEqual({ kind: 'nothing', why: 'pull request #7 is closed' })
  })

  test.each([
    ['a fork', pull({ head: { sha: head, repo: { id: 2 } } }), 'of forks'],
    ['a fork that is gone', pull({ head: { sha: head, repo: null } }), 'of forks'],
    ['Dependabot, by its number', pull({}, { sender: { id: 49_699_333, login: 'somebody' } }), 'of Dependabot'],
  ])('of %s has a token that can only read', (_, event, why) => {
    expect(occasionOf('pull_request', event, '')).toMatchObject({ kind: 'pull', readOnly: expect.stringContaining(why) })
  })

  test('of somebody who is called like Dependabot has one that can write', () => {
    const event = pull({}, { sender: { id: 6, login: 'dependabot[bot]' } })
    expect(occasionOf('pull_request', event, '')).toMatchObject({ readOnly: undefined })
  })

  test('of a fork under pull_request_target has one that can write', () => {
    const event = pull({ head: { sha: head, repo: { id: 2 } } })
    expect(occasionOf('pull_request_target', event, '')).toMatchObject({ kind: 'pull', readOnly: undefined })
  })
})

describe('other events', () => {
  test.each([
    ['push', { before: base, after: head }, { kind: 'change', base, head }],
    ['push', { before: '0'.repeat(40), after: head }, { kind: 'tree', head: 'c'.repeat(40) }],
    ['push', { deleted: true, before: base, after: '0'.repeat(40) }, { kind: 'nothing', why: 'the branch was deleted' }],
    ['merge_group', { merge_group: { base_sha: base, head_sha: head } }, { kind: 'change', base, head }],
    ['merge_group', {}, { kind: 'nothing', why: 'the event names no commits' }],
    ['schedule', {}, { kind: 'tree', head: 'c'.repeat(40) }],
    ['workflow_dispatch', {}, { kind: 'tree', head: 'c'.repeat(40) }],
    ['issues', {}, { kind: 'nothing', why: expect.stringContaining('nothing is done on the event "issues"') }],
  ])('%s %j', (name, payload, expected) => expect(occasionOf(name, payload, 'c'.repeat(40))).toEqual(expected))
})

test('whatever a payload holds, it is read or refused, and no commit is believed that is none', () => {
  const names = fc.constantFrom('pull_request', 'pull_request_target', 'push', 'merge_group', 'schedule')
  const field = fc.constantFrom(
    'pull_request',
    'base',
    'head',
    'sha',
    'ref',
    'repo',
    'id',
    'number',
    'before',
    'after',
    'merge_group',
    'base_sha',
    'head_sha',
    'state',
  )
  const payload = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(base, '--upload-pack=x', '$(id)', 7, null, '0'.repeat(40)),
      fc.dictionary(field, tie('value')),
      fc.array(tie('value'), { maxLength: 2 }),
    ),
  })).value
  fc.assert(
    fc.property(names, payload, (name, event) => {
      const occasion = occasionOf(name, event, head)
      const commits = Object.entries(occasion).filter(([key]) => key === 'base' || key === 'head')
      for (const [, commit] of commits) expect(commit).toMatch(/^[0-9a-f]{40}$/)
    }),
    { numRuns: 2_000 },
  )
})

describe('fix pull requests', () => {
  const event = { repository: { default_branch: 'trunk' } }

  test.each([
    ['push', event, 'refs/heads/trunk'],
    ['workflow_dispatch', event, 'refs/heads/trunk'],
    ['schedule', {}, 'refs/heads/trunk'],
  ])('are opened on %s of the default branch', (name, payload, ref) => {
    expect(fixBranchOf(name, payload, ref)).toEqual({ branch: 'trunk' })
  })

  test.each([
    ['push', event, 'refs/heads/topic', 'topic is not it'],
    ['push', {}, 'refs/heads/trunk', 'trunk is not it'],
    ['push', event, 'refs/tags/trunk', 'refs/tags/trunk is no branch'],
    ['workflow_dispatch', event, 'refs/heads/topic', 'topic is not it'],
    ['pull_request', event, 'refs/heads/trunk', 'not on pull_request'],
    ['pull_request_target', event, 'refs/heads/trunk', 'not on pull_request_target'],
    ['merge_group', event, 'refs/heads/trunk', 'not on merge_group'],
  ])('are not on %s with %j of %s', (name, payload, ref, why) => {
    expect(fixBranchOf(name, payload, ref)).toEqual({ why: expect.stringContaining(why) })
  })
})
