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

test('charts with dependencies that nothing ties to a version', () => {
  expect(paths({ 'Chart.yaml': open })).toEqual(['Chart shop Chart.yaml'])
  expect(paths({ 'shop/Chart.yaml': open })).toEqual(['Chart shop shop/Chart.yaml'])
  expect(paths({ 'shop/Chart.yaml': open, 'shop/charts/redis-ha/Chart.yaml': 'apiVersion: v2\nname: redis-ha\n' })).toEqual([
    'Chart shop shop/Chart.yaml',
  ])
})

test.each<[string, Readonly<Record<string, string>>]>([
  ['a lock', { 'shop/Chart.yaml': open, 'shop/Chart.lock': 'dependencies: []\n' }],
  ['a lock of old', { 'shop/Chart.yaml': open, 'shop/requirements.lock': 'dependencies: []\n' }],
  ['a packed copy', { 'shop/Chart.yaml': open, 'shop/charts/redis-1.4.2.tgz': 'x' }],
  ['a copy', { 'shop/Chart.yaml': open, 'shop/charts/redis/Chart.yaml': 'apiVersion: v2\nname: redis\n' }],
  ['no dependency', { 'shop/Chart.yaml': 'apiVersion: v2\nname: shop\n' }],
  ['a chart around it', { 'top/Chart.yaml': 'apiVersion: v2\nname: top\n', 'top/charts/shop/Chart.yaml': open }],
  ['a chart at the root around it', { 'Chart.yaml': 'apiVersion: v2\nname: top\n', 'charts/shop/Chart.yaml': open }],
  ['no chart that Helm knows', { 'shop/Chart.yaml': open.replace('v2', 'v9') }],
])('a chart with %s is not asked about', (_, files) => expect(paths(files)).toEqual([]))

test('a folder of charts is none itself: what lies in it is asked about', () => {
  expect(paths({ 'charts/shop/Chart.yaml': open })).toEqual(['Chart shop charts/shop/Chart.yaml'])
})

test('scripts that apply from elsewhere, and no others', () => {
  const command = 'kubectl apply -f https://example.org/a.yaml\n'
  expect(paths({ Makefile: `deploy:\n\t${command}`, 'a.sh': 'kubectl apply -f a.yaml\n', 'README.md': command })).toEqual([
    'Script Makefile Makefile',
  ])
})
