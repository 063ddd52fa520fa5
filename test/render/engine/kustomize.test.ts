// Kustomizations as `kustomize build` prints them, with where each object comes from.

import { expect, test } from 'vitest'
import { valueAt } from '../../../src/text/pointer.ts'
import { parseYaml } from '../../../src/yaml/parse.ts'
import { testEngine } from './engine.ts'
import { kustomization } from './requests.ts'

const { kustomize, failure } = testEngine()

const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: app, image: web}]}}}\n'

test('an overlay patches its base, and each object says what it comes from', async () => {
  const { documents } = await kustomize(
    kustomization({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': deployment,
      'overlay/kustomization.yaml':
        'resources: [../base]\nnamePrefix: prod-\npatches: [{path: patch.yaml}]\nimages: [{name: web, newTag: v2}]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n',
      'overlay/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
    }),
  )
  expect(documents.map(({ content }) => content).join('---\n')).toMatchInlineSnapshot(`
    "apiVersion: v1
    data:
      a: b
    kind: ConfigMap
    metadata:
      name: prod-settings-4h2mbtbbt6
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: prod-web
    spec:
      replicas: 2
      template:
        spec:
          containers:
          - image: web:v2
            name: app
    "
  `)
  expect(documents.map(({ origin }) => origin)).toEqual([
    { path: 'overlay/kustomization.yaml', generator: 'ConfigMapGenerator' },
    { path: 'base/web.yaml' },
  ])
})

/** As kustomize 5.8.2 prints it. */
const read = {
  annotations: { off: 'no', on: 'yes', y: '1e3' },
  spec: {
    bell: 'all.exists(c,\n\n  c.rings)',
    day: '2026-01-02T00:00:00Z',
    depth: 1000,
    empty: '',
    light: 'one\n  two\n\nthree\n',
    mode: 511,
    none: null,
    part: 0.1,
    path: 'a\tb',
    time: '12:30:45',
    word: '0x1F',
  },
}

test.each([
  ['folded text, which gains a line', '  bell: >-\n    all.exists(c,\n      c.rings)\n', ['bell']],
  ['dates and numbers', '  day: 2026-01-02\n  depth: 1e3\n  mode: 0777\n  part: 0.10\n', ['day', 'depth', 'mode', 'part']],
  ['words that look like numbers', '  word: "0x1F"\n  time: 12:30:45\n', ['word', 'time']],
  [
    'text of several lines and none',
    '  light: |\n    one\n      two\n\n    three\n  empty: ""\n  none: ~\n  path: "a\\tb"\n',
    ['light', 'empty', 'none', 'path'],
  ],
] as const)('values come out as kustomize means them: %s', async (_, spec, keys) => {
  const { documents } = await kustomize(
    kustomization({
      'overlay/kustomization.yaml': 'resources: [buoy.yaml]\n',
      'overlay/buoy.yaml': `apiVersion: example.org/v1\nkind: Buoy\nmetadata: { name: red, annotations: { on: yes, "off": "no", y: "1e3" } }\nspec:\n${spec}`,
    }),
  )
  const value = parseYaml(documents[0]?.content ?? '')[0]?.value
  expect(valueAt(value, '/metadata/annotations')).toEqual(read.annotations)
  expect(valueAt(value, '/spec')).toEqual(Object.fromEntries(keys.map((key) => [key, read.spec[key]])))
})

test.each([
  ['a key that is no word', 'deep: { 8080: web }', /unsupported type/],
  ['what is no number', 'deep: .nan', /unsupported value: NaN/],
])('%s is refused, as kustomize does', async (_, spec, message) => {
  const files = {
    'overlay/kustomization.yaml': 'resources: [buoy.yaml]\n',
    'overlay/buoy.yaml': `apiVersion: v1\nkind: Buoy\nmetadata: { name: red }\nspec: { ${spec} }\n`,
  }
  expect((await failure(kustomization(files))).message).toMatch(message)
})

test('names with spaces and other letters than ours are names like any other', async () => {
  const { documents } = await kustomize(
    kustomization(
      { 'Küche ☕/kustomization.yaml': 'resources: ["ein Dienst.yaml"]\n', 'Küche ☕/ein Dienst.yaml': deployment },
      'Küche ☕',
    ),
  )
  expect(documents[0]?.origin).toEqual({ path: 'Küche ☕/ein Dienst.yaml' })
})

test.each([
  ['a resource that is not there', { 'overlay/kustomization.yaml': 'resources:\n- ../base\n- missing.yaml\n' }],
  ['a base that is not there', { 'overlay/kustomization.yaml': 'resources:\n- ../nowhere\n' }],
  ['a component that is not there', { 'overlay/kustomization.yaml': 'resources:\n- ../base\ncomponents:\n- ../c\n' }],
  ['a patch that is not there', { 'overlay/kustomization.yaml': 'resources:\n- ../base\npatches:\n- path: nope.yaml\n' }],
  [
    'a patch without an object',
    {
      'overlay/kustomization.yaml': 'resources:\n- ../base\npatches:\n- path: p.yaml\n',
      'overlay/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: other}\n',
    },
  ],
  [
    'a patch that is no YAML',
    { 'overlay/kustomization.yaml': 'resources:\n- ../base\npatches:\n- path: p.yaml\n', 'overlay/p.yaml': 'a: b\n  c: d\n' },
  ],
  ['an unknown field', { 'overlay/kustomization.yaml': 'resources:\n- ../base\nfoo: bar\n' }],
  ['a kustomization that is no YAML', { 'overlay/kustomization.yaml': 'resources:\n- ../base\n bar\n: x' }],
  [
    'a fault further down',
    { 'overlay/kustomization.yaml': 'resources:\n- ../bad\n', 'bad/kustomization.yaml': 'resources:\n- gone.yaml\n' },
  ],
  [
    'a resource that is no YAML',
    {
      'overlay/kustomization.yaml': 'resources:\n- ../bad\n',
      'bad/kustomization.yaml': 'resources:\n- x.yaml\n',
      'bad/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n   b: c\n',
    },
  ],
  ['a file outside', { 'overlay/kustomization.yaml': 'resources:\n- ../base\n- ../base/web.yaml\n' }],
  ['an object twice', { 'overlay/kustomization.yaml': 'resources:\n- ../base\n- ../base\n' }],
  ['a cycle', { 'overlay/kustomization.yaml': 'resources:\n- ../a\n', 'a/kustomization.yaml': 'resources:\n- ../overlay\n' }],
  [
    'a generator without its file',
    { 'overlay/kustomization.yaml': 'resources:\n- ../base\nconfigMapGenerator:\n- name: x\n  files: [gone.conf]\n' },
  ],
  ['a remote base', { 'overlay/kustomization.yaml': 'resources:\n- github.com/acme/base//web?ref=v1\n' }],
  ['no kustomization', { 'base/other.yaml': 'a: b\n' }],
])('%s is blamed where a person mends it', async (_, texts) => {
  const base = { 'base/kustomization.yaml': 'resources:\n- web.yaml\n', 'base/web.yaml': deployment }
  const { message, file, line } = await failure(kustomization({ ...base, ...texts }))
  expect(`${file}:${line} ${message}`).toMatchSnapshot()
})

const chart = {
  'overlay/charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
  'overlay/charts/web/values.yaml': 'size: 1\n',
  'overlay/charts/web/templates/a.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  size: "{{ .Values.size }}"\n  version: {{ .Capabilities.KubeVersion }}\n',
}

test('a chart of the tree is rendered in its place', async () => {
  const charts = 'helmCharts: [{name: web, releaseName: shop, valuesInline: {size: 5}, kubeVersion: "1.31"}]\nnamePrefix: p-\n'
  const { documents, gaps } = await kustomize(kustomization({ ...chart, 'overlay/kustomization.yaml': charts }))
  expect(documents[0]?.content).toBe('apiVersion: v1\ndata:\n  size: "5"\n  version: v1.31\nkind: ConfigMap\nmetadata:\n  name: p-shop\n')
  expect(documents[0]?.origin).toEqual({ path: 'overlay/kustomization.yaml', generator: 'HelmChartInflationGenerator' })
  expect(gaps).toEqual([])
})

test('a chart that would have to be fetched is left out and named', async () => {
  const charts =
    'helmCharts: [{name: web, repo: "https://charts.acme.io", version: 1.2.3, releaseName: shop}]\nconfigMapGenerator: [{name: m}]\n'
  const { documents, gaps } = await kustomize(kustomization({ 'overlay/kustomization.yaml': charts }))
  expect(documents).toHaveLength(1)
  expect(gaps).toEqual([{ name: 'web', version: '1.2.3', repository: 'https://charts.acme.io', chart: 'overlay/charts/web-1.2.3' }])
})

test('a chart that fails is blamed in its own file', async () => {
  const broken = { ...chart, 'overlay/charts/web/templates/a.yaml': 'a: b\nc: {{ fail "no" }}\n' }
  expect(
    await failure(kustomization({ ...broken, 'overlay/kustomization.yaml': 'helmCharts: [{name: web, releaseName: shop}]\n' })),
  ).toMatchObject({ file: 'overlay/charts/web/templates/a.yaml', line: 2, message: 'execution error at (templates/a.yaml:2:6): no' })
})

test.each([
  [
    'a component',
    {
      'overlay/kustomization.yaml': 'resources: [../base]\ncomponents: [../c]\n',
      'c/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplicas: [{name: web, count: 3}]\n',
    },
    'replicas: 3',
  ],
  [
    'a replacement',
    {
      'overlay/kustomization.yaml':
        'resources: [../base]\nreplacements: [{source: {kind: Deployment, name: web, fieldPath: metadata.name}, targets: [{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=app].image"]}]}]\n',
    },
    'image: web\n',
  ],
  [
    'a JSON patch in place',
    {
      'overlay/kustomization.yaml':
        'resources: [../base]\npatches: [{target: {kind: Deployment}, patch: \'[{"op": "add", "path": "/spec/paused", "value": true}]\'}]\n',
    },
    'paused: true',
  ],
  [
    'a patch in the old form',
    {
      'overlay/kustomization.yaml':
        'resources: [../base]\npatchesStrategicMerge: ["{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true}}"]\n',
    },
    'paused: true',
  ],
  [
    'variables',
    {
      'overlay/kustomization.yaml':
        'resources: [../base, s.yaml]\nvars: [{name: WEB, objref: {apiVersion: v1, kind: Service, name: api}}]\npatches: [{target: {kind: Deployment}, patch: \'[{"op": "add", "path": "/spec/template/spec/containers/0/args", "value": ["$(WEB)"]}]\'}]\n',
      'overlay/s.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: api}\n',
    },
    '- api',
  ],
  [
    'fields of its own kinds',
    {
      'overlay/kustomization.yaml':
        'resources: [t.yaml]\nnamePrefix: p-\nconfigurations: [c.yaml]\nconfigMapGenerator: [{name: m, literals: [a=b]}]\n',
      'overlay/t.yaml': 'apiVersion: acme.io/v1\nkind: Thing\nmetadata: {name: t}\nspec: {config: m}\n',
      'overlay/c.yaml': 'nameReference: [{kind: ConfigMap, fieldSpecs: [{kind: Thing, path: spec/config}]}]\n',
    },
    'config: p-m-4h2mbtbbt6',
  ],
])('%s is built', async (_, texts, expected) => {
  const base = { 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': deployment }
  const { documents } = await kustomize(kustomization({ ...base, ...texts }))
  expect(documents.map(({ content }) => content).join('---\n')).toContain(expected)
})
