// What kustomizations name.

import { expect, test } from 'vitest'
import { isKustomization, namesIn } from '../../src/discover/kustomization.ts'

test('every field that names a file is followed, relative to the kustomization', () => {
  const { references, remotes, charts, inline } = namesIn('apps/api/kustomization.yaml', {
    resources: [
      'deployment.yaml',
      '../base/',
      './service.yaml',
      'https://example.org/install.yaml',
      'github.com/org/repo//deploy?ref=v1',
      12,
    ],
    bases: ['../legacy/app.yaml'],
    components: ['../../components/tls'],
    patches: [{ path: 'patch.yaml' }, { patch: '- op: remove' }, 'old-style.yaml', null],
    patchesStrategicMerge: ['merge.yaml', 'kind: Pod\nmetadata: {}\n'],
    patchesJson6902: [{ path: 'six.yaml', target: {} }],
    transformers: ['transform.yaml'],
    replacements: [{ path: 'replace.yaml' }],
    configurations: ['names.yaml'],
    openapi: { path: 'schema.json' },
    configMapGenerator: [{ name: 'c', files: ['app.yaml', 'key=conf/other.yaml'], envs: ['x.env'] }],
    secretGenerator: [{ env: 'old.env' }],
    helmCharts: [
      {
        name: 'redis',
        repo: 'https://charts.example.org',
        version: '1.2.3',
        valuesFile: 'chart-values.yaml',
        additionalValuesFiles: ['more.yaml'],
      },
    ],
  })
  expect(references.map(({ role, path }) => `${role} ${path}`)).toEqual([
    'resource apps/api/deployment.yaml',
    'resource apps/base',
    'resource apps/api/service.yaml',
    'resource apps/legacy/app.yaml',
    'resource components/tls',
    'patch apps/api/old-style.yaml',
    'patch apps/api/merge.yaml',
    'patch apps/api/patch.yaml',
    'patch apps/api/six.yaml',
    'patch apps/api/transform.yaml',
    'input apps/api/replace.yaml',
    'input apps/api/schema.json',
    'input apps/api/names.yaml',
    'input apps/api/app.yaml',
    'input apps/api/conf/other.yaml',
    'input apps/api/x.env',
    'input apps/api/old.env',
    'values apps/api/chart-values.yaml',
    'values apps/api/more.yaml',
  ])
  expect(inline).toBe(2)
  expect(remotes).toEqual([
    { url: 'https://example.org/install.yaml', pointer: '/resources/3' },
    { url: 'github.com/org/repo//deploy?ref=v1', pointer: '/resources/4' },
  ])
  expect(charts).toEqual([
    {
      name: 'redis',
      repository: 'https://charts.example.org',
      version: '1.2.3',
      homes: ['apps/api/charts/redis', 'apps/api/charts/redis-1.2.3/redis'],
      pointer: '/helmCharts/0',
    },
  ])
})

test('fields of the wrong shape name nothing', () => {
  expect(namesIn('kustomization.yaml', { resources: 'a.yaml', patches: { path: 'b' }, configMapGenerator: ['c'], openapi: [] })).toEqual({
    references: [],
    remotes: [],
    charts: [],
    inline: 0,
  })
})

test.each([
  ['a bare one', { resources: [] }, true, true],
  ['one that says what it is', { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, true, true],
  ['a component', { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' }, true, true],
  ['one in a file of another name', { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, false, true],
  ['a bare mapping in a file of another name', { resources: [] }, false, false],
  [
    "Flux's object of that kind",
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'a' } },
    true,
    false,
  ],
  ['a Pod under that name', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, true, false],
  ['a list', [], true, false],
])('%s', (_, value, named, expected) => {
  expect(isKustomization(value, named)).toBe(expected)
})
