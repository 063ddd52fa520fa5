// Applications of Argo CD: what each source renders, with which values, where it lands.

import { expect, test } from 'vitest'
import { idsOf, overlayOf, shownPlace, targetOf, unresolvedOf, valuesOf } from '../rendered.ts'
import { type Files, graphOf, manifest } from '../tree.ts'

const here = 'https://github.com/acme/shop'
const chart: Files = {
  'charts/api/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
  'charts/api/templates/pod.yaml': 'kind: Pod\n',
  'charts/api/values-prod.yaml': 'a: 1\n',
}
const overlay: Files = { 'overlays/prod/kustomization.yaml': 'resources: [pod.yaml]\n', 'overlays/prod/pod.yaml': manifest('Pod', 'web') }

function app(name: string, spec: string): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}\n`
}

function graph(files: Files, origins: readonly string[] = [here]) {
  return graphOf(files, { origins })
}

test.each<readonly [string, string, readonly string[]]>([
  [
    'a chart',
    `source: {repoURL: ${here}.git, path: charts/api}`,
    ['Application argocd/api in app.yaml', 'kustomization overlays/prod → prod'],
  ],
  [
    'a kustomization',
    `source: {repoURL: ${here}, path: ./overlays/prod/}`,
    ['Application argocd/api in app.yaml → prod', 'chart charts/api', 'chart charts/api with values-prod.yaml → prod'],
  ],
  [
    'a cluster by name',
    `source: {repoURL: ${here}, path: charts/api}\ndestination: {name: eu, namespace: shop}`,
    ['Application argocd/api in app.yaml → eu', 'kustomization overlays/prod → prod'],
  ],
  [
    'a cluster by address',
    `source: {repoURL: ${here}, path: charts/api}\ndestination: {server: "https://eu.example.org/"}`,
    ['Application argocd/api in app.yaml → eu.example.org', 'kustomization overlays/prod → prod'],
  ],
  [
    "Argo CD's own cluster: what the values file speaks of",
    `source: {repoURL: ${here}, path: charts/api, helm: {valueFiles: [values-prod.yaml]}}\ndestination: {server: "https://kubernetes.default.svc"}`,
    ['Application argocd/api in app.yaml → prod', 'kustomization overlays/prod → prod'],
  ],
  [
    'several sources',
    `sources:\n- {repoURL: ${here}, path: charts/api}\n- {repoURL: ${here}, path: overlays/prod}\n- {repoURL: ${here}, ref: values}`,
    ['Application argocd/api source 1 in app.yaml', 'Application argocd/api source 2 in app.yaml → prod'],
  ],
])('%s', (_, spec, expected) => {
  expect(idsOf(graph({ ...chart, ...overlay, 'app.yaml': app('api', spec) }))).toEqual(expected)
})

test('values in the order in which Argo CD has them, each with its place', () => {
  const spec = `destination: {namespace: shop}
source:
  repoURL: ${here}
  path: charts/api
  helm:
    releaseName: web
    kubeVersion: "1.33"
    apiVersions: [monitoring.coreos.com/v1]
    valueFiles: [values-prod.yaml, ../../shared.txt, /deep/any.name, lost.yaml, "https://example.org/v.yaml"]
    values: |
      ignored: true
    valuesObject: {replicas: 2}
    parameters:
    - {name: image.tag, value: "1.2", forceString: true}
    - {name: enabled, value: "true"}
    fileParameters:
    - {name: config, path: files/config.json}`
  const files = {
    ...chart,
    'shared.txt': 'a: 1\n',
    'deep/any.name': 'a: 1\n',
    'charts/api/files/config.json': '{}',
    'app.yaml': app('api', spec),
  }
  const target = targetOf(graph(files), 'Application argocd/api in app.yaml')
  expect(target).toMatchObject({
    release: 'web',
    namespace: 'shop',
    kubernetesVersion: '1.33',
    apiVersions: ['monitoring.coreos.com/v1'],
    skipSchemaValidation: false,
  })
  expect(valuesOf(target)).toEqual([
    'charts/api/values-prod.yaml',
    'shared.txt',
    'deep/any.name',
    'app.yaml#/spec/source/helm/valuesObject {"replicas":2}',
    'app.yaml#/spec/source/helm/parameters/0/value image.tag=1.2 string',
    'app.yaml#/spec/source/helm/parameters/1/value enabled=true typed',
    'app.yaml#/spec/source/helm/fileParameters/0/path config=charts/api/files/config.json file',
  ])
  expect(target.missing.map(({ message }) => message)).toEqual([
    'values file lost.yaml is left out: there is no file charts/api/lost.yaml',
    'values file https://example.org/v.yaml is left out: it would have to be fetched',
  ])
  expect(target.inputs).toEqual(expect.arrayContaining(['app.yaml', 'shared.txt', 'deep/any.name', 'charts/api/files/config.json']))
})

test('values of text stand where they are written; a missing file may be allowed', () => {
  const spec = `source:\n  repoURL: ${here}\n  path: charts/api\n  helm:\n    ignoreMissingValueFiles: true\n    valueFiles: [lost.yaml]\n    values: |\n      a: 1\n`
  const target = targetOf(graph({ ...chart, 'app.yaml': app('api', spec) }), 'Application argocd/api in app.yaml')
  expect(valuesOf(target)).toEqual(['app.yaml#/spec/source/helm/values "a: 1\\n"'])
  expect(target.missing).toEqual([])
})

test('a values file of another source is found by its ref, whatever its name', () => {
  const spec = `sources:
- repoURL: https://charts.example.org
  chart: redis
  targetRevision: 19.0.0
  helm: {valueFiles: [$mine/deep/redis, $theirs/x.yaml, $none/x.yaml, values-own.yaml]}
- {repoURL: git@github.com:acme/shop.git, ref: mine}
- {repoURL: https://github.com/acme/other, ref: theirs}`
  const target = targetOf(graph({ 'deep/redis': 'a: 1\n', 'app.yaml': app('redis', spec) }), 'Application argocd/redis in app.yaml')
  expect(target).toMatchObject({
    chart: { kind: 'repository', repository: 'https://charts.example.org', name: 'redis', version: '19.0.0' },
  })
  expect(valuesOf(target)).toEqual(['deep/redis'])
  expect(target.inputs).toEqual(['app.yaml', 'deep/redis'])
  expect(target.missing.map(({ message, at }) => `${message} (${at === undefined ? '' : shownPlace(at)})`)).toEqual([
    'values file $theirs/x.yaml is left out: it is in another repository, https://github.com/acme/other (app.yaml#/spec/sources/0/helm/valueFiles/1)',
    'values file $none/x.yaml is left out: no source of the Application has ref: none (app.yaml#/spec/sources/0/helm/valueFiles/2)',
    'values file values-own.yaml is left out: it is in the chart, which is not in this repository (app.yaml#/spec/sources/0/helm/valueFiles/3)',
  ])
})

test('a registry of OCI is written without its scheme', () => {
  const target = targetOf(
    graph({ 'app.yaml': app('r', 'source: {repoURL: registry.example.org/charts, chart: redis, targetRevision: 1.0.0}') }),
    'Application argocd/r in app.yaml',
  )
  expect(target).toMatchObject({ chart: { repository: 'oci://registry.example.org/charts' } })
})

test('what it adds to a kustomization, in the words of kustomize', () => {
  const spec = `source:
  repoURL: ${here}
  path: overlays/prod
  kustomize:
    namePrefix: eu-
    nameSuffix: ""
    namespace: shop
    images: [nginx=ghcr.io/acme/nginx:1.27, "ghcr.io/acme/api:2", "r.io:5000/x@sha256:ab"]
    replicas: [{name: web, count: 2}]
    patches: [{target: {kind: Pod}, patch: "- op: remove\\n  path: /x\\n"}]
    components: [../../component]
    commonLabels: {team: shop}
    commonAnnotations: {a: b}`
  const files = {
    ...overlay,
    'component/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n',
    'app.yaml': app('web', spec),
  }
  const target = targetOf(graph(files), 'Application argocd/web in app.yaml')
  const at = '/spec/source/kustomize'
  expect(overlayOf(target)).toEqual([
    `set namespace "shop" at ${at}/namespace`,
    `set namePrefix "eu-" at ${at}/namePrefix`,
    `append images {"name":"nginx","newName":"ghcr.io/acme/nginx","newTag":"1.27"} at ${at}/images/0`,
    `append images {"name":"ghcr.io/acme/api","newTag":"2"} at ${at}/images/1`,
    `append images {"name":"r.io:5000/x","digest":"sha256:ab"} at ${at}/images/2`,
    `append replicas {"name":"web","count":2} at ${at}/replicas/0`,
    `append patches {"target":{"kind":"Pod"},"patch":"- op: remove\\n  path: /x\\n"} at ${at}/patches/0`,
    `append components "../../component" at ${at}/components/0`,
    `merge commonLabels {"team":"shop"} at ${at}/commonLabels`,
    `merge commonAnnotations {"a":"b"} at ${at}/commonAnnotations`,
  ])
  expect(target.inputs).toContain('component/kustomization.yaml')
})

test('a folder that is applied as it stands gives its manifests a root and a place to land', () => {
  const spec = `source: {repoURL: ${here}, path: plain, directory: {recurse: true, exclude: "{skip/*,b.yaml}"}}\ndestination: {name: eu}`
  const found = graph({
    'plain/a.yaml': manifest('Pod', 'a'),
    'plain/b.yaml': manifest('Pod', 'b'),
    'plain/deep/c.yaml': manifest('Pod', 'c'),
    'plain/skip/d.yaml': manifest('Pod', 'd'),
    'plain/x.jsonnet': '{}',
    'plain2/e.yaml': manifest('Pod', 'e'),
    'app.yaml': app('plain', spec),
  })
  expect(
    found.targets
      .filter(({ root }) => root !== undefined)
      .map(({ id, environments, root }) => `${id} ${root?.name} ${environments.join()}`),
  ).toEqual(['plain/a.yaml argocd/plain eu', 'plain/deep/c.yaml argocd/plain eu'])
  expect(unresolvedOf(found)).toEqual(['unsupported-tool: plain/x.jsonnet would have to be evaluated by Jsonnet'])
})

test.each([
  [
    'a plugin in another repository',
    'source: {repoURL: https://github.com/acme/other, path: charts/far, plugin: {name: tanka}}',
    'unsupported-tool: charts/far of https://github.com/acme/other is not rendered: a plugin does it',
  ],
  [
    'a choice of files in another repository',
    'source: {repoURL: https://github.com/acme/other, path: far, directory: {include: "*.yaml"}}',
    'unsupported-tool: far of https://github.com/acme/other is not rendered: directory.include is not read for other repositories',
  ],
  ['a folder that is not there', `source: {repoURL: ${here}, path: charts/gone}`, 'missing-path: there is no folder charts/gone'],
  ['a folder out of the tree', `source: {repoURL: ${here}, path: ../../etc}`, 'missing-path: there is no folder ../../etc'],
  [
    'a plugin',
    `source: {repoURL: ${here}, path: charts/api, plugin: {name: tanka}}`,
    'unsupported-tool: charts/api is rendered by a plugin',
  ],
  ['Helm without a chart', `source: {repoURL: ${here}, path: plain, helm: {releaseName: x}}`, 'missing-path: plain holds no Chart.yaml'],
  ['no address', 'source: {path: charts/api}', 'invalid: a source without repoURL'],
])('%s is named', (_, spec, expected) => {
  expect(unresolvedOf(graph({ ...chart, 'plain/a.yaml': manifest('Pod', 'a'), 'app.yaml': app('x', spec) }))).toEqual([expected])
})

test('without a known origin the only address whose path stands here is this repository', () => {
  const files = { ...chart, 'app.yaml': app('api', 'source: {repoURL: git@git.internal:mirror/shop.git, path: charts/api}') }
  expect(idsOf(graph(files, []))).toEqual(['Application argocd/api in app.yaml'])
})

test('two objects of one name in one file stay two targets', () => {
  const one = app('api', `source: {repoURL: ${here}, path: charts/api}`)
  expect(idsOf(graph({ ...chart, 'app.yaml': `${one}---\n${one}` }))).toEqual([
    'Application argocd/api in app.yaml',
    'Application argocd/api in app.yaml (2)',
  ])
})

test('an Application in a kustomization comes out through it', () => {
  const files = {
    ...chart,
    'apps/eu/kustomization.yaml': 'namespace: argocd\nresources: [api.yaml]\n',
    'apps/eu/api.yaml': app('api', `source: {repoURL: ${here}, path: charts/api}`),
  }
  expect(idsOf(graph(files))).toEqual(['Application argocd/api in apps/eu/api.yaml ← kustomization apps/eu', 'kustomization apps/eu'])
})

test('a folder of another repository is a target that waits for it, a chart where Helm is spoken of', () => {
  const targetOf = (spec: string) => graph({ 'app.yaml': app('far', spec) }).rendered[0]
  const other = 'repoURL: https://github.com/acme/other, path: far, targetRevision: v2'
  expect(targetOf(`source: {${other}, kustomize: {namePrefix: x-}}`)).toMatchObject({
    kind: 'kustomization',
    folder: 'far',
    inputs: ['app.yaml'],
    overlay: [{ field: 'namePrefix' }],
    elsewhere: {
      repository: 'https://github.com/acme/other',
      revision: 'v2',
      plain: 'folder',
      chart: { chart: { kind: 'git', path: 'far' } },
    },
  })
  expect(targetOf(`source: {${other}, helm: {values: "a: 1"}}`)).toMatchObject({
    kind: 'chart',
    chart: { kind: 'git', repository: 'https://github.com/acme/other', revision: 'v2', path: 'far' },
    values: [{ kind: 'text', text: 'a: 1' }],
  })
})
