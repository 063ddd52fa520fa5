// Targets to objects: what the engine is asked, and what its answers become.

import { expect, test } from 'vitest'
import type { RenderTarget } from '../../src/discover/target.ts'
import type { EngineAnswer, EngineRequest } from '../../src/render/engine.ts'
import { memoised } from '../../src/render/memo.ts'
import { refusing } from '../../src/render/refusing.ts'
import { renderTarget } from '../../src/render/render.ts'
import { nameOf } from '../../src/resource/resource.ts'
import { treeOf } from '../discover/tree.ts'
import { chartTarget, engineOf, helmAnswer, kustomizationTarget, placeIn } from './sample.ts'

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`
const files = {
  'shop/Chart.yaml': 'name: shop\n',
  'shop/values.yaml': 'name: web\n',
  'shop/prod.yaml': 'name: prod\n',
  'shop/templates/web.yaml': 'kind: Service\n',
  'common/Chart.yaml': 'name: common\n',
  'prod/kustomization.yaml': 'resources: [a.yaml]\nnamespace: shop\n',
  'prod/a.yaml': service('a'),
}
const text = (request: EngineRequest) => Object.fromEntries(request.files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]))

async function render(target: RenderTarget, answer: EngineAnswer) {
  const { engine, asked } = engineOf(() => answer)
  const rendered = await renderTarget(target, { tree: treeOf(files), engine, sources: refusing, kubernetesVersion: '1.37' })
  const [request] = asked
  return { ...rendered, names: rendered.resources.map(({ id }) => nameOf(id)), request }
}

test('a chart is asked for with its files inside it, its values in order, the version of the policy and what every cluster serves', async () => {
  const target = chartTarget({
    inputs: ['shop/Chart.yaml', 'shop/templates/web.yaml', 'shop/prod.yaml', 'common/Chart.yaml', 'apps/shop.yaml'],
    values: [
      { kind: 'file', path: 'shop/prod.yaml' },
      { kind: 'file', path: 'shop/missing.yaml' },
      { kind: 'inline', value: { replicas: 2 }, at: placeIn('apps/shop.yaml', 'a: 1\n') },
      { kind: 'text', text: 'tag: v1\n', at: placeIn('apps/shop.yaml', 'a: 1\n') },
      { kind: 'set', name: 'image.tag', value: 'v2', as: 'string', at: placeIn('apps/shop.yaml', 'a: 1\n') },
    ],
    dependencies: [{ chart: 'shop', name: 'common', version: '', repository: 'file://../common' }],
    apiVersions: ['shop.example.org/v1'],
  })
  const { request, names } = await render(target, helmAnswer('templates/web.yaml', service('web')))
  expect(request).toMatchObject({
    kind: 'helm',
    values: ['name: prod\n', '{"replicas":2}', 'tag: v1\n'],
    sets: [{ name: 'image.tag', value: 'v2', as: 'string' }],
    release: 'shop',
    kubernetesVersion: '1.37',
    includeCrds: false,
    apiVersions: ['apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1/APIService', 'shop.example.org/v1'],
  })
  expect(Object.keys(text(request as EngineRequest)).sort()).toEqual([
    'Chart.yaml',
    'charts/common/Chart.yaml',
    'prod.yaml',
    'templates/web.yaml',
  ])
  expect(names).toEqual(['Service web'])
})

test('an object of a chart knows its template, line by line', async () => {
  const { resources } = await render(chartTarget(), helmAnswer('templates/web.yaml', service('web')))
  expect(resources[0]?.document).toMatchObject({
    path: 'shop/templates/web.yaml',
    rendering: { target: 'chart shop', lines: expect.arrayContaining([{ path: 'shop/templates/web.yaml', line: 4, values: [] }]) },
  })
})

test('what helm test runs, and definitions, are not judged', async () => {
  const answer = helmAnswer('templates/web.yaml', service('web'))
  const [document] = answer.documents
  if (document === undefined) throw new Error('no document')
  const documents = [
    document,
    { ...document, role: 'test' as const },
    { ...document, role: 'crd' as const },
    { ...document, role: 'hook' as const },
  ]
  expect((await render(chartTarget(), { ...answer, documents })).names).toEqual(['Service web', 'Service web'])
})

test('a failure is a problem at the place that the engine blames', async () => {
  const { failed, problems, resources } = await render(chartTarget(), {
    ok: false,
    reason: 'render',
    message: 'nil pointer',
    gaps: [],
    file: 'templates/web.yaml',
    line: 3,
  })
  expect([failed, resources]).toEqual([true, []])
  expect(problems).toMatchObject([
    {
      code: 'render-failed',
      target: 'chart shop',
      path: 'shop/templates/web.yaml',
      line: 3,
      message: 'chart shop could not be rendered: nil pointer',
    },
  ])
})

test('a failure without a place stands at the root, and says by its reason what to do', async () => {
  const { problems } = await render(chartTarget(), { ok: false, reason: 'deadline', message: 'stopped after 10 s', gaps: [] })
  expect(problems).toMatchObject([{ code: 'render-deadline', path: 'shop/Chart.yaml', hint: expect.stringContaining('without an end') }])
})

test('text that is no YAML is a problem at the template line that wrote it; the rest is judged', async () => {
  const { problems, names } = await render(chartTarget(), helmAnswer('templates/web.yaml', `${service('web')}---\na: [\n`))
  expect(problems).toMatchObject([{ code: 'rendered-yaml', path: 'shop/templates/web.yaml' }])
  expect(names).toEqual(['Service web'])
})

test('what a chart lacks is told, the rest is rendered', async () => {
  const answer = helmAnswer('templates/web.yaml', service('web'))
  const gap = { name: 'redis', version: '17.0.0', repository: 'https://charts.example', chart: '' }
  const { missing, failed } = await render(chartTarget(), { ...answer, gaps: [gap] })
  expect(failed).toBe(false)
  expect(missing).toMatchObject([{ message: expect.stringContaining('redis 17.0.0') }])
})

test('a chart from elsewhere is not rendered, and said so', async () => {
  const chart = { kind: 'repository', repository: 'https://charts.example', name: 'redis', version: '1.2.3' } as const
  const { failed, problems, missing, request } = await render(chartTarget({ chart }), helmAnswer('x', ''))
  expect([failed, problems, request]).toEqual([true, [], undefined])
  expect(missing).toMatchObject([{ message: expect.stringContaining('redis 1.2.3') }])
})

test('a kustomization is asked for with all that it reads', async () => {
  const target = kustomizationTarget({ inputs: ['prod/kustomization.yaml', 'prod/a.yaml'] })
  const { request, resources } = await render(target, {
    ok: true,
    kind: 'kustomize',
    gaps: [],
    documents: [{ content: service('a'), origin: { path: 'prod/a.yaml' } }],
  })
  expect(request).toMatchObject({ kind: 'kustomize', folder: 'prod' })
  expect(text(request as EngineRequest)['prod/kustomization.yaml']).toBe(files['prod/kustomization.yaml'])
  expect(resources[0]?.document.path).toBe('prod/a.yaml')
})

test('an overlay is merged into the kustomization, a folder without one gets one', async () => {
  const at = placeIn('app.yaml', 'a: 1\n')
  const answer: EngineAnswer = { ok: true, kind: 'kustomize', gaps: [], documents: [] }
  const overlay = [{ field: 'namePrefix', how: 'set', value: 'x-', at }] as const
  const merged = await render(kustomizationTarget({ inputs: ['prod/kustomization.yaml', 'prod/a.yaml'], overlay }), answer)
  expect(JSON.parse(text(merged.request as EngineRequest)['prod/kustomization.yaml'] ?? '')).toEqual({
    resources: ['a.yaml'],
    namespace: 'shop',
    namePrefix: 'x-',
  })
  const made = await render(kustomizationTarget({ inputs: ['prod/a.yaml'], generated: ['a.yaml'] }), answer)
  expect(text(made.request as EngineRequest)['prod/kustomization.yaml']).toBe('{"resources":["a.yaml"]}')
})

test('post-renderers change what a chart gave, and each object keeps what it was before', async () => {
  const overlay = [{ field: 'namePrefix', how: 'set', value: 'x-', at: placeIn('app.yaml', 'a: 1\n') }] as const
  const { engine, asked } = engineOf((request) =>
    request.kind === 'helm'
      ? helmAnswer('templates/web.yaml', service('web'))
      : { ok: true, kind: 'kustomize', gaps: [], documents: [{ content: `${service('web')}  labels: {}\n` }] },
  )
  const { resources } = await renderTarget(chartTarget({ overlay }), {
    tree: treeOf(files),
    engine,
    sources: refusing,
    kubernetesVersion: '1.37',
  })
  expect(asked.map(({ kind }) => kind)).toEqual(['helm', 'kustomize'])
  expect(resources[0]?.document.rendering?.before?.path).toBe('shop/templates/web.yaml')
})

test('equal requests are answered once, others are not confused with them', async () => {
  const { engine, asked } = engineOf(() => helmAnswer('templates/web.yaml', service('web')))
  const run = { tree: treeOf(files), engine: memoised(engine), sources: refusing, kubernetesVersion: '1.37' }
  await renderTarget(chartTarget(), run)
  await renderTarget(chartTarget({ id: 'again' }), { ...run, tree: treeOf(files) })
  expect(asked).toHaveLength(1)
  await renderTarget(chartTarget({ release: 'other' }), run)
  await renderTarget(chartTarget(), { ...run, tree: treeOf({ ...files, 'shop/values.yaml': 'name: other\n' }) })
  expect(asked).toHaveLength(3)
})

const redis = { name: 'redis', version: '1.0.0', repository: 'https://charts.example.org', chart: '' }

test('what a chart was rendered without is told at the line that asks for it, and with a failure, which may be for that', async () => {
  const at = placeIn('shop/Chart.yaml', 'name: shop\ndependencies:\n- name: redis\n', '/dependencies/0')
  const target = chartTarget({
    dependencies: [{ chart: 'shop', name: 'redis', version: '1.0.0', repository: 'https://charts.example.org', at }],
  })
  const answer = { ...helmAnswer('templates/web.yaml', service('web')), gaps: [redis] }
  expect((await render(target, answer)).missing).toEqual([expect.objectContaining({ at })])
  const broken = await render(target, { ok: false, reason: 'render', message: 'no template "common.names"', gaps: [redis] })
  expect(broken.missing).toHaveLength(1)
  expect(broken.problems[0]?.hint).toMatch(/^It may be for what it lacks: .*redis/)
})

test('what a kustomization was built without is told once: a chart that it inflates, a dependency of one', async () => {
  const at = placeIn('prod/kustomization.yaml', 'helmCharts: [{name: web}]\n', '/helmCharts/0')
  const chart = { name: 'web', repository: '', version: '', home: 'prod/charts/web', inTree: true, at }
  const answer = (gaps: readonly (typeof redis)[]): EngineAnswer => ({ ok: true, kind: 'kustomize', documents: [], gaps })
  const missing = async (target: RenderTarget, gaps: readonly (typeof redis)[]) => (await render(target, answer(gaps))).missing
  expect(await missing(kustomizationTarget({ charts: [chart] }), [{ ...redis, chart: 'prod/charts/web' }])).toEqual([
    {
      message: 'the chart redis 1.0.0 of https://charts.example.org is not in the repository; the rest was rendered without it',
      hint: expect.anything(),
      at,
    },
  ])
  const bare = { name: 'web', version: '', repository: '', chart: 'prod/charts' }
  expect(await missing(kustomizationTarget({ charts: [{ ...chart, inTree: false }] }), [bare])).toMatchObject([{ at }])
  // A chart that was not fetched is told as that.
  const remote = { ...chart, name: 'redis', repository: redis.repository, inTree: false }
  expect(await missing(kustomizationTarget({ charts: [remote] }), [redis])).toMatchObject([
    { message: expect.stringContaining('was not fetched') },
  ])
  // One of a base that was fetched has no place in the repository.
  expect(await missing(kustomizationTarget(), [redis])).toEqual([expect.not.objectContaining({ at: expect.anything() })])
})

test('an answer with lines serves whoever asks for none, and not the other way round', async () => {
  const { engine, asked } = engineOf(() => helmAnswer('templates/web.yaml', service('web')))
  const run = { tree: treeOf(files), engine: memoised(engine), sources: refusing, kubernetesVersion: '1.37' }
  const [one, other] = [chartTarget(), chartTarget({ release: 'other' })]
  await renderTarget(one, run)
  await renderTarget(one, { ...run, lines: 'needed' })
  await renderTarget(other, { ...run, lines: 'needed' })
  await renderTarget(other, run)
  expect(asked.map((request) => request.kind === 'helm' && `${request.release} ${request.lines}`)).toEqual([
    'shop true',
    'other false',
    'other true',
  ])
})

test.each([
  ['names its files by its templates', 'templates/web.yaml', service('web'), [false]],
  ['names a template that the tree has under another name', 'charts/alias/templates/web.yaml', service('web'), [false, true]],
  ['gives text that is no YAML', 'templates/web.yaml', 'a: [\n', [false, true]],
])('without need of lines a chart is asked for them only where it %s', async (_, template, content, lines) => {
  const { engine, asked } = engineOf(() => helmAnswer(template, content))
  await renderTarget(chartTarget(), { tree: treeOf(files), engine, sources: refusing, kubernetesVersion: '1.37', lines: 'needed' })
  expect(asked.map((request) => request.kind === 'helm' && request.lines)).toEqual(lines)
})

test.each([
  ['9007199254740993', '9007199254740992'],
  ['0xffffffffffffffff', '0xfffffffffffffffe'],
  ['1000000000000000000000001', '1000000000000000000000002'],
])('%s and %s are one number here, and two for Helm', async (one, other) => {
  const { engine, asked } = engineOf(() => helmAnswer('templates/web.yaml', service('web')))
  const run = { tree: treeOf(files), engine: memoised(engine), sources: refusing, kubernetesVersion: '1.37' }
  for (const id of [one, other])
    await renderTarget(chartTarget({ values: [{ kind: 'text', text: `id: ${id}\n`, at: placeIn('apps/shop.yaml', 'a: 1\n') }] }), run)
  expect(asked).toHaveLength(2)
})

test.each([
  ['a comment', 'replicas: 2 # for now\n', 1],
  ['another way to write it', '{ "replicas": 2 }', 1],
  ['another value', 'replicas: 3\n', 2],
  ['a key that stands twice, which Helm refuses', 'replicas: 2\nreplicas: 2\n', 2],
])('of two texts of values that differ by %s', async (_, text, renders) => {
  const { engine, asked } = engineOf(() => helmAnswer('templates/web.yaml', service('web')))
  const run = { tree: treeOf(files), engine: memoised(engine), sources: refusing, kubernetesVersion: '1.37' }
  const valued = (text: string) => chartTarget({ values: [{ kind: 'text', text, at: placeIn('apps/shop.yaml', 'a: 1\n') }] })
  await renderTarget(valued('replicas: 2\n'), run)
  await renderTarget(valued(text), run)
  expect(asked).toHaveLength(renders)
})
