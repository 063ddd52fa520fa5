// What was looked at and what was not.

import { expect, test } from 'vitest'
import type { Graph } from '../../src/discover/graph.ts'
import { coverageOf } from '../../src/report/coverage.ts'
import { judgedText, skippedGroups } from '../../src/report/coverage-text.ts'
import { graphOf, manifest } from '../discover/tree.ts'

const graph = graphOf({
  'a.yaml': `${manifest('Service', 'a')}---\n${manifest('Service', 'b')}`,
  'b.yaml': manifest('Deployment', 'b'),
  'k/c.yaml': manifest('Deployment', 'c'),
  'k/kustomization.yaml': 'resources: [c.yaml]\n',
  'broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {\n---\napiVersion: v1\nkind: Pod\nmetadata: [\n',
  'values.yaml': 'a: 1\n',
  'note.txt': 'no manifest',
})
const looked = (of: Graph, rules: number, ...ids: readonly string[]) => {
  const sights = of.targets
    .filter(({ id }) => ids.includes(id))
    .map((target) => ({ target, resources: target.resources, parts: [], environments: [''], place: '' }))
  return coverageOf({ graph: of, sights, rendered: [], unresolved: [] }, rules)
}

test('files, objects and gaps are counted once each', () => {
  const coverage = looked(graph, 12, 'a.yaml', 'k/c.yaml')
  expect(coverage).toMatchObject({
    files: 6,
    judgedFiles: 2,
    judgedObjects: 3,
    unrenderedFiles: 1,
    unaffectedFiles: 1,
    failedFiles: 1,
    rules: 12,
  })
  expect(coverage.skipped.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'k/kustomization.yaml kustomization',
    'values.yaml values-file',
  ])
})

test('in words', () => {
  expect(judgedText(looked(graph, 12, 'a.yaml', 'k/c.yaml'), 'review')).toBe(
    '3 objects in 2 files judged by 12 rules, 1 of them unrendered, 1 file not touched, 1 failed',
  )
  expect(judgedText(looked(graphOf({}), 1), 'scan')).toBe('0 objects in 0 files judged by 1 rule')
})

test('gaps are told by reason, the most frequent first, and by name where they look like Kubernetes', () => {
  const gap = (path: string, reason: string, attention: boolean) => ({ path, reason, attention })
  const skips = [
    gap('a', 'encrypted', true),
    gap('b', 'empty', false),
    gap('c', 'empty', false),
    gap('a', 'encrypted', true),
    gap('d', 'empty', false),
  ]
  expect(skippedGroups(skips)).toEqual([
    { reason: 'empty', count: 3, aloud: [] },
    { reason: 'encrypted', count: 2, aloud: ['a'] },
  ])
})
