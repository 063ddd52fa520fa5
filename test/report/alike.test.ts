// What holds of several targets is said once, and nothing of it is lost.

import { describe, expect, test } from 'vitest'
import { gapsAlike, problemsAlike } from '../../src/report/alike.ts'
import { html } from '../../src/report/html.ts'
import { json } from '../../src/report/json.ts'
import { markdown } from '../../src/report/markdown.ts'
import type { ReportedProblem } from '../../src/report/report.ts'
import { terminal } from '../../src/report/terminal.ts'
import { sampleReport } from './sample.ts'

const look = { color: false, width: 100 }
const failed = (target: string, parts: Partial<ReportedProblem> = {}): ReportedProblem => ({
  code: 'render-failed',
  state: 'new',
  counts: true,
  path: 'chart/templates/web.yaml',
  line: 8,
  target,
  message: `${target} could not be rendered: name the berth`,
  hint: 'Mend it.',
  ...parts,
})
const said = (problems: readonly ReportedProblem[]) => problemsAlike(problems).map(({ item, names }) => [item.message, names])

describe('problems', () => {
  test('of several targets in the same words are one, with their number', () => {
    expect(said([failed('chart a'), failed('chart b'), failed('chart c')])).toEqual([
      ['3 targets could not be rendered: name the berth', ['chart a', 'chart b', 'chart c']],
    ])
  })

  test('name their places where these differ, unless the name tells it', () => {
    const elsewhere = failed('kustomization prod', { path: 'prod/kustomization.yaml' })
    const [group] = problemsAlike([failed('chart a'), elsewhere, failed('kustomization b', { path: 'b' })])
    expect(group?.names).toEqual([
      'chart a (chart/templates/web.yaml:8)',
      'kustomization prod (prod/kustomization.yaml:8)',
      'kustomization b (b:8)',
    ])
    expect(gapsAlike([gap('a in x.yaml', 'x.yaml'), gap('b', 'y.yaml')])[0]?.names).toEqual(['a in x.yaml', 'b (y.yaml)'])
  })

  test.each<readonly [string, Partial<ReportedProblem>]>([
    ['another reason', { message: 'chart b could not be rendered: nil pointer' }],
    ['another advice', { hint: 'Wait.' }],
    ['another state', { state: 'unchanged' }],
    ['another weight', { counts: false }],
    ['another code', { code: 'render-deadline' }],
  ])('with %s stand alone', (_, parts) => {
    expect(problemsAlike([failed('chart a'), failed('chart b', parts)])).toHaveLength(2)
  })

  test('of files stand alone: each has to be opened; so do two places of one target', () => {
    const { target: _, ...file } = failed('', { message: 'the file is not valid UTF-8' })
    expect(said([file, { ...file, path: 'b.yaml' }])).toEqual([
      ['the file is not valid UTF-8', []],
      ['the file is not valid UTF-8', []],
    ])
    expect(said([failed('chart a'), failed('chart a', { line: 9 })])).toHaveLength(2)
  })
})

const gap = (name: string, path = 'apps.yaml') => ({ name, path, message: 'chart ledger was not fetched', hint: 'Allow it.' })

test('what is not rendered for one reason is one; what most share comes first', () => {
  const alone = { ...gap('z'), message: 'jsonnet' }
  expect(gapsAlike([alone, gap('a'), gap('b')]).map(({ item: { name }, names }) => [name, names])).toEqual([
    ['2 targets', ['a', 'b']],
    ['z', []],
  ])
})

test('thirty targets are a line or two in every text, all of them by name in a fold, and each in JSON', () => {
  const thirty = Array.from({ length: 30 }, (_, at) => `argocd/shop-${at}`)
  const sample = sampleReport({ findings: [], problems: thirty.map((target) => failed(target)) })
  const report = { ...sample, coverage: { ...sample.coverage, notRendered: thirty.map((name) => gap(name)) } }
  const text = terminal(report, look)
  expect(text.match(/30 targets/g)).toHaveLength(2)
  expect(text).toContain('argocd/shop-0, argocd/shop-1, argocd/shop-2 and 27 more')
  for (const format of [markdown, html]) {
    const page = format(report, look)
    expect([page.match(/could not be rendered/g)?.length, page.match(/was not fetched/g)?.length]).toEqual([1, 1])
    expect(page.match(/argocd\/shop-29/g)).toHaveLength(2)
    expect(page.match(/<details>/g)?.length).toBe(page.match(/<\/details>/g)?.length)
  }
  const read = JSON.parse(json(report)) as typeof report
  expect([read.problems.length, read.coverage.notRendered.length]).toEqual([30, 30])
})
