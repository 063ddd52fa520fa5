// One environment, or several where copies show it.

import { expect, test } from 'vitest'
import { environmentsOf, isCalledEnvironment, placeOf } from '../../src/discover/environments.ts'
import type { Graph } from '../../src/discover/graph.ts'
import type { ChartTarget } from '../../src/discover/target.ts'
import { chartTarget, kustomizationTarget } from '../render/sample.ts'

/** A graph of Pods: names by path. */
function graph(names: Readonly<Record<string, readonly string[]>>): Pick<Graph, 'targets'> {
  const targets = Object.entries(names).map(([path, pods]) => ({
    kind: 'manifest' as const,
    id: path,
    inputs: [path],
    environments: [],
    unrendered: false,
    resources: pods.map((name) => ({
      id: { group: '', kind: 'Pod', namespace: '', name },
      apiVersion: 'v1',
      value: {},
      document: { path, text: '', lineStarts: [0], yaml: { span: { start: 0, end: 0 }, value: {}, duplicates: [] }, index: 0 },
      base: '',
    })),
  }))
  return { targets }
}

function environments(names: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  const of = environmentsOf([graph(names)], [])
  return Object.fromEntries(Object.keys(names).map((path) => [path, of(path)]))
}

test('without copies the repository is one environment', () => {
  expect(environments({ 'a/x.yaml': ['x'], 'b/y.yaml': ['y'], 'z.yaml': ['z'] })).toEqual({ 'a/x.yaml': '', 'b/y.yaml': '', 'z.yaml': '' })
})

test('copies split at the first folder where their paths differ, with all that lies below', () => {
  expect(
    environments({
      'envs/staging/api.yaml': ['api'],
      'envs/production/api.yaml': ['api'],
      'envs/production/db/db.yaml': ['db'],
      'envs/ns.yaml': ['ns'],
      'envs/test/x.yaml': ['x'],
    }),
  ).toEqual({
    'envs/staging/api.yaml': 'envs/staging',
    'envs/production/api.yaml': 'envs/production',
    'envs/production/db/db.yaml': 'envs/production',
    'envs/ns.yaml': '',
    'envs/test/x.yaml': '',
  })
})

test('copies in one folder split nothing', () => {
  expect(environments({ 'a/x.yaml': ['x'], 'a/y.yaml': ['x'] })).toEqual({ 'a/x.yaml': '', 'a/y.yaml': '' })
})

test('a copy below the folder of another stands apart from it', () => {
  expect(environments({ 'deploy/x.yaml': ['x'], 'deploy/prod/x.yaml': ['x'] })).toEqual({
    'deploy/x.yaml': '',
    'deploy/prod/x.yaml': 'deploy/prod',
  })
})

test('three copies split twice, and the deepest folder counts', () => {
  expect(environments({ 'a/eu/x.yaml': ['x'], 'a/us/x.yaml': ['x'], 'b/x.yaml': ['x'], 'a/y.yaml': ['y'] })).toEqual({
    'a/eu/x.yaml': 'a/eu',
    'a/us/x.yaml': 'a/us',
    'b/x.yaml': 'b',
    'a/y.yaml': 'a',
  })
})

test('objects without a name, or with one that the cluster completes, are no copies', () => {
  expect(environments({ 'a/x.yaml': ['', 'job-*'], 'b/x.yaml': ['', 'job-*'] })).toEqual({ 'a/x.yaml': '', 'b/x.yaml': '' })
})

test('a file that is moved splits nothing; a copy at head splits base as well', () => {
  const moved = environmentsOf([graph({ 'a/x.yaml': ['x'] }), graph({ 'b/x.yaml': ['x'] })], [])
  expect(moved('a/x.yaml')).toBe('')
  const copied = environmentsOf([graph({ 'a/x.yaml': ['x'] }), graph({ 'a/x.yaml': ['x'], 'b/x.yaml': ['x'] })], [])
  expect(copied('a/x.yaml')).toBe('a')
})

test('a name from the configuration wins, the first that matches', () => {
  const named = [
    { name: 'live', paths: ['envs/production', 'hotfix/**'] },
    { name: 'all', paths: ['**'] },
  ]
  const of = environmentsOf([graph({ 'envs/production/x.yaml': ['x'], 'envs/staging/x.yaml': ['x'] })], named)
  expect([of('envs/production/x.yaml'), of('hotfix/y.yaml'), of('envs/staging/x.yaml')]).toEqual(['live', 'live', 'all'])
})

test('a target stands where its root does, else where what it renders lies', () => {
  const of = (path: string) => /^(?:apps\/[^/]+|gate)\//.exec(path)?.[0] ?? ''
  const built = (path: string) => placeOf(kustomizationTarget({ folder: 'gate', root: { kind: 'Application', path, name: 'gate' } }), of)
  expect(built('apps/staging/gate.yaml')).toBe('apps/staging/')
  expect(built('root.yaml')).toBe('gate/')
  const chart = (source: ChartTarget['chart']) => placeOf(chartTarget({ chart: source }), of)
  expect(chart({ kind: 'tree', path: 'gate' })).toBe('gate/')
  expect(chart({ kind: 'repository', repository: 'https://charts.ferry.example', name: 'gate', version: '1' })).toBe('')
})

test.each([
  ['production', true],
  ['apps/eu-prod', true],
  ['team/dev2/web', true],
  ['pre-prod', true],
  ['clusters/north', true],
  ['environments/x', true],
  ['', false],
  ['apps/web', false],
  ['products', false],
  ['tests/expected', false],
  ['device-plugin', false],
])('whether "%s" is called as environments are: %s', (place, expected) => {
  expect(isCalledEnvironment(place)).toBe(expected)
})
