// The recipe for one run on the real GitHub, as far as it can be tried without: the flow on the double, and the comparison of records.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { differences } from '../../scripts/smoke/compare.ts'
import { play } from '../../scripts/smoke/flow.ts'
import { type Heard, recorded, shapeOf } from '../../scripts/smoke/record.ts'
import { connect } from '../../src/io/github.ts'
import { type Double, startDouble } from './double.ts'
import { deployment, reviewOf } from './shop.ts'

let double: Double
beforeAll(async () => {
  double = await startDouble()
})
afterAll(() => double.stop())

test('the flow says a review, is refused outside of the diff, and sees a fix', async () => {
  double.hub.push('main', { 'web.yaml': deployment('web') })
  double.hub.push('topic', { 'web.yaml': deployment('web', { privileged: true }) })
  const pull = double.hub.open('topic')
  const heard: Heard[] = []
  const github = recorded(connect('ghs_actions', { api: double.url, pace: 1, tell: () => {} }), heard)
  const mended = async () => {
    double.hub.push('topic', { 'web.yaml': `# mended\n${deployment('web')}` })
    return reviewOf(double, pull)
  }
  await play({ owner: 'acme', repo: 'shop', number: pull.number, github, faulty: () => reviewOf(double, pull), mended })
  expect(pull.threads[0]?.comments[0]).toMatchObject({ isMinimized: true, body: expect.stringContaining('✅ Fixed as of') })
  expect(heard.map(({ call, status }) => `${call} ${status}`)).toContain('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments 422')
  expect(differences(heard, heard)).toEqual([])
  expect(double.violations).toEqual([])
})

test('a difference is told: another type, a field that is not there, another status', () => {
  const heard = (status: number, value: unknown): readonly Heard[] => [{ call: 'GET /x', status, shape: shapeOf(value) }]
  const double = heard(200, { id: 7, list: [{ name: 'a' }], gone: null })
  expect(differences(heard(200, { id: 7, list: [{ name: 'a', more: 1 }], gone: null, extra: true }), double)).toEqual([])
  expect(differences(heard(200, { id: '7', list: [], gone: 'a' }), double)).toEqual([
    'GET /x: id is string at GitHub, number at the double',
  ])
  expect(differences(heard(200, { id: 7, gone: null }), double)).toEqual(['GET /x: GitHub gives no list[].name'])
  expect(differences(heard(201, { id: 7, list: [], gone: null }), double)).toEqual([expect.stringContaining('the calls differ')])
})
