// What a change reaches is rendered on both sides; apps of apps are followed.

import { expect, test } from 'vitest'
import type { RenderTarget } from '../../src/discover/target.ts'
import { refusing } from '../../src/render/refusing.ts'
import { type RenderedSide, type RenderSide, renderSides } from '../../src/render/sides.ts'
import { sightsOf } from '../../src/render/sight.ts'
import { graphOf, manifest, treeOf } from '../discover/tree.ts'
import { engineOf, kustomizationTarget } from './sample.ts'

const app = (id: string, parts: Partial<RenderTarget & { kind: 'kustomization' }> = {}) =>
  kustomizationTarget({ id, folder: id, inputs: [`${id}/kustomization.yaml`], ...parts })

/** A side whose targets render to one object of their folder's name; `names`: which targets the output of another one names. */
function side(
  targets: readonly RenderTarget[],
  names: Readonly<Record<string, readonly RenderTarget[]>> = {},
  broken: readonly string[] = [],
) {
  const { engine, asked } = engineOf((request) => {
    const folder = request.kind === 'kustomize' ? request.folder : 'chart'
    if (broken.includes(folder)) return { ok: false, reason: 'render', message: 'broken', gaps: [] }
    const content = manifest('Service', folder)
    return {
      ok: true,
      kind: 'kustomize',
      gaps: [],
      documents: [{ content, origin: { path: `${folder}/service.yaml` } }],
    }
  })
  const made: RenderSide = {
    run: { tree: treeOf({}), engine, sources: refusing, kubernetesVersion: '1.37' },
    targets,
    named: ({ target }) => ({ targets: names[target.id] ?? [], unresolved: [] }),
  }
  return { made, asked }
}

const ids = ({ rendered }: RenderedSide) => rendered.map(({ target }) => target.id).sort()
const untouched = () => false

test('targets of both sides are rendered, and what they name', async () => {
  const base = side([app('root')], { root: [app('a')] })
  const head = side([app('root')], { root: [app('a'), app('b')] })
  const rendered = await renderSides({ base: base.made, head: head.made }, untouched)
  expect(ids(rendered.base)).toEqual(['root'])
  expect(ids(rendered.head)).toEqual(['b', 'root'])
})

test('a named target is rendered on both sides when it differs, or reads a file that the change touches', async () => {
  const base = side([app('root')], { root: [app('a'), app('b')] })
  const head = side([app('root')], { root: [app('a', { folder: 'a2' }), app('b')] })
  const differing = await renderSides({ base: base.made, head: head.made }, untouched)
  expect(ids(differing.head)).toEqual(['a', 'root'])
  const reached = await renderSides({ base: base.made, head: head.made }, (path) => path === 'b/kustomization.yaml')
  expect(ids(reached.base)).toEqual(['a', 'b', 'root'])
})

test('a target on the way to one that the change reaches is rendered, though it is the same on both sides', async () => {
  const rooted = (name: string, path: string) => ({ root: { kind: 'Kustomization' as const, path, name } })
  const middle = app('middle in root', rooted('flux-system/middle', 'root.yaml'))
  const leaf = app('leaf in root', { inputs: ['leaf/app.yaml'], ...rooted('flux-system/leaf', 'root.yaml') })
  const written = [
    app('root'),
    app('middle', { ...rooted('middle', 'middle.yaml'), through: ['root'] }),
    app('leaf', { inputs: ['leaf/app.yaml'], ...rooted('leaf', 'leaf.yaml'), through: ['middle'] }),
  ]
  const both = () => side(written, { root: [middle, app('other')], 'middle in root': [leaf] }).made
  const { base, head } = await renderSides({ base: both(), head: both() }, (path) => path === 'leaf/app.yaml')
  expect([ids(base), ids(head)]).toEqual([
    ['leaf in root', 'middle in root', 'root'],
    ['leaf in root', 'middle in root', 'root'],
  ])
})

test('an object that another target gives is taken from there', async () => {
  const head = side([app('root'), app('a', { folder: 'written', through: ['root'] })], { root: [app('a', { folder: 'given' })] })
  const { head: rendered } = await renderSides({ base: side([]).made, head: head.made }, untouched)
  expect(head.asked.map((request) => request.kind === 'kustomize' && request.folder).sort()).toEqual(['given', 'root'])
  expect(ids(rendered)).toEqual(['a', 'root'])
})

test('where that one fails, the object is taken as it is written', async () => {
  const head = side([app('root'), app('a', { folder: 'written', through: ['root'] })], {}, ['root'])
  const {
    head: { rendered },
  } = await renderSides({ base: side([]).made, head: head.made }, untouched)
  expect(rendered.map(({ target, failed }) => `${target.id} ${failed}`).sort()).toEqual(['a false', 'root true'])
})

test('a circle ends', async () => {
  const names = { a: [app('b')], b: [app('a')] }
  const { head } = await renderSides({ base: side([]).made, head: side([app('a')], names).made }, untouched)
  expect(ids(head)).toEqual(['a', 'b'])
})

test('a file that a kustomization takes is judged as written only where nothing that takes it was rendered', async () => {
  const graph = graphOf({ 'a/kustomization.yaml': 'resources: [service.yaml]\n', 'a/service.yaml': manifest('Service', 'a') })
  const files = ['a/kustomization.yaml', 'a/service.yaml']
  const target = app('a', { inputs: files, covers: files })
  const sights = async (broken: readonly string[]) => {
    const { head } = await renderSides({ base: side([]).made, head: side([target], {}, broken).made }, untouched)
    const none = { references: [], manifests: [], rendered: [] }
    return sightsOf({ base: none, head: { references: [], manifests: graph.targets, rendered: head.rendered } }, () => 'here').head
  }
  expect((await sights([])).map(({ target: { id }, environments }) => [id, environments])).toEqual([['a', ['here']]])
  expect((await sights(['a'])).map(({ target: { id } }) => id)).toEqual(['a/service.yaml'])
})

test('what could not be rendered at head is left out at base too: it is not fixed', async () => {
  const both = (broken: readonly string[]) => side([app('kept'), app('a')], {}, broken).made
  const rendered = await renderSides({ base: both([]), head: both(['a']) }, untouched)
  const none = { references: [], manifests: [] }
  const sights = sightsOf(
    { base: { ...none, rendered: rendered.base.rendered }, head: { ...none, rendered: rendered.head.rendered } },
    () => '',
  )
  expect(sights.base.map(({ target }) => target.id)).toEqual(['kept'])
})

test('what stood alone before the other side is found to name it is rendered too, where it lands in the same place', async () => {
  const alone = (name: string) => app(`overlay ${name}`, { folder: name, root: { kind: 'overlay', path: name, name } })
  const standing = [alone('a'), alone('b'), alone('c')]
  const base = side([])
  const head = side([app('root')], { root: [app('a'), app('b', { environments: ['production'] })] })
  const rendered = await renderSides({ base: { ...base.made, standing }, head: { ...head.made, standing } }, untouched)
  expect(ids(rendered.base)).toEqual(['overlay a'])
  expect(ids(rendered.head)).toEqual(['a', 'b', 'root'])
})

test('what stood alone is told once where it is found to be named, and alone where that cannot be rendered on either side', async () => {
  const file = 'a/kustomization.yaml'
  const alone = app('overlay a', { folder: 'a', root: { kind: 'overlay', path: file, name: 'a' }, covers: [file] })
  const root = { kind: 'Application' as const, path: 'apps.yaml', name: 'a' }
  const named = app('a', { covers: [file], root })
  const base = side([alone])
  const head = side([app('root'), alone], { root: [named] })
  const whole = await renderSides({ base: base.made, head: head.made }, untouched)
  expect([ids(whole.base), ids(whole.head)]).toEqual([['overlay a'], ['a', 'root']])
  const broken = app('a', { covers: [file], root, folder: 'broken' })
  const other = side([app('root'), alone], { root: [broken] }, ['broken'])
  const failing = await renderSides({ base: head.made, head: other.made }, untouched)
  expect([ids(failing.base), ids(failing.head)]).toEqual([
    ['a', 'overlay a', 'root'],
    ['a', 'overlay a', 'root'],
  ])
})
