// Pass, fail or incomplete.

import { expect, test } from 'vitest'
import type { ReportedFinding, ReportedProblem } from '../../src/report/report.ts'
import { isFresh, verdictOf } from '../../src/report/verdict.ts'
import { sampleFinding } from './sample.ts'

const finding = (state: ReportedFinding['state'], severity: ReportedFinding['severity'] = 'high') => sampleFinding({ state, severity })
const problem = (counts: boolean): ReportedProblem => ({ code: 'x', state: 'new', counts, path: 'a.yaml', message: 'm', hint: 'h' })
const answered = sampleFinding({ state: 'new', suppression: { reason: 'known', source: 'policy' } })

test.each<readonly [string, readonly ReportedFinding[], readonly ReportedProblem[], string, string]>([
  ['nothing', [], [], 'pass', 'nothing found'],
  ['what was there before', [finding('unchanged', 'critical')], [], 'pass', 'nothing got worse'],
  ['what was fixed', [finding('fixed', 'critical')], [], 'pass', 'nothing got worse'],
  ['a new finding at the gate', [finding('new')], [], 'fail', '1 finding at or above the gate "high"'],
  ['a worse one above it', [finding('worsened', 'critical')], [], 'fail', '1 finding at or above the gate "high"'],
  ['two of a scan', [finding('present'), finding('present')], [], 'fail', '2 findings at or above the gate "high"'],
  ['a new one below it', [finding('new', 'medium')], [], 'pass', '1 finding below the gate "high"'],
  ['one that somebody answered for', [answered], [], 'pass', 'nothing got worse'],
  ['a problem that counts', [], [problem(true)], 'incomplete', '1 problem kept something from being looked at'],
  ['a problem that does not', [], [problem(false)], 'pass', 'nothing found in what could be looked at'],
  [
    'a problem beside a finding below the gate',
    [finding('new', 'low')],
    [problem(true), problem(true)],
    'incomplete',
    '2 problems kept something from being looked at',
  ],
  ['a problem beside a finding at the gate', [finding('new')], [problem(true)], 'fail', '1 finding at or above the gate "high"'],
])('%s', (_, findings, problems, verdict, reason) => {
  expect(verdictOf(findings, problems, { own: 'high', upstream: 'never' })).toEqual({ verdict, reason })
})

test('a gate of "never" lets findings pass, not gaps', () => {
  expect(verdictOf([finding('new', 'critical')], [], { own: 'never', upstream: 'never' })).toEqual({
    verdict: 'pass',
    reason: '1 finding, and the gate is "never"',
  })
  expect(verdictOf([finding('new', 'critical')], [problem(true)], { own: 'never', upstream: 'never' }).verdict).toBe('incomplete')
})

test.each([
  ['critical', 'fail'],
  ['high', 'fail'],
  ['medium', 'fail'],
  ['low', 'pass'],
  ['info', 'pass'],
] as const)('at a gate of medium a new %s finding is a %s', (severity, verdict) => {
  expect(verdictOf([finding('new', severity)], [], { own: 'medium', upstream: 'never' }).verdict).toBe(verdict)
})

test('fresh is what the change brought or a scan found, unless somebody answered for it', () => {
  const states = ['new', 'worsened', 'present', 'unchanged', 'fixed'] as const
  expect(states.filter((state) => isFresh(finding(state)))).toEqual(['new', 'worsened', 'present'])
  expect(isFresh(answered)).toBe(false)
})
