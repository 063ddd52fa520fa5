// Laws of targets: whatever the objects of a change say, each target is named once, reads files of the tree, and is reached without going in a circle.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affected } from '../../src/discover/affected.ts'
import type { RenderTarget } from '../../src/discover/target.ts'
import { diffOf, type Files, graphOf } from './tree.ts'

const path = fc.constantFrom('a', './a', 'a/b', '../a', '.', '', '/', 'c', 'a/kustomization.yaml', '{{path}}', '${x}', 'gone', '*', '**')
const url = fc.constantFrom('https://github.com/acme/shop', 'git@github.com:acme/shop.git', 'https://example.org/x', '', 'oci://x/y')
const junk = fc.constantFrom<unknown>(null, 1, true, 'x', [], {}, [null], [[]], { a: null })
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: junk })

const source = maybe(
  fc.record(
    {
      repoURL: maybe(url),
      path: maybe(path),
      chart: maybe(fc.constant('redis')),
      ref: fc.constant('own'),
      helm: maybe(
        fc.record({ valueFiles: maybe(fc.array(maybe(path))), values: junk, valuesObject: junk, parameters: maybe(fc.array(junk)) }),
      ),
      kustomize: maybe(
        fc.record({ images: maybe(fc.array(maybe(fc.string()))), components: maybe(fc.array(maybe(path))), commonLabels: junk }),
      ),
      directory: maybe(fc.record({ recurse: junk, include: maybe(fc.string()), exclude: maybe(fc.string()) })),
      plugin: junk,
    },
    { requiredKeys: ['repoURL'] },
  ),
)
const application = fc.record({ source, sources: maybe(fc.array(source, { maxLength: 2 })), destination: junk }, { requiredKeys: [] })
const generator = maybe(
  fc.oneof(
    fc.record({ list: maybe(fc.record({ elements: maybe(fc.array(junk, { maxLength: 2 })) })) }),
    fc.record({ git: maybe(fc.record({ repoURL: url, directories: maybe(fc.array(fc.record({ path }), { maxLength: 2 })) })) }),
    fc.record({ git: maybe(fc.record({ repoURL: url, files: maybe(fc.array(fc.record({ path }), { maxLength: 2 })) })) }),
    fc.record({ matrix: maybe(fc.record({ generators: junk })) }),
    fc.record({ merge: maybe(fc.record({ generators: junk, mergeKeys: junk })) }),
    fc.record({ clusters: junk, selector: junk }),
  ),
)
const set = fc.record({
  generators: maybe(fc.array(generator, { maxLength: 2 })),
  goTemplate: junk,
  template: maybe(fc.record({ metadata: junk, spec: maybe(application) })),
})
const reference = maybe(
  fc.record({
    kind: fc.constantFrom('GitRepository', 'OCIRepository', 'HelmRepository', 'ExternalArtifact'),
    name: fc.constantFrom('s', 'flux-system'),
  }),
)
const flux = fc.record(
  {
    path: maybe(path),
    sourceRef: reference,
    components: junk,
    patches: junk,
    postBuild: maybe(fc.record({ substitute: junk, substituteFrom: maybe(fc.array(junk)) })),
  },
  { requiredKeys: [] },
)
const release = fc.record(
  {
    chart: maybe(fc.record({ spec: maybe(fc.record({ chart: maybe(path), sourceRef: reference, valuesFiles: junk })) })),
    chartRef: reference,
    values: junk,
    valuesFrom: maybe(fc.array(junk)),
    postRenderers: junk,
  },
  { requiredKeys: [] },
)
const repository = fc.record({ url: maybe(url), ref: junk, sources: junk, artifacts: junk })

const object = fc.oneof(
  ...(
    [
      ['argoproj.io/v1alpha1', 'Application', application],
      ['argoproj.io/v1alpha1', 'ApplicationSet', set],
      ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', flux],
      ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', release],
      ['source.toolkit.fluxcd.io/v1', 'GitRepository', repository],
      ['source.toolkit.fluxcd.io/v1', 'HelmRepository', repository],
      ['source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', repository],
    ] as const
  ).map(([apiVersion, kind, spec]) =>
    fc.record({
      apiVersion: fc.constant(apiVersion),
      kind: fc.constant(kind),
      metadata: fc.record({ name: fc.constantFrom('s', 'flux-system') }),
      spec: maybe<unknown>(spec),
    }),
  ),
)
const kustomization = fc.record(
  {
    resources: maybe(fc.array(maybe(path), { maxLength: 3 })),
    components: maybe(fc.array(path)),
    patches: junk,
    generators: junk,
    helmCharts: maybe(fc.array(junk)),
    configMapGenerator: maybe(fc.array(junk)),
  },
  { requiredKeys: [] },
)
const chart = fc.record({
  name: fc.constantFrom('a', 'c'),
  type: junk,
  dependencies: maybe(
    fc.array(maybe(fc.record({ name: fc.constant('a'), repository: fc.constantFrom('file://../a', 'file://.', 'https://x') }))),
  ),
})
const helmfile = fc.record({
  repositories: junk,
  releases: maybe(fc.array(maybe(fc.record({ name: fc.constant('r'), chart: maybe(path), values: junk, set: junk })))),
})
const json = (value: fc.Arbitrary<unknown>) => value.map((written) => JSON.stringify(written))

const files: fc.Arbitrary<Files> = fc.record(
  {
    'a/x.yaml': json(object),
    'a/b/y.yaml': json(object),
    'z.yaml': json(object),
    'a/kustomization.yaml': json(kustomization),
    'c/kustomization.yaml': json(kustomization),
    'kustomization.yaml': json(kustomization),
    'a/Chart.yaml': json(chart),
    'c/Chart.yaml': json(chart),
    'a/values-x.yaml': fc.constant('a: 1\n'),
    'helmfile.yaml': json(helmfile),
  },
  { requiredKeys: [] },
)

test('every target has an id of its own, reads files of the tree, and is reached without a circle', () => {
  fc.assert(
    fc.property(files, (tree) => {
      const { rendered, unresolved } = graphOf(tree)
      const byId = new Map(rendered.map((target) => [target.id, target]))
      expect(byId.size).toBe(rendered.length)
      for (const { inputs, covers } of rendered) {
        expect([...new Set(inputs)].sort()).toEqual(inputs)
        expect(inputs.filter((input) => !Object.hasOwn(tree, input))).toEqual([])
        expect(covers.filter((input) => !inputs.includes(input))).toEqual([])
      }
      for (const target of rendered) expect(reachable(target, byId, new Set())).toBe(true)
      for (const { message, hint } of unresolved) expect(message.length * hint.length).toBeGreaterThan(0)
    }),
    { numRuns: 1_000 },
  )
})

/** Whether going up from a target ends. */
function reachable(target: RenderTarget, byId: ReadonlyMap<string, RenderTarget>, below: ReadonlySet<string>): boolean {
  if (below.has(target.id)) return false
  return target.through.every((id) => {
    const above = byId.get(id)
    return above !== undefined && reachable(above, byId, new Set([...below, target.id]))
  })
}

test('a tree has the same targets twice, and where nothing changed none is reached', () => {
  fc.assert(
    fc.property(files, (tree) => {
      const graphs = { base: graphOf(tree), head: graphOf(tree) }
      expect(graphs.head.rendered.map(({ id }) => id)).toEqual(graphs.base.rendered.map(({ id }) => id))
      expect(affected(graphs, diffOf(tree, tree)).size).toBe(0)
    }),
    { numRuns: 200 },
  )
})
