// Which rendered targets a change reaches: exactly those that read what changed, at base or at head.

import { expect, test } from 'vitest'
import { affected } from '../../src/discover/affected.ts'
import { diffOf, type Files, graphOf, manifest } from './tree.ts'

const here = 'https://github.com/acme/shop'

/** The targets that are reached, but files judged as written. */
function reached(base: Files, head: Files, renames: Readonly<Record<string, string>> = {}): readonly string[] {
  const graphs = { base: graphOf(base, { origins: [here] }), head: graphOf(head, { origins: [here] }) }
  const files = new Set([...graphs.base.targets, ...graphs.head.targets].map(({ id }) => id))
  return [...affected(graphs, diffOf(base, head, renames))].filter((id) => !files.has(id)).sort()
}

const pod = manifest('Pod', 'web')
const chart = (name: string, more = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`
const app = (name: string, source: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec:\n  source: {repoURL: ${here}, ${source}}\n`

const tree: Files = {
  'apps/foo/Chart.yaml': chart('foo'),
  'apps/foo/templates/pod.yaml': 'kind: Pod\n',
  'apps/foobar/Chart.yaml': chart('foobar'),
  'apps/foobar/templates/pod.yaml': 'kind: Pod\n',
  'apps/umbrella/Chart.yaml': chart('umbrella', 'dependencies: [{name: foo, repository: "file://../foo"}]\n'),
  'apps/umbrella/Chart.lock': 'dependencies: []\n',
  'settings/foo.conf': 'replicas: 1\n',
  'foo.yaml': app('foo', 'path: apps/foo, helm: {valueFiles: [../../settings/foo.conf]}'),
  'foobar.yaml': app('foobar', 'path: apps/foobar'),
  'multi.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: multi}
spec:
  sources:
  - {repoURL: https://charts.example.org, chart: redis, targetRevision: 1.0.0, helm: {valueFiles: [$own/settings/redis.yaml]}}
  - {repoURL: ${here}, ref: own}
`,
  'settings/redis.yaml': 'a: 1\n',
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod,
  'overlays/eu/kustomization.yaml': 'resources: [../../base]\npatches: [{path: patch.yaml}]\ncomponents: [../../component]\n',
  'overlays/eu/patch.yaml': 'a: 1\n',
  'overlays/us/kustomization.yaml': 'resources: [../../base]\nconfigMapGenerator: [{name: c, files: [app.conf]}]\n',
  'overlays/us/app.conf': 'x',
  'component/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n',
  'notes.md': 'x',
}
const without = (path: string): Files => Object.fromEntries(Object.entries(tree).filter(([name]) => name !== path))
const changed = (path: string, text = 'changed: true\n'): Files => ({ ...tree, [path]: text })

const [eu, us] = ['kustomization overlays/eu', 'kustomization overlays/us']
const [foo, foobar, umbrella, multi] = [
  'Application foo in foo.yaml',
  'Application foobar in foobar.yaml',
  'chart apps/umbrella',
  'Application multi in multi.yaml',
]

test.each<readonly [string, Files, readonly string[]]>([
  [
    'a template: its chart, and the one that takes it; not one whose folder begins alike',
    changed('apps/foo/templates/pod.yaml'),
    [foo, umbrella],
  ],
  ['the one whose folder begins alike: itself alone', changed('apps/foobar/templates/pod.yaml'), [foobar]],
  ['a new template', changed('apps/foobar/templates/more.yaml'), [foobar]],
  ['a values file that is any YAML under any name', changed('settings/foo.conf'), [foo]],
  ['a values file of another source', changed('settings/redis.yaml'), [multi]],
  ['the lock of a chart', changed('apps/umbrella/Chart.lock'), [umbrella, 'what apps/umbrella/Chart.yaml takes in']],
  ['a base: every overlay that takes it', changed('base/pod.yaml', manifest('Pod', 'other')), [eu, us]],
  ['a patch', changed('overlays/eu/patch.yaml'), [eu]],
  ['input of a generator', changed('overlays/us/app.conf'), [us]],
  ['a component', changed('component/kustomization.yaml', `${String(tree['component/kustomization.yaml'])}namePrefix: x-\n`), [eu]],
  ['a base file that is deleted', without('base/pod.yaml'), [eu, us]],
  ['the root alone', changed('foobar.yaml', app('foobar', 'path: apps/foobar, helm: {releaseName: x}')), [foobar]],
  [
    'a root that is turned to another chart',
    changed('foobar.yaml', app('foobar', 'path: apps/umbrella')),
    [foobar, 'chart apps/foobar', umbrella],
  ],
  ['a root that is deleted: its chart is rendered on its own', without('foobar.yaml'), [foobar, 'chart apps/foobar']],
  [
    'a new values file beside a chart that no root names',
    changed('apps/umbrella/values-eu.yaml'),
    [umbrella, `${umbrella} with values-eu.yaml`],
  ],
  ['what nothing reads', changed('notes.md'), []],
])('%s', (_, head, expected) => {
  expect(reached(tree, head)).toEqual([...expected].sort())
})

test('a moved file reaches what read it where it was and what reads it now', () => {
  const head = { ...without('base/pod.yaml'), 'base/moved.yaml': pod, 'base/kustomization.yaml': 'resources: [moved.yaml]\n' }
  expect(reached(tree, head, { 'base/pod.yaml': 'base/moved.yaml' })).toEqual([eu, us])
})

test('where a root comes out of another target, that one is rendered too, all the way up', () => {
  const flux = (name: string, path: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec: {path: ${path}, targetNamespace: x, sourceRef: {kind: GitRepository, name: flux-system}}\n`
  const files: Files = {
    'cluster/apps.yaml': flux('apps', 'apps'),
    'root.yaml': flux('cluster', 'cluster'),
    'apps/web.yaml': flux('web', 'web'),
    'web/pod.yaml': pod,
    'other/kustomization.yaml': 'resources: []\n',
  }
  expect(reached(files, { ...files, 'web/pod.yaml': manifest('Pod', 'x') })).toEqual([
    'Kustomization apps in cluster/apps.yaml',
    'Kustomization cluster in root.yaml',
    'Kustomization web in apps/web.yaml',
  ])
})
