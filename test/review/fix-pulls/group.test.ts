// How fixes become pull requests: names that are the same in every run, and what is never touched.

import { expect, test } from 'vitest'
import type { Offer } from '../../../src/fix/offer.ts'
import { fixGroupsOf, foldersIn, type Grouping } from '../../../src/review/fix-pulls/group.ts'

const offer = (path: string, rule = 'host-network', severity = 'high', fingerprint = path) =>
  ({ fixes: [{ findings: [{ rule: { id: rule }, severity, fingerprint }] }], edits: [{ path }] }) as unknown as Offer
const by = (grouping: Grouping, key = 'default') => ({
  grouping,
  key,
  componentOf: ({ edits }: Offer) => foldersIn(['a/Chart.yaml', 'a/templates/x.yaml', 'b/y.yaml'])(edits[0]?.path ?? ''),
})
const names = (offers: readonly Offer[], grouping: Grouping) => fixGroupsOf(offers, by(grouping)).map(({ name }) => name)

test('the worst group comes first, then the largest, then by name', () => {
  const offers = [
    offer('c/1.yaml'),
    offer('b/y.yaml', 'x', 'critical'),
    offer('a/templates/x.yaml'),
    offer('a/values.yaml'),
    offer('d/1.yaml'),
  ]
  expect(names(offers, 'component')).toEqual(['b', 'a', 'c', 'd'])
  expect(names(offers, 'rule')).toEqual(['x', 'host-network'])
  expect(names(offers, 'one')).toEqual([''])
})

test('a branch is named by key, grouping and group alone, readable, and never that of another', () => {
  const branch = (path: string, grouping: Grouping = 'component', key = 'default') =>
    fixGroupsOf([offer(path)], by(grouping, key))[0]?.branch
  expect(branch('Apps/Web Shop/1.yaml')).toMatch(/^plimsoll\/fix\/apps-web-shop-[0-9a-f]{8}$/)
  expect(branch('1.yaml')).toMatch(/^plimsoll\/fix\/all-[0-9a-f]{8}$/)
  const long = `${'deep/'.repeat(40)}x.yaml`
  expect(branch(long)?.length).toBeLessThan(70)
  const all = [
    branch('b/1.yaml'),
    branch('b/1.yaml', 'rule'),
    branch('b/1.yaml', 'one'),
    branch('b/1.yaml', 'component', 'other'),
    branch('B/1.yaml'),
  ]
  expect(new Set(all).size).toBe(all.length)
  expect(branch('b/1.yaml')).toBe(branch('b/2.yaml'))
})

test('no workflow is touched, and no path that GitHub could not be told', () => {
  expect(names([offer('.github/workflows/ci.yaml'), offer('b/\\xff.yaml')], 'one')).toEqual([])
})

test('a component is the nearest chart or kustomization, else the folder', () => {
  const componentOf = foldersIn(['a/Chart.yaml', 'a/charts/b/Chart.yaml', 'c/kustomization.yml', 'Kustomization'])
  expect(['a/templates/x.yaml', 'a/charts/b/values.yaml', 'c/deep/y.yaml', 'd/e/z.yaml'].map(componentOf)).toEqual([
    'a',
    'a/charts/b',
    'c',
    '',
  ])
  expect(foldersIn([])('d/e/z.yaml')).toBe('d/e')
})
