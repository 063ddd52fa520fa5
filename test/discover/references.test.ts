// Which files are judged for what they fetch from elsewhere.

import { expect, test } from 'vitest'
import { graphOf } from './tree.ts'

const paths = (files: Readonly<Record<string, string>>) =>
  graphOf(files)
    .references.map(({ inputs, resources }) => `${resources[0]?.id.kind} ${resources[0]?.id.name} ${inputs.join(' ')}`)
    .sort()
const open =
  'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: redis, version: ^1.0.0, repository: "https://charts.example.org"}\n'
const kustomization = (entry: string) => `resources:\n- ${entry}\n`

test('kustomizations that take what is not in the tree, or a chart of a repository', () => {
  expect(
    paths({
      'kustomization.yaml': kustomization('github.com/acme/bases'),
      'own/kustomization.yaml': kustomization('../base'),
      'inflated/kustomization.yaml': 'helmCharts:\n- {name: redis, repo: "https://charts.example.org"}\n',
      'part/kustomization.yaml': `kind: Component\n${kustomization('https://example.org/a.yaml')}`,
    }),
  ).toEqual([
    'Component part part/kustomization.yaml',
    'Kustomization inflated inflated/kustomization.yaml',
    'Kustomization kustomization kustomization.yaml',
  ])
})

/** What is said of each chart that takes others in: whether a lock ties them, and which lie in it. */
const charts = (files: Readonly<Record<string, string>>) =>
  graphOf(files).references.map(({ inputs, resources }) => [inputs[0], resources[0]?.value['lock'], resources[0]?.value['inside']])
const redis = 'apiVersion: v2\nname: redis\n'

test.each<[string, Readonly<Record<string, string>>, readonly unknown[]]>([
  ['nothing that ties it', {}, ['none', []]],
  ['a stale lock', { 'shop/Chart.lock': 'dependencies: []\n' }, ['stale', []]],
  ['a packed copy', { 'shop/charts/redis-1.4.2.tgz': 'x' }, ['none', ['redis']]],
  ['a copy', { 'shop/charts/redis/Chart.yaml': redis }, ['none', ['redis']]],
  ['a copy of another', { 'shop/charts/redis-ha/Chart.yaml': redis }, ['none', []]],
])('a chart that takes another in, with %s', (_, files, said) =>
  expect(charts({ 'shop/Chart.yaml': open, ...files })).toEqual([['shop/Chart.yaml', ...said]]),
)

test.each<[string, Readonly<Record<string, string>>]>([
  ['without dependencies', { 'shop/Chart.yaml': 'apiVersion: v2\nname: shop\n' }],
  ['inside another', { 'top/Chart.yaml': 'apiVersion: v2\nname: top\n', 'top/charts/shop/Chart.yaml': open }],
  ['inside one at the root', { 'Chart.yaml': 'apiVersion: v2\nname: top\n', 'charts/shop/Chart.yaml': open }],
])('a chart %s is not asked about', (_, files) => expect(charts(files)).toEqual([]))

test('a folder of charts is none itself: what lies in it is asked about', () => {
  expect(charts({ 'charts/shop/Chart.yaml': open })).toEqual([['charts/shop/Chart.yaml', 'none', []]])
})

test('scripts that apply from elsewhere, and no others', () => {
  const command = 'kubectl apply -f https://example.org/a.yaml\n'
  expect(paths({ Makefile: `deploy:\n\t${command}`, 'a.sh': 'kubectl apply -f a.yaml\n', 'README.md': command })).toEqual([
    'Script Makefile Makefile',
  ])
})
