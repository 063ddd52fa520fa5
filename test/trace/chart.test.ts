// From an object that a chart rendered to the values line, or the template line, that a person edits.

import { expect, test } from 'vitest'
import type { ChartTarget, Values } from '../../src/discover/target.ts'
import { refusing } from '../../src/render/refusing.ts'
import { renderTarget } from '../../src/render/render.ts'
import type { ValuesRead } from '../../src/resource/document.ts'
import { sourcesIn } from '../../src/trace/source.ts'
import { tracerOf } from '../../src/trace/trace.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { chartTarget, documentAt, engineOf, helmAnswer } from '../render/sample.ts'

const template = 'shop/templates/web.yaml'
const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: registry.example/web:latest
      securityContext:
        privileged: true
        runAsUser: 0
      resources: {}
`
const files: Files = {
  'shop/Chart.yaml': 'name: shop\n',
  'shop/values.yaml':
    'hostNetwork: true\nimage:\n  repository: registry.example/web\n  tag: latest\nsecurityContext:\n  privileged: true\n',
  'shop/prod.yaml': 'securityContext:\n  # root, for now\n  runAsUser: 0\n',
  [template]: pod,
}
const read = (...path: readonly string[]): ValuesRead => ({ path, chart: '', prefix: 0 })
/** Line numbers are those of the output, which is the template's in these tests; lines 11 and 12 come from one line, as `toYaml` writes them. */
const values = {
  6: [read('hostNetwork')],
  9: [read('image', 'repository'), read('image', 'tag')],
  11: [read('securityContext')],
  12: [read('securityContext')],
  13: [read('resources')],
}

async function trace(
  pointer: string,
  rule: string,
  parts: Partial<ChartTarget> = {},
  more: Files = {},
  from: Record<number, ValuesRead[]> = values,
) {
  const tree = treeOf({ ...files, ...more })
  const answer = helmAnswer('templates/web.yaml', pod, from)
  const [document] = answer.documents
  const lines = document?.lines.map((line, at) => (at === 11 && line !== undefined ? { ...line, line: 11 } : line)) ?? []
  const { engine } = engineOf(() => ({ ...answer, documents: document === undefined ? [] : [{ ...document, lines }] }))
  const target = chartTarget({ inputs: Object.keys(files), ...parts })
  const { resources } = await renderTarget(target, { tree, engine, sources: refusing, kubernetesVersion: '1.37' })
  const [resource] = resources
  if (resource === undefined) throw new Error('nothing was rendered')
  const { location, through } = tracerOf({ sources: sourcesIn(tree), targets: new Map([[target.id, target]]) })(resource, pointer, rule)
  return `${location.path}:${location.line} ${location.precision}${through.map(({ path, line }) => ` through ${path}:${line}`).join('')}`
}

const container = '/spec/containers/0'
const prod: readonly Values[] = [{ kind: 'file', path: 'shop/prod.yaml' }]

test('a value of the chart decides', async () => {
  expect(await trace('/spec/hostNetwork', 'host-network')).toBe(`shop/values.yaml:1 exact through ${template}:6`)
})

test('a line of several values is the one that the rule speaks of', async () => {
  expect(await trace(`${container}/image`, 'image-tag-latest')).toBe(`shop/values.yaml:4 exact through ${template}:9`)
  expect(await trace(`${container}/image`, 'image-untrusted-repository')).toBe(`shop/values.yaml:3 exact through ${template}:9`)
})

test('inside a block that the template copies, the key inside the values', async () => {
  expect(await trace(`${container}/securityContext/privileged`, 'privileged-container')).toBe(
    `shop/values.yaml:6 exact through ${template}:11`,
  )
})

test('values that win are the place: a file of the environment before the chart', async () => {
  expect(await trace(`${container}/securityContext/runAsUser`, 'run-as-root', { values: prod })).toBe(
    `shop/prod.yaml:3 exact through ${template}:11`,
  )
})

test('a missing key points to the block that the template copies', async () => {
  expect(await trace(`${container}/securityContext/capabilities`, 'capabilities')).toBe(`shop/values.yaml:5 nearest through ${template}:11`)
  expect(await trace(`${container}/securityContext/capabilities`, 'capabilities', { values: prod })).toBe(
    `shop/prod.yaml:1 nearest through ${template}:11`,
  )
})

test('where no value decides, the template line', async () => {
  expect(await trace('/spec/hostNetwork', 'host-network', {}, {}, {})).toBe(`${template}:6 exact`)
  expect(await trace('/spec/hostPID', 'host-pid', {}, {}, {})).toBe(`${template}:5 nearest`)
})

test('a sub-chart gets its values from above: where they are, or where they would be added', async () => {
  const sub = { path: ['redis', 'hostNetwork'], chart: 'charts/redis', prefix: 1 }
  const from = (repository: string) => ({
    'shop/Chart.yaml': `dependencies:\n  - { name: redis, version: 1.0.0, repository: "${repository}" }\n`,
    'shop/charts/redis/values.yaml': 'hostNetwork: true\n',
  })
  const own = from('https://charts.example')
  expect(
    await trace(
      '/spec/hostNetwork',
      'host-network',
      {},
      { ...own, 'shop/values.yaml': 'a: 1\nredis:\n  hostNetwork: true\n' },
      { 6: [sub] },
    ),
  ).toBe(`shop/values.yaml:3 exact through ${template}:6`)
  expect(
    await trace('/spec/hostNetwork', 'host-network', {}, { ...own, 'shop/values.yaml': 'a: 1\nredis:\n  tag: x\n' }, { 6: [sub] }),
  ).toBe(`shop/values.yaml:2 nearest through ${template}:6`)
  // A chart of this repository is edited where it stands.
  for (const repository of ['', 'file://../redis'])
    expect(
      await trace('/spec/hostNetwork', 'host-network', {}, { ...from(repository), 'shop/values.yaml': 'redis:\n  tag: x\n' }, { 6: [sub] }),
    ).toBe(`shop/charts/redis/values.yaml:1 exact through ${template}:6`)
})

test('values in an object: in place, in a block of text, one by one', async () => {
  const text = `kind: Application
spec:
  inline:
    hostNetwork: true
  block: |
    # values
    hostNetwork: true
  folded: >
    hostNetwork: true
  set:
    - name: hostNetwork
      value: "true"
`
  const document = documentAt('apps/shop.yaml', text)
  const place = (pointer: string) => ({ document, pointer })
  const at = (one: Values) => trace('/spec/hostNetwork', 'host-network', { values: [one] })
  expect(await at({ kind: 'inline', value: { hostNetwork: true }, at: place('/spec/inline') })).toBe(
    `apps/shop.yaml:4 exact through ${template}:6`,
  )
  expect(await at({ kind: 'text', text: '# values\nhostNetwork: true\n', at: place('/spec/block') })).toBe(
    `apps/shop.yaml:7 exact through ${template}:6`,
  )
  expect(await at({ kind: 'text', text: 'hostNetwork: true\n', at: place('/spec/folded') })).toBe(
    `apps/shop.yaml:8 nearest through ${template}:6`,
  )
  expect(await at({ kind: 'set', name: 'hostNetwork', value: 'true', as: 'typed', at: place('/spec/set/0/value') })).toBe(
    `apps/shop.yaml:12 exact through ${template}:6`,
  )
})

test('where the render tells nothing of its lines, only the root is known', async () => {
  const answer = helmAnswer('templates/web.yaml', pod)
  const root = { kind: 'HelmRelease', path: 'apps/shop.yaml', name: 'shop' } as const
  const target = chartTarget({ inputs: ['shop/Chart.yaml'], root })
  const tree = treeOf({ 'shop/Chart.yaml': 'name: shop\n', 'apps/shop.yaml': 'kind: HelmRelease\n' })
  const { engine } = engineOf(() => ({ ...answer, documents: answer.documents.map((document) => ({ ...document, lines: [] })) }))
  const { resources } = await renderTarget(target, { tree, engine, sources: refusing, kubernetesVersion: '1.37' })
  const [resource] = resources
  if (resource === undefined) throw new Error('nothing was rendered')
  const { location } = tracerOf({ sources: sourcesIn(tree), targets: new Map([[target.id, target]]) })(
    resource,
    '/spec/hostNetwork',
    'host-network',
  )
  expect(location).toMatchObject({ path: 'apps/shop.yaml', precision: 'target' })
})
