// Charts that no root names: with their defaults and with each values file beside them.

import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { environmentOfValues } from '../../../src/discover/helm/alone.ts'
import { chartOf } from '../../render/pack.ts'
import { idsOf, targetOf, unresolvedOf, valuesOf } from '../rendered.ts'
import { type Files, graphOf, manifest } from '../tree.ts'

const chart = (name: string, more = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`
const api: Files = {
  'charts/api/Chart.yaml': chart('api'),
  'charts/api/templates/pod.yaml': 'kind: Pod\n',
  'charts/api/values.yaml': 'a: 1\n',
}

test('its defaults, and each values file that use suggests', () => {
  const graph = graphOf({
    ...api,
    'charts/api/ci/full-values.yaml': 'a: 2\n',
    'charts/api/ci/notes.yaml': 'a: 2\n',
    'charts/api/values-prod.yaml': 'a: 2\n',
    'charts/api/staging.values.yml': 'a: 2\n',
    'charts/api/environments/qa.yaml': 'a: 2\n',
    'charts/api/envs/dev/values.yaml': 'a: 2\n',
    'charts/api/templates/values-no.yaml': 'a: 2\n',
  })
  expect(idsOf(graph)).toEqual([
    'chart charts/api',
    'chart charts/api with ci/full-values.yaml → ci/full',
    'chart charts/api with environments/qa.yaml → qa',
    'chart charts/api with envs/dev/values.yaml → dev',
    'chart charts/api with staging.values.yml → staging',
    'chart charts/api with values-prod.yaml → prod',
  ])
  const prod = targetOf(graph, 'chart charts/api with values-prod.yaml')
  expect(valuesOf(prod)).toEqual(['charts/api/values-prod.yaml'])
  expect(prod).toMatchObject({ release: 'api', namespace: 'default', chart: { kind: 'tree', path: 'charts/api' } })
  expect(prod.inputs).toContain('charts/api/templates/pod.yaml')
})

test.each([
  ['values-prod.yaml', 'prod'],
  ['values.prod.yaml', 'prod'],
  ['values_eu-west.yaml', 'eu-west'],
  ['prod-values.yaml', 'prod'],
  ['values.yaml', undefined],
  ['values.schema.yaml', undefined],
  ['Chart.yaml', undefined],
  ['ci/a-values.yaml', 'ci/a'],
  ['ci/deep/a-values.yaml', undefined],
  ['values/prod.yaml', 'prod'],
  ['env/prod/other.yaml', undefined],
  ['charts/db/values-prod.yaml', undefined],
])('%s speaks of %s', (path, environment) => {
  expect(environmentOfValues(path)).toBe(environment)
})

test.each<readonly [string, Files, readonly string[]]>([
  ['at the root', { 'Chart.yaml': chart('root'), 'templates/a.yaml': 'a' }, ['chart .']],
  ['a sub-chart belongs to its parent', { ...api, 'charts/api/charts/db/Chart.yaml': chart('db') }, ['chart charts/api']],
  ['a folder called charts is no parent', api, ['chart charts/api']],
  [
    'a chart that another takes from beside it comes out of that one',
    {
      ...api,
      'umbrella/Chart.yaml': chart('umbrella', 'dependencies: [{name: api, repository: "file://../charts/api", version: 1.0.0}]\n'),
    },
    ['chart charts/api ← chart umbrella', 'chart umbrella'],
  ],
  ['a library renders nothing of its own', { 'lib/Chart.yaml': chart('lib', 'type: library\n') }, []],
  ['a chart that a kustomization inflates', { ...api, 'kustomization.yaml': 'helmCharts: [{name: api}]\n' }, ['kustomization .']],
  [
    'two that take each other are both there',
    {
      'a/Chart.yaml': chart('a', 'dependencies: [{name: b, repository: "file://../b"}]\n'),
      'b/Chart.yaml': chart('b', 'dependencies: [{name: a, repository: "file://../a"}]\n'),
    },
    ['chart a', 'chart b'],
  ],
])('%s', (_, files, expected) => {
  expect(idsOf(graphOf(files))).toEqual(expected)
})

test('a dependency in the tree is read as a whole, one that is nowhere is data', () => {
  const graph = graphOf({
    'umbrella/Chart.yaml': chart(
      'umbrella',
      `dependencies:
- {name: api, version: 1.x, repository: "file://../charts/api"}
- {name: redis, version: ^19, repository: https://charts.example.org, alias: cache, condition: cache.enabled}
- {name: packed, version: 1.0.0, repository: oci://example.org/charts}
- {name: folder, version: 1.0.0, repository: ""}
- {name: lost, version: 1.0.0, repository: "file://../lost"}
`,
    ),
    'umbrella/Chart.lock': 'dependencies:\n- {name: redis, version: 19.6.4, repository: https://charts.example.org}\n',
    'umbrella/charts/packed-1.0.0.tgz': new Uint8Array([31, 139]),
    'umbrella/charts/folder/Chart.yaml': chart(
      'folder',
      'dependencies: [{name: deep, version: 2.0.0, repository: https://charts.example.org}]\n',
    ),
    ...api,
  })
  const target = targetOf(graph, 'chart umbrella')
  const written = target.kind === 'chart' ? target.dependencies.map(({ at, ...dependency }) => ({ ...dependency, at: at?.pointer })) : []
  expect(written).toEqual([
    { chart: 'umbrella', name: 'api', version: '1.x', repository: 'file://../charts/api', at: '/dependencies/0' },
    {
      chart: 'umbrella',
      name: 'redis',
      alias: 'cache',
      version: '19.6.4',
      repository: 'https://charts.example.org',
      at: '/dependencies/1',
    },
    { chart: 'umbrella/charts/folder', name: 'deep', version: '2.0.0', repository: 'https://charts.example.org', at: '/dependencies/0' },
  ])
  expect(target.missing.map(({ message }) => message)).toEqual(['chart lost, on which umbrella depends, is not at lost'])
  expect(target.inputs).toContain('charts/api/templates/pod.yaml')
})

test('requirements.yaml of older charts counts too', () => {
  const graph = graphOf({
    'c/Chart.yaml': 'name: c\nversion: 1.0.0\n',
    'c/requirements.yaml': 'dependencies: [{name: redis, version: 3.x, repository: https://charts.example.org}]\n',
    'c/requirements.lock': 'dependencies: [{name: redis, version: 3.1.0, repository: https://charts.example.org}]\n',
  })
  const target = targetOf(graph, 'chart c')
  expect(target.kind === 'chart' && target.dependencies.map(({ version }) => version)).toEqual(['3.1.0'])
})

test('a Chart.yaml that names no chart is said, one that holds a manifest is none', () => {
  const graph = graphOf({ 'a/Chart.yaml': 'apiVersion: v2\nname: {{ name }}\n', 'b/Chart.yaml': manifest('Pod', 'web') })
  expect(idsOf(graph)).toEqual([])
  expect(unresolvedOf(graph)).toEqual(['invalid: a/Chart.yaml names no chart'])
})

test('a packed chart that nothing names is told, one that a target reads or another archive is not', () => {
  const packed = chartOf('api', '1.2.3')
  const graph = graphOf({
    'published/api-1.2.3.tgz': packed,
    'published/tool-1.2.3.tgz': gzipSync('package/package.json'),
    'published/odd-1.2.3.tgz': 'no archive',
    'shop/Chart.yaml': chart('shop', 'dependencies: [{name: api, version: 1.2.3, repository: ""}]\n'),
    'shop/charts/api-1.2.3.tgz': packed,
  })
  expect(graph.skips.filter(({ path }) => path.endsWith('.tgz'))).toEqual([
    { path: 'published/api-1.2.3.tgz', reason: 'packed-chart', attention: false },
  ])
})
