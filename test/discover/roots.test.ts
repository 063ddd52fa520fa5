// Targets that rendered objects name, and the bounds of all of it.

import { expect, test } from 'vitest'
import { targetsIn } from '../../src/discover/roots.ts'
import { mostTargets } from '../../src/discover/targets.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import type { Resource } from '../../src/resource/resource.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { idsOf, targetOf, unresolvedOf, valuesOf } from './rendered.ts'
import { type Files, graphOf, manifest } from './tree.ts'

const here = 'https://github.com/acme/fleet'

function read(text: string): readonly Resource[] {
  return parseYaml(text).flatMap((yaml, index) => resourcesIn({ path: 'rendered.yaml', text, lineStarts: lineStarts(text), yaml, index }))
}

const app = (name: string, path: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: {source: {repoURL: ${here}, path: ${path}}}\n`

const files: Files = {
  'root.yaml': app('root', 'charts/apps').replace('}}\n', '}, destination: {name: eu}}\n'),
  'charts/apps/Chart.yaml': 'name: apps\nversion: 1.0.0\n',
  'charts/apps/templates/app.yaml': '{{ range .Values.apps }}\n---\nkind: Application\n{{ end }}\n',
  'charts/api/Chart.yaml': 'name: api\nversion: 1.0.0\n',
}

test('an Application that comes out of a chart: it lands where its parent does and is reached through it', () => {
  const graph = graphOf(files, { origins: [here] })
  const root = targetOf(graph, 'Application argocd/root in root.yaml')
  const found = targetsIn(read(app('api', 'charts/api')), graph.scene, root)
  expect(idsOf({ rendered: found.targets })).toEqual([`Application argocd/api in root.yaml → eu ← ${root.id}`])
})

test('without a known origin what comes out shows which address is this repository', () => {
  const graph = graphOf({ ...files, 'root.yaml': '' })
  const found = targetsIn(read(app('api', 'charts/api')), graph.scene, targetOf(graph, 'chart charts/apps'))
  expect(found.targets.map(({ id }) => id)).toEqual(['Application argocd/api in charts/apps/Chart.yaml'])
})

test('an Application that renders itself comes out with the id that is known', () => {
  const graph = graphOf(files, { origins: [here] })
  const root = targetOf(graph, 'Application argocd/root in root.yaml')
  expect(targetsIn(read(app('root', 'charts/apps')), graph.scene, root).targets.map(({ id }) => id)).toEqual([root.id])
})

test('a ConfigMap of the same output is found before one of the tree', () => {
  const graph = graphOf({ ...files, 'cm.yaml': manifest('ConfigMap', 'v', 'data: {values.yaml: "from: tree"}\n') }, { origins: [here] })
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: api}
spec:
  chart: {spec: {chart: charts/api, sourceRef: {kind: GitRepository, name: flux-system}}}
  valuesFrom: [{kind: ConfigMap, name: v}]
`
  const from = targetOf(graph, 'Application argocd/root in root.yaml')
  const values = (text: string) => targetsIn(read(text), graph.scene, from).targets.flatMap(valuesOf)
  expect(values(release)).toEqual(['cm.yaml#/data/values.yaml "from: tree"'])
  expect(values(`${release}---\n${manifest('ConfigMap', 'v', 'data: {values.yaml: "from: output"}\n')}`)).toEqual([
    'rendered.yaml#/data/values.yaml "from: output"',
  ])
})

test('what rendered objects name and cannot be had is named too', () => {
  const graph = graphOf(files, { origins: [here] })
  const found = targetsIn(read(app('x', 'charts/none')), graph.scene, targetOf(graph, 'Application argocd/root in root.yaml'))
  expect(found.unresolved.map(({ code, message }) => `${code}: ${message}`)).toEqual(['missing-path: there is no folder charts/none'])
})

test('more targets than a review can look at are cut, and each that is left is named', () => {
  const many = Object.fromEntries(
    Array.from({ length: mostTargets + 3 }, (_, index) => [`k${index}/kustomization.yaml`, 'resources: []\n']),
  )
  const graph = graphOf(many)
  expect(graph.rendered).toHaveLength(mostTargets)
  expect(unresolvedOf(graph)).toHaveLength(3)
  expect(unresolvedOf(graph)[0]).toMatch(/^limit: kustomization k\d+ is left out: more than 5000 targets/)
})
