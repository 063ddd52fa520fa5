// Kustomizations as targets: which are built, what they read, where they land.

import { expect, test } from 'vitest'
import { idsOf, shownPlace, targetOf, unresolvedOf } from '../rendered.ts'
import { type Files, graphOf, manifest } from '../tree.ts'

const pod = manifest('Pod', 'web')
const base: Files = { 'app/base/kustomization.yaml': 'resources: [pod.yaml]\n', 'app/base/pod.yaml': pod }

test.each<readonly [string, Files, readonly string[]]>([
  ['a base that nobody takes is built on its own', base, ['kustomization app/base']],
  ['at the root of the repository', { 'kustomization.yaml': 'resources: [pod.yaml]\n', 'pod.yaml': pod }, ['kustomization .']],
  [
    'overlays, not the base that they take',
    {
      ...base,
      'app/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
      'app/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
    },
    ['kustomization app/overlays/prod → prod', 'kustomization app/overlays/staging → staging'],
  ],
  [
    'overlays that stand beside their base',
    { ...base, 'app/prod/kustomization.yaml': 'bases: [../base]\n', 'app/staging/Kustomization': 'resources: [../base/]\n' },
    ['kustomization app/prod → prod', 'kustomization app/staging → staging'],
  ],
  [
    'the cluster that a path speaks of',
    { 'clusters/eu/apps/kustomization.yml': 'resources: [pod.yaml]\n', 'clusters/eu/apps/pod.yaml': pod },
    ['kustomization clusters/eu/apps → eu'],
  ],
  [
    'a base beside others is no environment',
    { ...base, 'x/base/kustomization.yaml': 'resources: [../../app/base]\n', 'x/eu/kustomization.yaml': 'resources: [../../app/base]\n' },
    ['kustomization x/base', 'kustomization x/eu → eu'],
  ],
  ['a single overlay is no environment', { ...base, 'app/one/kustomization.yaml': 'resources: [../base]\n' }, ['kustomization app/one']],
  [
    'a component is built within others only',
    {
      'c/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [pod.yaml]\n',
      'c/pod.yaml': pod,
      'k/kustomization.yaml': 'components: [../c]\n',
    },
    ['kustomization k'],
  ],
])('%s', (_, files, expected) => {
  expect(idsOf(graphOf(files))).toEqual(expected)
})

test('every file that the build reads is an input, through bases and components', () => {
  const files: Files = {
    'k/kustomization.yaml': `resources: [../base, 'with space/naïve.yaml', one.yaml]
bases: [../old/file.yaml]
components: [../component]
patches: [{path: patch.yaml}]
patchesStrategicMerge: [merge.yaml]
patchesJson6902: [{path: six.json, target: {kind: Pod}}]
replacements: [{path: replace.yaml}]
transformers: [transform.yaml, ../plugins]
generators: [generate.yaml]
configurations: [names.yaml]
crds: [crd.json]
openapi: {path: schema.json}
configMapGenerator: [{name: c, files: [key=conf/a.conf], envs: [a.env]}]
secretGenerator: [{name: s, env: old.env}]
`,
    'k/with space/naïve.yaml': pod,
    'k/one.yaml': manifest('Pod', 'one'),
    'old/file.yaml': manifest('Pod', 'old'),
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': manifest('Pod', 'base'),
    'component/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{path: p.yaml}]\n',
    'component/p.yaml': 'a: 1\n',
    'plugins/kustomization.yaml': 'resources: [label.yaml]\n',
    'plugins/label.yaml': 'apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: l}\n',
    'k/transform.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: t}\npath: patches/deep.yaml\n',
    'k/patches/deep.yaml': 'a: 1\n',
    'k/generate.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: g}\nfiles: [x=gen.txt]\nenvs: [gen.env]\n',
    'k/gen.txt': 'x',
    'k/gen.env': 'A=1\n',
    'k/patch.yaml': 'a: 1\n',
    'k/merge.yaml': 'a: 1\n',
    'k/six.json': '[]',
    'k/replace.yaml': 'a: 1\n',
    'k/names.yaml': 'a: 1\n',
    'k/crd.json': '{}',
    'k/schema.json': '{}',
    'k/conf/a.conf': 'x',
    'k/a.env': 'A=1\n',
    'k/old.env': 'A=1\n',
    'k/unused.yaml': manifest('Pod', 'unused'),
  }
  const { inputs, covers, missing } = targetOf(graphOf(files), 'kustomization k')
  expect(inputs).toEqual(
    Object.keys(files)
      .filter((path) => path !== 'k/unused.yaml')
      .sort(),
  )
  expect(covers).toEqual(inputs)
  expect(missing).toEqual([])
})

test('charts that it inflates: in the tree as a whole, else by name, version and repository', () => {
  const graph = graphOf({
    'k/kustomization.yaml': `helmGlobals: {chartHome: ../charts}
helmCharts:
- {name: api, valuesFile: values-api.yaml}
- {name: redis, repo: https://charts.example.org, version: 1.2.3}
`,
    'k/values-api.yaml': 'a: 1\n',
    'charts/api/Chart.yaml': 'name: api\nversion: 1.0.0\n',
    'charts/api/templates/pod.yaml': pod,
  })
  expect(idsOf(graph)).toEqual(['kustomization k'])
  const target = targetOf(graph, 'kustomization k')
  expect(target.inputs).toEqual(['charts/api/Chart.yaml', 'charts/api/templates/pod.yaml', 'k/kustomization.yaml', 'k/values-api.yaml'])
  expect(target.kind === 'kustomization' && target.charts.map(({ at, ...chart }) => ({ ...chart, at: shownPlace(at) }))).toEqual([
    { name: 'api', repository: '', version: '', home: 'charts/api', inTree: true, at: 'k/kustomization.yaml#/helmCharts/0' },
    {
      name: 'redis',
      repository: 'https://charts.example.org',
      version: '1.2.3',
      home: 'charts/redis-1.2.3/redis',
      inTree: false,
      at: 'k/kustomization.yaml#/helmCharts/1',
    },
  ])
})

test('what it takes from elsewhere, and what is not there, is said with its place', () => {
  const graph = graphOf({
    'k/kustomization.yaml': 'resources: [https://example.org/x.yaml, gone.yaml, empty, link.yaml, ../../base]\n',
    'k/empty/note.txt': 'x',
    'k/link.yaml': { kind: 'symlink' },
  })
  const target = targetOf(graph, 'kustomization k')
  expect(target.kind === 'kustomization' && target.remotes.map(({ url, at }) => `${url} ${shownPlace(at)}`)).toEqual([
    'https://example.org/x.yaml k/kustomization.yaml#/resources/0',
  ])
  expect(target.missing.map(({ message }) => message)).toEqual([
    'k/gone.yaml, which k/kustomization.yaml names, is not there',
    'k/empty, which k/kustomization.yaml names, is a folder without a kustomization',
    'k/link.yaml, which k/kustomization.yaml names, is a symlink',
    '../base, which k/kustomization.yaml names, lies outside of the folder that was looked at',
  ])
  expect(target.missing.at(-1)?.hint).toContain('the root of the repository')
})

test.each<readonly [string, Files]>([
  ['two', { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' }],
  [
    'two below another',
    {
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
      'top/kustomization.yaml': 'resources: [../a]\n',
    },
  ],
  ['one that names itself', { 'a/kustomization.yaml': 'resources: [.]\n' }],
])('a circle is named once: %s', (_, files) => {
  const graph = graphOf(files)
  expect(idsOf(graph)).toEqual([])
  expect(unresolvedOf(graph)).toHaveLength(1)
  expect(unresolvedOf(graph)[0]).toMatch(/^cycle: the kustomizations a → (?:b → )?a name each other in a circle$/)
})

test('a kustomization that the policy leaves out is no target, but is built where another takes it', () => {
  const files: Files = { ...base, 'app/prod/kustomization.yaml': 'resources: [../base]\n', 'vendor/kustomization.yaml': 'resources: []\n' }
  const graph = graphOf(files, { ignore: ['vendor/', 'app/base/'] })
  expect(idsOf(graph)).toEqual(['kustomization app/prod'])
  expect(targetOf(graph, 'kustomization app/prod').inputs).toContain('app/base/pod.yaml')
})
