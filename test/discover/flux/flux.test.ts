// Flux: Kustomizations and HelmReleases as targets.

import { expect, test } from 'vitest'
import { idsOf, overlayOf, shownPlace, targetOf, unresolvedOf, valuesOf } from '../rendered.ts'
import { type Files, graphOf, manifest } from '../tree.ts'

const here = 'https://github.com/acme/fleet'

function object(kind: string, name: string, spec: string, namespace = 'flux-system'): string {
  const group =
    kind === 'HelmRelease'
      ? 'helm.toolkit.fluxcd.io/v2'
      : kind === 'Kustomization'
        ? 'kustomize.toolkit.fluxcd.io/v1'
        : 'source.toolkit.fluxcd.io/v1'
  const at = namespace === '' ? '' : `, namespace: ${namespace}`
  return `apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: ${name}${at}}\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}\n`
}

const git = object('GitRepository', 'flux-system', `url: ssh://git@github.com/acme/fleet\nref: {branch: main}`)
const sourceRef = 'sourceRef: {kind: GitRepository, name: flux-system}'

function graph(files: Files) {
  return graphOf({ 'source.yaml': git, ...files }, { origins: [here] })
}

test('a folder with a kustomization, and what is added to it', () => {
  const spec = `path: ./apps
${sourceRef}
targetNamespace: shop
namePrefix: eu-
commonMetadata: {labels: {a: b}}
components: [../component]
images: [{name: nginx, newTag: "1.27"}]
patches: [{patch: "- op: remove\\n  path: /x\\n", target: {kind: Pod}}]
patchesStrategicMerge: [{apiVersion: v1, kind: Pod, metadata: {name: web}}]`
  const files = {
    'apps/kustomization.yaml': 'resources: [pod.yaml]\n',
    'apps/pod.yaml': manifest('Pod', 'web'),
    'component/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n',
    'ks.yaml': object('Kustomization', 'apps', spec),
  }
  const found = graph(files)
  expect(idsOf(found)).toEqual(['Kustomization flux-system/apps in ks.yaml'])
  const target = targetOf(found, 'Kustomization flux-system/apps in ks.yaml')
  expect(target).toMatchObject({ kind: 'kustomization', folder: 'apps' })
  expect(target.kind === 'kustomization' && target.generated).toBe(undefined)
  expect(target.inputs).toEqual(['apps/kustomization.yaml', 'apps/pod.yaml', 'component/kustomization.yaml', 'ks.yaml'])
  expect(overlayOf(target)).toEqual([
    'set namespace "shop" at /spec/targetNamespace',
    'set namePrefix "eu-" at /spec/namePrefix',
    'set commonMetadata {"labels":{"a":"b"}} at /spec/commonMetadata',
    'append components "../component" at /spec/components/0',
    'append images {"name":"nginx","newTag":"1.27"} at /spec/images/0',
    'append patches {"patch":"- op: remove\\n  path: /x\\n","target":{"kind":"Pod"}} at /spec/patches/0',
    'append patches {"patch":"{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"Pod\\",\\"metadata\\":{\\"name\\":\\"web\\"}}"} at /spec/patchesStrategicMerge/0',
  ])
})

test('a folder without a kustomization: the files with objects, and folders that have one', () => {
  const found = graph({
    'apps/a.yaml': manifest('Pod', 'a'),
    'apps/deep/b.yml': manifest('Pod', 'b'),
    'apps/deep/notes.yaml': 'a: 1\n',
    'apps/deep/crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n',
    'apps/web/kustomization.yaml': 'resources: [deep/c.yaml]\n',
    'apps/web/deep/c.yaml': manifest('Pod', 'c'),
    'apps/web/values.yaml': 'a: 1\n',
    'ks.yaml': object('Kustomization', 'apps', `path: apps/\ntargetNamespace: x\n${sourceRef}`),
  })
  const target = targetOf(found, 'Kustomization flux-system/apps in ks.yaml')
  expect(target.kind === 'kustomization' && target.generated).toEqual(['a.yaml', 'deep/b.yml', 'deep/crd.yaml', 'web'])
  expect(target.covers).toEqual([
    'apps/a.yaml',
    'apps/deep/b.yml',
    'apps/deep/crd.yaml',
    'apps/web/deep/c.yaml',
    'apps/web/kustomization.yaml',
  ])
  expect(idsOf(found)).toHaveLength(1)
})

test('what is substituted: ConfigMaps of the tree, then its own; secrets are named', () => {
  const spec = `path: apps
${sourceRef}
postBuild:
  substitute: {NAME: own}
  substituteFrom: [{kind: ConfigMap, name: settings}, {kind: Secret, name: secrets}, {kind: ConfigMap, name: gone, optional: true}]`
  const found = graph({
    'apps/a.yaml': manifest('Pod', 'a'),
    'settings.yaml': manifest('ConfigMap', 'settings', 'data: {NAME: theirs, REGION: eu}\n'),
    'ks.yaml': object('Kustomization', 'apps', spec),
  })
  const target = targetOf(found, 'Kustomization flux-system/apps in ks.yaml')
  expect(
    target.kind === 'kustomization' && target.substitutions?.map(({ name, value, at }) => `${name}=${value} ${shownPlace(at)}`),
  ).toEqual([
    'NAME=theirs settings.yaml#/data/NAME',
    'REGION=eu settings.yaml#/data/REGION',
    'NAME=own ks.yaml#/spec/postBuild/substitute/NAME',
  ])
  expect(target.missing.map(({ message }) => message)).toEqual([
    'what Secret secrets substitutes is unknown: secrets are not read',
    'what ConfigMap gone substitutes is unknown: it is not in this repository',
  ])
  expect(target.inputs).toContain('settings.yaml')
  expect(target.covers).not.toContain('settings.yaml')
})

test.each([
  [
    'an artifact',
    'path: ./\nsourceRef: {kind: OCIRepository, name: art}',
    'remote-source: ./ is in an artifact, oci://ghcr.io/acme/manifests',
  ],
  ['a source that is nowhere', 'path: gone\nsourceRef: {kind: Bucket, name: b}', 'remote-source: Bucket b is not in this repository'],
  ['a folder that is not there', `path: gone\n${sourceRef}`, 'missing-path: there is no folder gone'],
])('%s is named', (_, spec, expected) => {
  const files = {
    'apps/a.yaml': manifest('Pod', 'a'),
    'other.yaml': object('GitRepository', 'other', 'url: https://github.com/acme/other\nref: {tag: v1, branch: main}'),
    'art.yaml': object('OCIRepository', 'art', 'url: oci://ghcr.io/acme/manifests'),
    'x.yaml': object('Kustomization', 'x', spec),
  }
  expect(unresolvedOf(graph(files))).toEqual([expected])
})

test('a source that bootstrapping keeps outside is this repository where the path stands in it', () => {
  const found = graphOf({
    'apps/a.yaml': manifest('Pod', 'a'),
    'ks.yaml': object('Kustomization', 'apps', `path: ./apps\nnamePrefix: x-\n${sourceRef}`),
  })
  expect(idsOf(found)).toEqual(['Kustomization flux-system/apps in ks.yaml'])
})

const artifacts = object(
  'ArtifactGenerator',
  'all',
  `sources: [{alias: mono, kind: GitRepository, name: flux-system}]
artifacts:
- {name: apps, copy: [{from: "@mono/deploy/apps/base/**", to: "@artifact/base/"}, {from: "@mono/deploy/apps/eu/**", to: "@artifact/eu/"}]}
- {name: one, copy: [{from: "@mono/deploy/apps/**", to: "@artifact/"}]}
- {name: mixed, copy: [{from: "@mono/deploy/apps/eu/**", to: "@artifact/x/"}, {from: "@mono/other/**", to: "@artifact/y"}]}
`,
)

test.each([
  ['below a copy', 'apps', './eu', 'deploy/apps/eu'],
  ['above all copies', 'apps', './', 'deploy/apps'],
  ['of the whole', 'one', 'eu', 'deploy/apps/eu'],
  ['under another name', 'mixed', 'x/deep', 'deploy/apps/eu/deep'],
])('an artifact that is put together from this repository: a path %s', (_, name, path, folder) => {
  const files = {
    'deploy/apps/eu/deep/a.yaml': manifest('Pod', 'a'),
    'artifacts.yaml': artifacts.replace('source.toolkit.fluxcd.io/v1', 'source.extensions.fluxcd.io/v1beta1'),
    'ks.yaml': object('Kustomization', 'x', `path: ${path}\nnamePrefix: x-\nsourceRef: {kind: ExternalArtifact, name: ${name}}`),
  }
  expect(targetOf(graph(files), 'Kustomization flux-system/x in ks.yaml')).toMatchObject({ folder })
})

test('a path that the artifact does not give is named', () => {
  const files = {
    'artifacts.yaml': artifacts,
    'ks.yaml': object('Kustomization', 'x', 'path: ./\nsourceRef: {kind: ExternalArtifact, name: mixed}'),
  }
  expect(unresolvedOf(graph(files))).toEqual(['remote-source: ArtifactGenerator all does not say where . comes from'])
})

const fleet: Files = {
  'clusters/staging/flux-system/gotk-sync.yaml': `${git}---\n${object('Kustomization', 'flux-system', `path: ./clusters/staging\n${sourceRef}`)}`,
  'clusters/staging/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
  'clusters/staging/apps.yaml': object('Kustomization', 'apps', `path: ./apps/staging\n${sourceRef}`),
  'clusters/production/flux-system/gotk-sync.yaml': `${git}---\n${object('Kustomization', 'flux-system', `path: ./clusters/production\n${sourceRef}`)}`,
  'clusters/production/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
  'clusters/production/apps.yaml': object('Kustomization', 'apps', `path: ./apps/production\n${sourceRef}`),
  'apps/base/kustomization.yaml': 'namespace: web\nresources: [release.yaml]\n',
  'apps/base/release.yaml': object(
    'HelmRelease',
    'web',
    'chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}',
    '',
  ),
  'apps/staging/kustomization.yaml': 'resources: [../base]\n',
  'apps/production/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
  'apps/production/patch.yaml':
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec: {values: {replicas: 3}}\n',
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\n',
  'charts/web/templates/pod.yaml': 'kind: Pod\n',
}

test('two clusters: everything lands in the cluster whose folder it hangs from', () => {
  const [p, s] = ['clusters/production', 'clusters/staging']
  const found = graphOf(fleet, { origins: [here] })
  expect(idsOf(found)).toEqual([
    'HelmRelease web in apps/base/release.yaml → production, staging' +
      ` ← Kustomization flux-system/apps in ${p}/apps.yaml, Kustomization flux-system/apps in ${s}/apps.yaml`,
    `Kustomization flux-system/apps in ${p}/apps.yaml → production`,
    `Kustomization flux-system/flux-system at flux-system in ${p}/flux-system/gotk-sync.yaml → production`,
    `Kustomization flux-system/apps in ${s}/apps.yaml → staging`,
    `Kustomization flux-system/flux-system at flux-system in ${s}/flux-system/gotk-sync.yaml → staging`,
  ])
  expect(found.targets.filter(({ root }) => root !== undefined).map(({ id, environments }) => `${id} ${environments.join()}`)).toEqual([
    `${p}/apps.yaml production`,
    `${s}/apps.yaml staging`,
  ])
})

test('a Kustomization that builds the file it stands in, with something added: the circle is cut', () => {
  const self = object('Kustomization', 'flux-system', `path: ./cluster\ncommonMetadata: {labels: {a: b}}\n${sourceRef}`)
  const apps = object('Kustomization', 'apps', `path: ./apps\ntargetNamespace: x\n${sourceRef}`)
  expect(idsOf(graph({ 'cluster/sync.yaml': self, 'cluster/apps.yaml': apps, 'apps/pod.yaml': manifest('Pod', 'web') }))).toEqual([
    'Kustomization flux-system/apps in cluster/apps.yaml ← Kustomization flux-system/flux-system in cluster/sync.yaml',
    'Kustomization flux-system/flux-system in cluster/sync.yaml',
  ])
})

test('where nothing is added, files come out as they stand and folders by themselves', () => {
  const found = graph({
    'apps/a.yaml': manifest('Pod', 'a'),
    'apps/release.yaml': object('HelmRelease', 'web', 'chartRef: {kind: OCIRepository, name: app}', 'shop'),
    'apps/web/kustomization.yaml': 'resources: [c.yaml]\n',
    'apps/web/c.yaml': manifest('Pod', 'c'),
    'clusters/eu/ks.yaml': object('Kustomization', 'apps', `path: apps\n${sourceRef}`),
    ...sources,
  })
  expect(idsOf(found)).toEqual([
    'HelmRelease shop/web in apps/release.yaml → eu',
    'Kustomization flux-system/apps at web in clusters/eu/ks.yaml → eu',
  ])
  const [a] = found.targets.filter(({ id }) => id === 'apps/a.yaml')
  expect(a).toMatchObject({ environments: ['eu'], root: { kind: 'Kustomization', name: 'flux-system/apps' } })
})

const release = (spec: string) => graph({ 'hr.yaml': object('HelmRelease', 'web', spec, 'shop'), ...sources, ...chart })
const chart: Files = {
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\n',
  'charts/web/templates/pod.yaml': 'kind: Pod\n',
  'packed/db-1.0.0.tgz': new Uint8Array([31, 139]),
}
const sources: Files = {
  'sources.yaml': [
    object('HelmRepository', 'charts', 'url: https://charts.example.org'),
    object('HelmRepository', 'oci', 'type: oci\nurl: oci://ghcr.io/acme/charts'),
    object('OCIRepository', 'app', 'url: oci://ghcr.io/acme/charts/app-template\nref: {tag: 4.1.1}', 'shop'),
    object(
      'HelmChart',
      'made',
      'chart: redis\nversion: 19.0.0\nsourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}',
      'shop',
    ),
    object('GitRepository', 'other', 'url: https://github.com/acme/other\nref: {branch: main, commit: abc}'),
  ].join('---\n'),
}
const from = (kind: string, name: string) => `sourceRef: {kind: ${kind}, name: ${name}, namespace: flux-system}`

test.each<readonly [string, string, object]>([
  [
    'a chart repository',
    `chart: {spec: {chart: redis, version: 19.x, ${from('HelmRepository', 'charts')}}}`,
    { kind: 'repository', repository: 'https://charts.example.org', name: 'redis', version: '19.x' },
  ],
  [
    'a registry',
    `chart: {spec: {chart: redis, ${from('HelmRepository', 'oci')}}}`,
    { kind: 'repository', repository: 'oci://ghcr.io/acme/charts', name: 'redis', version: '*' },
  ],
  [
    'an artifact',
    'chartRef: {kind: OCIRepository, name: app}',
    { kind: 'repository', repository: 'oci://ghcr.io/acme/charts', name: 'app-template', version: '4.1.1' },
  ],
  [
    'an object that describes the chart',
    'chartRef: {kind: HelmChart, name: made}',
    { kind: 'repository', repository: 'https://charts.example.org', name: 'redis', version: '19.0.0' },
  ],
  [
    'this repository',
    `chart: {spec: {chart: ./charts/web, ${from('GitRepository', 'flux-system')}}}`,
    { kind: 'tree', path: 'charts/web' },
  ],
  [
    'an archive in this repository',
    `chart: {spec: {chart: packed/db-1.0.0.tgz, ${from('GitRepository', 'flux-system')}}}`,
    { kind: 'tree', path: 'packed/db-1.0.0.tgz' },
  ],
  [
    'another repository',
    `chart: {spec: {chart: charts/x, ${from('GitRepository', 'other')}}}`,
    { kind: 'git', repository: 'https://github.com/acme/other', revision: 'abc', path: 'charts/x' },
  ],
])('a chart of %s', (_, spec, expected) => {
  const target = targetOf(release(spec), 'HelmRelease shop/web in hr.yaml')
  expect(target.kind === 'chart' && target.chart).toEqual(expected)
})

test.each([
  ['HelmRepository', `chart: {spec: {chart: x, ${from('HelmRepository', 'none')}}}`],
  ['OCIRepository', 'chartRef: {kind: OCIRepository, name: none}'],
  ['HelmChart', 'chartRef: {kind: HelmChart, name: none}'],
])('of a chart whose %s is nowhere the values are known', (kind, spec) => {
  const target = targetOf(release(`${spec}\nvalues: {a: 1}`), 'HelmRelease shop/web in hr.yaml')
  expect(target).toMatchObject({ kind: 'chart', chart: { kind: 'unknown' }, values: [{ kind: 'inline', value: { a: 1 } }] })
  expect(target.missing.map(({ message }) => message)).toEqual([`${kind} none is not in this repository`])
})

test.each([
  ['no chart', 'values: {}', 'remote-source: it names no chart'],
  [
    'a folder without a chart',
    `chart: {spec: {chart: charts/none, ${from('GitRepository', 'flux-system')}}}`,
    'remote-source: there is no chart at charts/none',
  ],
])('%s is named', (_, spec, expected) => {
  expect(unresolvedOf(release(spec))).toEqual([expected])
})

test('two releases of one chart are two targets', () => {
  const one = (name: string) => object('HelmRelease', name, 'chartRef: {kind: OCIRepository, name: app}', 'shop')
  expect(idsOf(graph({ ...sources, 'a.yaml': one('a'), 'b.yaml': one('b') }))).toEqual([
    'HelmRelease shop/a in a.yaml',
    'HelmRelease shop/b in b.yaml',
  ])
})

test('the release: name, namespace, values of ConfigMaps before its own, post-renderers', () => {
  const spec = `chart: {spec: {chart: ./charts/web, ${from('GitRepository', 'flux-system')}, valuesFiles: [deep/values-eu.yaml, gone.yaml]}}
targetNamespace: apps
install: {crds: Skip}
valuesFrom:
- {kind: ConfigMap, name: defaults}
- {kind: ConfigMap, name: defaults, valuesKey: tag, targetPath: image.tag}
- {kind: ConfigMap, name: defaults, valuesKey: none}
- {kind: ConfigMap, name: generated, valuesKey: other.yaml}
- {kind: Secret, name: passwords}
values: {replicas: 2}
postRenderers:
- kustomize: {images: [{name: nginx, newTag: "2"}], patches: [{patch: x}]}`
  const found = graph({
    'apps/web/hr.yaml': object('HelmRelease', 'web', spec, 'shop'),
    'apps/web/kustomization.yaml': 'resources: [hr.yaml]\nconfigMapGenerator: [{name: generated, files: [other.yaml=values-web.yaml]}]\n',
    'apps/web/values-web.yaml': 'a: 1\n',
    'deep/values-eu.yaml': 'a: 1\n',
    'cm.yaml': manifest('ConfigMap', 'defaults', 'data:\n  tag: \'"1.0"\'\n  values.yaml: |\n    a: 1\n'),
    ...sources,
    ...chart,
  })
  const target = targetOf(found, 'HelmRelease shop/web in apps/web/hr.yaml')
  expect(target).toMatchObject({ release: 'apps-web', namespace: 'apps' })
  expect(valuesOf(target)).toEqual([
    'deep/values-eu.yaml',
    'cm.yaml#/data/values.yaml "a: 1\\n"',
    'cm.yaml#/data/tag image.tag=1.0 string',
    'apps/web/values-web.yaml',
    'apps/web/hr.yaml#/spec/values {"replicas":2}',
  ])
  expect(target.missing.map(({ message }) => message)).toEqual([
    'values file gone.yaml is left out: it is not in this repository',
    'values of ConfigMap defaults are left out: it has no none',
    'values of Secret passwords are left out: secrets are not read',
  ])
  expect(overlayOf(target)).toEqual([
    'append images {"name":"nginx","newTag":"2"} at /spec/postRenderers/0/kustomize/images/0',
    'append patches {"patch":"x"} at /spec/postRenderers/0/kustomize/patches/0',
  ])
  expect(target.inputs).toEqual(
    expect.arrayContaining(['cm.yaml', 'apps/web/values-web.yaml', 'deep/values-eu.yaml', 'charts/web/templates/pod.yaml']),
  )
})

test('a folder of another repository is a target that waits for it', () => {
  const found = graph({
    'other.yaml': object('GitRepository', 'other', 'url: https://github.com/acme/other\nref: {tag: v1, branch: main}'),
    'x.yaml': object('Kustomization', 'x', 'path: ./apps\nsourceRef: {kind: GitRepository, name: other}\nnamePrefix: eu-'),
    'apps/a.yaml': manifest('Pod', 'a'),
  })
  expect(unresolvedOf(found)).toEqual([])
  expect(found.rendered).toMatchObject([
    {
      folder: 'apps',
      inputs: ['x.yaml'],
      overlay: [{ field: 'namePrefix' }],
      elsewhere: { repository: 'https://github.com/acme/other', revision: 'v1', plain: 'tree' },
    },
  ])
})
