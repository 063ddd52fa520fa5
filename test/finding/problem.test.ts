// Which problems are new, and which of them count.

import { expect, test } from 'vitest'
import type { Problem } from '../../src/discover/graph.ts'
import { type Counting, compareProblems, presentProblems } from '../../src/finding/problem.ts'

const problem = (path: string, line = 1, message = 'the file breaks'): Problem => ({
  code: 'yaml-syntax',
  path,
  line,
  message,
  hint: 'Mend it.',
})

const untouched = { previousPath: (path: string) => path, touched: (_: string) => false, inputsOf: (_: string): readonly string[] => [] }

function told(base: readonly Problem[], head: readonly Problem[], paths = untouched, counting: Counting = 'new'): readonly string[] {
  return compareProblems({ base, head }, paths, counting).map(({ path, state, counts }) => `${path} ${state}${counts ? ' counts' : ''}`)
}

test('a new one counts, an old one is reported, one that is gone is fixed', () => {
  expect(told([problem('old.yaml'), problem('gone.yaml')], [problem('old.yaml'), problem('new.yaml')])).toEqual([
    'old.yaml unchanged',
    'new.yaml new counts',
    'gone.yaml fixed',
  ])
})

test('an old one that slid to another line is old', () => {
  expect(told([problem('a.yaml', 3)], [problem('a.yaml', 30)])).toEqual(['a.yaml unchanged'])
})

test('an old one counts where the change touches its file', () => {
  expect(told([problem('a.yaml')], [problem('a.yaml')], { ...untouched, touched: () => true })).toEqual(['a.yaml unchanged counts'])
})

test('an old one moves with its file', () => {
  expect(told([problem('a.yaml')], [problem('b.yaml')], { ...untouched, previousPath: () => 'a.yaml' })).toEqual(['b.yaml unchanged'])
})

test('two of a kind where there was one: one is new', () => {
  expect(told([problem('a.yaml')], [problem('a.yaml', 1), problem('a.yaml', 9)])).toEqual(['a.yaml unchanged', 'a.yaml new counts'])
})

test('another message is another problem', () => {
  expect(told([problem('a.yaml')], [problem('a.yaml', 1, 'it is encrypted')])).toEqual(['a.yaml new counts', 'a.yaml fixed'])
})

test('a target that failed before and fails for another reason now is old, and counts where the change touches the file to blame', () => {
  const before: Problem = { ...problem('chart/a.yaml', 3, 'chart a could not be rendered: x'), code: 'render-failed', target: 'chart a' }
  const after = { ...before, code: 'render-deadline', path: 'chart/b.yaml', message: 'chart a could not be rendered: y' }
  expect(told([before], [after])).toEqual(['chart/b.yaml unchanged'])
  expect(told([before], [after], { ...untouched, touched: (path) => path === 'chart/b.yaml' })).toEqual(['chart/b.yaml unchanged counts'])
  expect(told([before], [{ ...after, target: 'chart b' }])).toEqual(['chart/b.yaml new counts', 'chart/a.yaml fixed'])
})

test('a new target that fails where and why another failed before is no news', () => {
  const one = (target: string, parts: Partial<Problem> = {}): Problem => ({
    ...problem('chart/Chart.yaml', 1, `${target} could not be rendered: it has no version`),
    ...{ code: 'render-failed', target },
    ...parts,
  })
  expect(told([one('chart a')], [one('chart a'), one('chart a with prod.yaml')])).toEqual([
    'chart/Chart.yaml unchanged',
    'chart/Chart.yaml unchanged',
  ])
  expect(told([one('chart a')], [one('chart a'), one('chart b', { path: 'b/Chart.yaml' })])).toEqual([
    'chart/Chart.yaml unchanged',
    'b/Chart.yaml new counts',
  ])
})

test('a target that fails anew tells which of its files the change touches', () => {
  const broken: Problem = { ...problem('chart/a.yaml'), code: 'render-failed', target: 'chart a' }
  const paths = { ...untouched, touched: (path: string) => path === 'v.yaml', inputsOf: () => ['chart/a.yaml', 'v.yaml'] }
  const touched = (base: readonly Problem[], head: readonly Problem[]) =>
    compareProblems({ base, head }, paths, 'new').map((one) => one.touched)
  expect(touched([], [broken])).toEqual([['v.yaml']])
  expect([touched([broken], [broken]), touched([], [problem('v.yaml')])]).toEqual([[undefined], [undefined]])
})

test('with "any" the old ones count, with "never" none does', () => {
  expect(told([problem('a.yaml')], [problem('a.yaml')], untouched, 'any')).toEqual(['a.yaml unchanged counts'])
  expect(told([], [problem('a.yaml')], untouched, 'never')).toEqual(['a.yaml new'])
})

test('in a scan each one counts, unless none shall', () => {
  const counts = (counting: Counting) => presentProblems([problem('a.yaml')], counting).map((one) => [one.state, one.counts])
  expect(counts('new')).toEqual([['present', true]])
  expect(counts('any')).toEqual([['present', true]])
  expect(counts('never')).toEqual([['present', false]])
})

test('an entry that changes nothing counts only where that is news', () => {
  const idle: Problem = { ...problem('prod/kustomization.yaml'), code: 'idle-entry', target: 'kustomization prod' }
  expect(told([], [idle])).toEqual(['prod/kustomization.yaml new counts'])
  expect(told([idle], [idle], { ...untouched, touched: () => true })).toEqual(['prod/kustomization.yaml unchanged'])
  expect(presentProblems([idle], 'new').map(({ counts }) => counts)).toEqual([false])
  expect(presentProblems([idle], 'any').map(({ counts }) => counts)).toEqual([true])
})

test('that a target was left out on both sides is no old problem', () => {
  const leftOut: Problem = {
    ...problem('chart/Chart.yaml', 1, 'chart a could not be rendered'),
    code: 'render-left-out',
    target: 'chart a',
  }
  expect(told([leftOut], [leftOut])).toEqual(['chart/Chart.yaml new counts'])
  expect(told([leftOut], [{ ...leftOut, code: 'render-failed' }])).toEqual(['chart/Chart.yaml new counts'])
  expect(told([leftOut], [])).toEqual([])
})
