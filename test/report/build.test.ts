// From findings to the report: one entry for one thing, in an order that never changes.

import { expect, test } from 'vitest'
import { policyOf } from '../../src/config.ts'
import { buildReport, type Outcome, total } from '../../src/report/build.ts'
import type { Judged } from '../../src/report/judged.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { writtenTrace } from '../../src/trace/spot.ts'
import { findingOf, resourceOf, ruleOf } from '../finding/sample.ts'
import { sampleReport } from './sample.ts'

const traceOf = { base: writtenTrace, head: writtenTrace }
const privileged = ruleOf('privileged-container', { severity: 'critical' })
const tag = ruleOf('image-tag-latest', { severity: 'low' })
const policy = policyOf({}, {}, { source: 'built-in defaults', ignore: [] })

const judged = (rule: Rule, path: string, over: Partial<Judged> = {}, pointer = '/spec'): Judged => ({
  finding: findingOf(rule, resourceOf({ kind: 'Pod', metadata: { name: 'web' }, spec: {} }, path), pointer),
  state: 'new',
  ...over,
})

function report(entries: readonly Judged[], parts: Partial<Outcome> = {}) {
  const { tool, coverage } = sampleReport()
  return buildReport({
    tool,
    mode: 'review',
    base: 'a',
    head: 'b',
    policy,
    belongingOf: () => undefined,
    judged: entries,
    problems: [],
    coverage,
    notes: [],
    rendered: [],
    secretsOf: () => [],
    traceOf,
    ...parts,
  })
}

const places = (entries: readonly Judged[]) =>
  report(entries).findings.map(({ state, rule, location }) => `${state} ${rule} ${location.path}`)

test('new and worse first, then what is unchanged, then what was fixed; the worst first in each', () => {
  const entries = [
    judged(privileged, 'fixed.yaml', { state: 'fixed' }),
    judged(privileged, 'old.yaml', { state: 'unchanged' }),
    judged(tag, 'a.yaml'),
    judged(privileged, 'worse.yaml', { state: 'worsened', before: judged(privileged, 'worse.yaml').finding }),
    judged(privileged, 'b.yaml', {}, '/status'),
  ]
  const expected = [
    'new privileged-container b.yaml',
    'worsened privileged-container worse.yaml',
    'new image-tag-latest a.yaml',
    'unchanged privileged-container old.yaml',
    'fixed privileged-container fixed.yaml',
  ]
  expect(places(entries)).toEqual(expected)
  expect(places([...entries].reverse())).toEqual(expected)
})

test('copies of one object in several files are one entry, at the shortest source', () => {
  const [found, ...others] = report([
    judged(privileged, 'install.yaml'),
    judged(privileged, 'base/pod.yaml'),
    judged(privileged, 'z.yaml'),
  ]).findings
  expect(others).toEqual([])
  expect(found?.location.path).toBe('base/pod.yaml')
  expect(found?.copies.map(({ path }) => path)).toEqual(['install.yaml', 'z.yaml'])
})

test('a bundle is never the source, whatever its name', () => {
  const bundle = judged(privileged, 'a-bundle.yaml')
  const { resource } = bundle.finding
  const document = { ...resource.document, text: '#'.repeat(3_000) }
  const long: Judged = { ...bundle, finding: { ...bundle.finding, resource: { ...resource, document } } }
  expect(report([long, judged(privileged, 'base/pod.yaml')]).findings[0]?.location.path).toBe('base/pod.yaml')
})

test('equal faults of one file stay several entries', () => {
  expect(report([judged(privileged, 'a.yaml'), judged(privileged, 'a.yaml')]).findings).toHaveLength(2)
})

test('what differs in state or severity is never one entry', () => {
  const mild = judged(privileged, 'b.yaml')
  expect(report([judged(privileged, 'a.yaml'), { ...mild, finding: { ...mild.finding, severity: 'low' } }]).findings).toHaveLength(2)
  expect(report([judged(privileged, 'a.yaml'), judged(privileged, 'b.yaml', { state: 'unchanged' })]).findings).toHaveLength(2)
})

test('an entry names every environment once, sorted', () => {
  const inside = (environment: string, path: string): Judged => {
    const entry = judged(privileged, path)
    return { ...entry, finding: { ...entry.finding, environment } }
  }
  expect(report([inside('stage', 'a.yaml'), inside('live', 'b.yaml'), inside('stage', 'c.yaml')]).findings[0]?.environments).toEqual([
    'live',
    'stage',
  ])
})

test('the summary counts entries by state and severity', () => {
  const { summary } = report([judged(privileged, 'a.yaml'), judged(privileged, 'b.yaml'), judged(tag, 'a.yaml', { state: 'fixed' })])
  expect(summary.new).toEqual({ critical: 1, high: 0, medium: 0, low: 0, info: 0 })
  expect(summary.fixed.low).toBe(1)
  expect(Object.values(summary).reduce((sum, counts) => sum + total(counts), 0)).toBe(2)
})

test('the text of every rule that is named is there, and of no other', () => {
  expect(Object.keys(report([judged(tag, 'a.yaml'), judged(privileged, 'a.yaml')]).rules)).toEqual([
    'image-tag-latest',
    'privileged-container',
  ])
})

test('a severity of the policy is told with its reason', () => {
  const own = policyOf(
    { rules: { 'image-tag-latest': { severity: 'high', reason: 'We roll back by tag.' } } },
    {},
    { source: 'p', ignore: [] },
  )
  const entry = judged(tag, 'a.yaml')
  const raised: Judged = { ...entry, finding: { ...entry.finding, severity: 'high' } }
  const [found] = report([raised], { policy: own }).findings
  expect(found).toMatchObject({ severity: 'high', baseSeverity: 'low', override: { severity: 'high', reason: 'We roll back by tag.' } })
})

test('a scan has no base', () => {
  const { tool, coverage } = sampleReport()
  const made = buildReport({
    tool,
    mode: 'scan',
    head: 'b',
    policy,
    belongingOf: () => undefined,
    judged: [],
    problems: [],
    coverage,
    notes: [],
    rendered: [],
    secretsOf: () => [],
    traceOf,
  })
  expect(Object.hasOwn(made, 'base')).toBe(false)
  expect(made.verdict).toBe('pass')
})
