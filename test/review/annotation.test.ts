// Annotations and checks within GitHub's limits, for where no comment can be written and where a check is asked for.

import { expect, test } from 'vitest'
import { annotationsOf } from '../../src/review/annotation.ts'
import { checkOf } from '../../src/review/check.ts'
import { sampleFinding, sampleReport } from '../report/sample.ts'

const many = (['critical', 'high', 'medium', 'low', 'info'] as const).flatMap((severity) =>
  Array.from({ length: 30 }, () => sampleFinding({ severity })),
)

test('a log shows ten of each level, so no more are written: critical and high as errors, medium as warnings, the rest as notices', () => {
  const annotations = annotationsOf(sampleReport({ findings: many }))
  expect(['error', 'warning', 'notice'].map((level) => annotations.filter((one) => one.level === level).length)).toEqual([10, 10, 10])
  expect(annotations[0]).toMatchObject({ path: 'web.yaml', line: 12, title: expect.stringContaining('critical: ') })
})

test('nothing is said of what was there before, is fixed or accepted', () => {
  const findings = [
    sampleFinding({ state: 'unchanged' }),
    sampleFinding({ state: 'fixed' }),
    sampleFinding({ suppression: { reason: 'x', source: 'y' } }),
  ]
  expect(annotationsOf(sampleReport({ findings }))).toEqual([])
})

test('what could not be looked at is said on the line that is to blame, where it counts', () => {
  const problem = { code: 'render-failed', state: 'new', path: 'a.yaml', message: 'the chart breaks', hint: 'Mend it.' } as const
  const problems = [
    { ...problem, counts: true, line: 8 },
    { ...problem, counts: true, path: 'no-line.yaml' },
    { ...problem, counts: false, line: 9 },
  ]
  expect(annotationsOf(sampleReport({ findings: [], problems }))).toEqual([
    { level: 'error', path: 'a.yaml', line: 8, title: 'Could not be looked at', message: 'the chart breaks. Mend it.' },
  ])
})

test('a line of the log cannot be forged', () => {
  const [annotation] = annotationsOf(sampleReport({ findings: [sampleFinding({ message: 'a\n::error::b\u001b[2J\u202e' })] }))
  expect(annotation?.message).toBe('a\\u{a}::error::b\\u{1b}[2J\\u{202e}')
})

test('a check fails with the verdict and stays within the limits of the checks API', () => {
  const check = checkOf(sampleReport({ findings: many, verdictReason: 'x'.repeat(400) }), 'default', `${'y'.repeat(70_000)}`)
  expect([check.name, check.conclusion]).toEqual(['Plimsoll', 'failure'])
  expect([check.title.length, check.summary.length <= 65_535, check.annotations.length <= 50]).toEqual([255, true, true])
  expect(checkOf(sampleReport({ findings: [], verdict: 'pass' }), 'apps', '')).toMatchObject({
    name: 'Plimsoll (apps)',
    conclusion: 'success',
  })
})

test('a check shows the summary without what is written for us alone', () => {
  const check = checkOf(sampleReport(), 'default', `### Plimsoll\n\n<!-- plimsoll-summary default ${'a'.repeat(40)} -->`)
  expect(check.summary).toBe('### Plimsoll')
})
