// Targets of the configuration.

import { expect, test } from 'vitest'
import type { DeclaredTarget } from '../../src/discover/selection.ts'
import { idsOf, targetOf, unresolvedOf, valuesOf } from './rendered.ts'
import { type Files, graphOf, manifest } from './tree.ts'

const files: Files = {
  'charts/api/Chart.yaml': 'name: api\nversion: 1.0.0\n',
  'charts/api/values-prod.yaml': 'a: 1\n',
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\n',
  'deploy/prod.yaml': 'a: 1\n',
  'k/kustomization.yaml': 'resources: [pod.yaml]\n',
  'k/pod.yaml': manifest('Pod', 'k'),
  'dist/out.yaml': manifest('Pod', 'made'),
  'packed/db-1.0.0.tgz': new Uint8Array([31, 139]),
}

function declare(...targets: readonly Omit<DeclaredTarget, 'source'>[]) {
  return graphOf(files, { targets: targets.map((target) => ({ ...target, source: '.plimsoll.yaml' })) })
}

test('a chart with its values takes the place of what would be found', () => {
  const graph = declare({
    path: './charts/api/',
    values: ['deploy/prod.yaml', 'gone.yaml'],
    release: 'shop',
    namespace: 'apps',
    environment: 'production',
    'kubernetes-version': '1.33',
  })
  expect(idsOf(graph)).toEqual([
    'charts/api of the configuration with deploy/prod.yaml, gone.yaml → production',
    'kustomization k',
    'chart charts/web',
  ])
  const target = targetOf(graph, 'charts/api of the configuration with deploy/prod.yaml, gone.yaml')
  expect(target).toMatchObject({ release: 'shop', namespace: 'apps', kubernetesVersion: '1.33', root: { kind: 'configuration' } })
  expect(valuesOf(target)).toEqual(['deploy/prod.yaml'])
  expect(target.missing.map(({ message }) => message)).toEqual(['values file gone.yaml is left out: it is not there'])
  expect(target.inputs).toEqual(['charts/api/Chart.yaml', 'charts/api/values-prod.yaml', 'deploy/prod.yaml'])
})

test('the kind is seen from the files; a name tells targets of one chart apart', () => {
  const graph = declare(
    { path: 'k' },
    { path: 'packed/db-1.0.0.tgz' },
    { path: 'charts/api', name: 'api in eu' },
    { path: 'charts/api', name: 'api in us' },
  )
  expect(idsOf(graph)).toEqual([
    'k of the configuration',
    'packed/db-1.0.0.tgz of the configuration',
    'api in eu of the configuration (charts/api)',
    'api in us of the configuration (charts/api)',
    'chart charts/web',
  ])
})

test('a folder that another tool left gets a root and an environment', () => {
  const graph = declare({ path: 'dist', kind: 'manifests', environment: 'staging' })
  const [made] = graph.targets.filter(({ id }) => id === 'dist/out.yaml')
  expect(made).toMatchObject({ environments: ['staging'], root: { kind: 'configuration', name: 'dist' } })
})

test('an environment that the configuration names wins over what a path speaks of', () => {
  const overlays: Files = { 'overlays/prod/kustomization.yaml': 'resources: []\n', 'overlays/qa/kustomization.yaml': 'resources: []\n' }
  expect(idsOf(graphOf(overlays, { environments: [{ name: 'live', paths: ['overlays/prod/**'] }] }))).toEqual([
    'kustomization overlays/prod → live',
    'kustomization overlays/qa → qa',
  ])
})

test('what is not wanted is not rendered', () => {
  expect(idsOf(declare({ path: 'charts/**', render: false }))).toEqual(['kustomization k'])
  expect(idsOf(declare({ path: 'k', render: false }))).not.toContain('kustomization k')
})

test.each([
  [{ path: 'gone', kind: 'chart' }, 'missing-path: gone is no chart'],
  [{ path: 'charts/api', kind: 'kustomization' }, 'missing-path: charts/api holds no kustomization'],
] as const)('a declared target that is not there is named: %j', (target, message) => {
  expect(unresolvedOf(declare(target))).toEqual([message])
})
