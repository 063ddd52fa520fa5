// What was rendered without lines is placed as if it had been rendered with them, with the real engine.

import { expect, test } from 'vitest'
import type { ChartTarget } from '../../src/discover/target.ts'
import { engine } from '../../src/io/rendering.ts'
import type { EngineRequest } from '../../src/render/engine.ts'
import { refusing } from '../../src/render/refusing.ts'
import { renderTarget } from '../../src/render/render.ts'
import { linedTracer } from '../../src/trace/lined.ts'
import { sourcesIn } from '../../src/trace/source.ts'
import { tracerOf } from '../../src/trace/trace.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { chartTarget, placeIn } from '../render/sample.ts'

const files: Files = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/values.yaml': 'network: true\n',
  'shop/templates/web.yaml': `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostNetwork: {{ .Values.network }}
  hostPID: true
`,
}
const target = chartTarget({ inputs: Object.keys(files) })
const scene = { sources: sourcesIn(treeOf(files)), targets: new Map([[target.id, target]]) }

async function podOf(lines?: 'needed', overlay: ChartTarget['overlay'] = []) {
  const asked: EngineRequest[] = []
  const asking = (request: EngineRequest) => {
    asked.push(request)
    return engine(request)
  }
  const run = {
    tree: treeOf(files),
    engine: asking,
    sources: refusing,
    kubernetesVersion: '1.37',
    ...(lines === undefined ? {} : { lines }),
  }
  const [pod] = (await renderTarget({ ...target, overlay }, run)).resources
  if (pod === undefined) throw new Error('nothing was rendered')
  return { pod, run, asked }
}

test('a value and a template line are found as in a render with lines', async () => {
  const [full, bare] = [await podOf(), await podOf('needed')]
  expect(bare.pod.document.rendering?.lines).toEqual([])
  const [expected, found] = [tracerOf(scene), await linedTracer([bare.pod], scene, bare.run)]
  const places = ['/spec/hostNetwork', '/spec/hostPID'].map((pointer) => found(bare.pod, pointer, 'some-rule'))
  expect(places).toEqual(['/spec/hostNetwork', '/spec/hostPID'].map((pointer) => expected(full.pod, pointer, 'some-rule')))
  expect(places.map(({ location: { path, line, precision } }) => `${path}:${line} ${precision}`)).toEqual([
    'shop/values.yaml:1 exact',
    'shop/templates/web.yaml:6 exact',
  ])
})

test('what a post-renderer changed is found as in a render with lines', async () => {
  const overlay = [{ field: 'commonMetadata', how: 'set', value: { labels: { a: 'b' } }, at: placeIn('apps/shop.yaml', 'a: 1\n') }] as const
  const [full, bare] = [await podOf(undefined, overlay), await podOf('needed', overlay)]
  const posted = { ...scene, targets: new Map([[target.id, { ...target, overlay }]]) }
  const [expected, found] = [tracerOf(posted), await linedTracer([bare.pod], posted, bare.run)]
  const { location } = found(bare.pod, '/spec/hostNetwork', 'some-rule')
  expect(location).toEqual(expected(full.pod, '/spec/hostNetwork', 'some-rule').location)
  expect(`${location.path}:${location.line}`).toBe('shop/values.yaml:1')
})

test('what nobody asks about is not rendered again', async () => {
  const { run, asked } = await podOf('needed')
  await linedTracer([], scene, run)
  expect(asked).toHaveLength(1)
})
