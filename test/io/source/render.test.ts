// Fetched and rendered by the real engine: charts of a repository, dependencies, bases of another git repository.

import { describe, expect, test } from 'vitest'
import type { Place, RenderTarget } from '../../../src/discover/target.ts'
import { engine } from '../../../src/io/rendering.ts'
import { renderTarget } from '../../../src/render/render.ts'
import type { Rendered } from '../../../src/render/rendered.ts'
import { isMapping } from '../../../src/resource/read.ts'
import { nameOf } from '../../../src/resource/resource.ts'
import { sourcesIn } from '../../../src/trace/source.ts'
import { tracerOf } from '../../../src/trace/trace.ts'
import { type Files, graphOf, treeOf } from '../../discover/tree.ts'
import { chartOf } from '../../render/pack.ts'
import { chartTarget, kustomizationTarget, placeIn } from '../../render/sample.ts'
import { gitHost, gitProject } from './git-server.ts'
import { type Opened, open } from './open.ts'
import { routes, serve } from './serve.ts'

const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: redis\nspec:\n  template:\n    spec:\n      hostNetwork: {{ .Values.net.host }}\n      hostPID: true\n'
const redis = chartOf('redis', '1.0.0', { 'values.yaml': 'net:\n  host: false\n', 'templates/deployment.yaml': deployment })
const index = 'entries:\n  redis:\n  - {version: 1.0.0, urls: [redis-1.0.0.tgz]}\n'

const charts = () => serve(routes({ '/index.yaml': index, '/redis-1.0.0.tgz': redis }))
const render = (target: RenderTarget, files: Files, sources: Opened) =>
  renderTarget(target, { tree: treeOf(files), engine, sources, kubernetesVersion: '1.37' })
const names = ({ resources }: Rendered) => resources.map(({ id }) => nameOf(id))

/** Where a value of the first object is edited. */
function placeOf(rendered: Rendered, pointer: string, rule: string, files: Files): string {
  const tracer = tracerOf({ sources: sourcesIn(treeOf(files)), targets: new Map([[rendered.target.id, rendered.target]]) })
  const [resource] = rendered.resources
  if (resource === undefined) return 'nothing was rendered'
  const { location } = tracer(resource, pointer, rule)
  return `${location.path}:${location.line} ${location.precision}`
}

function inline(place: Place): { readonly kind: 'inline'; readonly value: Readonly<Record<string, unknown>>; readonly at: Place } {
  const value = isMapping(place.document.yaml.value) ? place.document.yaml.value['values'] : undefined
  return { kind: 'inline', value: isMapping(value) ? value : {}, at: { ...place, pointer: '/values' } }
}

describe('a chart of a repository', () => {
  const text = 'kind: HelmRelease\nvalues:\n  net:\n    host: true\n'
  const target = (repository: string) =>
    chartTarget({
      id: 'HelmRelease redis',
      inputs: ['release.yaml'],
      root: { kind: 'HelmRelease', path: 'release.yaml', name: 'redis' },
      chart: { kind: 'repository', repository, name: 'redis', version: '^1.0.0' },
      values: [inline(placeIn('release.yaml', text))],
    })

  test('is rendered, and its values lead to the lines of the release', async () => {
    const host = await charts()
    const files = { 'release.yaml': text, 'values.yaml': 'net: {host: true}\n' }
    const rendered = await render(target(host.origin), files, open([host.host]))
    expect(names(rendered)).toEqual(['apps/Deployment redis'])
    expect(rendered.missing).toEqual([])
    expect(placeOf(rendered, '/spec/template/spec/hostNetwork', 'host-network', files)).toBe('release.yaml:4 exact')
    expect(placeOf(rendered, '/spec/template/spec/hostPID', 'host-pid', files)).toBe('release.yaml:1 target')
  })

  test('decides by its own defaults: their place is where the release would overrule them, never a file of the tree that happens to be called so', async () => {
    const host = await charts()
    const other = 'kind: HelmRelease\nvalues:\n  name: x\n'
    const files = { 'release.yaml': other, 'values.yaml': 'net:\n  host: false\n' }
    const rendered = await render({ ...target(host.origin), values: [inline(placeIn('release.yaml', other))] }, files, open([host.host]))
    expect(placeOf(rendered, '/spec/template/spec/hostNetwork', 'host-network', files)).toBe('release.yaml:2 nearest')
  })

  test('that is not allowed is named, with the line to add', async () => {
    const host = await charts()
    const rendered = await render(target(host.origin), { 'release.yaml': text }, open([]))
    expect(rendered).toMatchObject({
      failed: true,
      missing: [
        {
          message: `chart redis ^1.0.0 was not fetched: the policy does not allow ${host.host}`,
          hint: `To have it fetched, add to .plimsoll.yaml of the target branch: sources: { allow: [${host.host}] }`,
        },
      ],
    })
    expect(host.heard).toEqual([])
  })
})

describe('a chart with a dependency that is not vendored', () => {
  const filesOf = (origin: string) => ({
    'shop/Chart.yaml': `apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: redis, version: ^1.0.0, repository: "${origin}"}\n`,
    'shop/values.yaml': 'redis:\n  net:\n    host: true\n',
    'shop/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  })
  const target = (origin: string) =>
    chartTarget({
      inputs: ['shop/Chart.yaml', 'shop/values.yaml', 'shop/templates/a.yaml'],
      dependencies: [{ chart: 'shop', name: 'redis', version: '^1.0.0', repository: origin }],
    })

  test('is rendered with it, and a value leads to the parent', async () => {
    const host = await charts()
    const files = filesOf(host.origin)
    const rendered = await render(target(host.origin), files, open([host.host]))
    expect(names(rendered).sort()).toEqual(['ConfigMap a', 'apps/Deployment redis'])
    const only = { ...rendered, resources: rendered.resources.filter(({ id }) => id.kind === 'Deployment') }
    expect(placeOf(only, '/spec/template/spec/hostNetwork', 'host-network', files)).toBe('shop/values.yaml:3 exact')
  })

  test('or without it, and the gap says why', async () => {
    const host = await charts()
    const rendered = await render(target(host.origin), filesOf(host.origin), open([]))
    expect(names(rendered)).toEqual(['ConfigMap a'])
    expect(rendered.missing.map(({ message }) => message)).toEqual([
      `chart redis ^1.0.0 was not fetched: the policy does not allow ${host.host}; the rest was rendered without it`,
    ])
  })
})

describe('a kustomization with a base in another repository', () => {
  const filesOf = (url: string) => ({
    'prod/kustomization.yaml': `resources:\n- ${url}\n- own.yaml\npatches:\n- patch: |\n    - {op: add, path: /metadata/labels, value: {a: b}}\n  target: {kind: ConfigMap}\n`,
    'prod/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\n',
  })
  const target = (url: string) =>
    kustomizationTarget({
      inputs: ['prod/kustomization.yaml', 'prod/own.yaml'],
      remotes: [{ url, at: placeIn('prod/kustomization.yaml', filesOf(url)['prod/kustomization.yaml'], '/resources/0') }],
    })
  const base = {
    'web/kustomization.yaml': 'resources: [../lib/a.yaml, pod.yaml]\n',
    'web/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec: {hostNetwork: true}\n',
    'lib/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n',
  }

  test('is built with it, and what the base says leads to the entry’s file', async () => {
    const project = await gitProject([
      { ...base, 'web/kustomization.yaml': 'resources: [../lib, pod.yaml]\n', 'lib/kustomization.yaml': 'resources: [a.yaml]\n' },
    ])
    const host = await serve(gitHost(project))
    const url = `${host.origin}/acme/bases.git//web?ref=v1.0.0`
    const rendered = await render(target(url), filesOf(url), open([host.host]))
    expect([rendered.problems, rendered.missing]).toEqual([[], []])
    expect(names(rendered).sort()).toEqual(['ConfigMap own', 'Pod pod', 'Secret a'])
    const pod = { ...rendered, resources: rendered.resources.filter(({ id }) => id.kind === 'Pod') }
    expect(placeOf(pod, '/spec/hostNetwork', 'host-network', filesOf(url))).toMatch(/^prod\/kustomization\.yaml:\d+ (?:file|target)$/)
  })

  test('or without it, and the gap says why', async () => {
    const url = 'https://git.example.org/acme/bases//web?ref=v1.0.0'
    const rendered = await render(target(url), filesOf(url), open([]))
    expect(rendered.problems).toEqual([])
    expect(names(rendered)).toEqual(['ConfigMap own'])
    expect(rendered.missing).toMatchObject([
      {
        message: 'git repository git.example.org/acme/bases at v1.0.0 was not fetched: the policy does not allow git.example.org',
        at: { pointer: '/resources/0' },
      },
    ])
  })

  test('and inflates a chart of a repository', async () => {
    const host = await charts()
    const text = `helmCharts:\n- {name: redis, repo: "${host.origin}", version: 1.0.0, releaseName: r}\n`
    const chart = {
      name: 'redis',
      repository: host.origin,
      version: '1.0.0',
      home: 'prod/charts/redis-1.0.0/redis',
      inTree: false,
      at: placeIn('prod/kustomization.yaml', text, '/helmCharts/0'),
    }
    const rendered = await render(kustomizationTarget({ charts: [chart] }), { 'prod/kustomization.yaml': text }, open([host.host]))
    expect([rendered.problems, names(rendered)]).toEqual([[], ['apps/Deployment redis']])
  })
})

describe('a folder of another repository', () => {
  const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {hostNetwork: true}\n`
  const there = {
    'overlay/kustomization.yaml': 'resources: [../base]\n',
    'base/kustomization.yaml': 'resources: [base.yaml]\n',
    'base/base.yaml': pod('base'),
    'plain/a.yaml': pod('a'),
    'plain/values.yaml': 'no: object\n',
    'plain/deep/b.yaml': pod('b'),
    'plain/sub/kustomization.yaml': 'resources: [c.yaml]\nnamePrefix: sub-\n',
    'plain/sub/c.yaml': pod('c'),
    'chart/Chart.yaml': 'apiVersion: v2\nname: far\nversion: 1.0.0\n',
    'chart/values.yaml': 'host: false\n',
    'chart/templates/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: "{{ .Release.Name }}"}\nspec: {hostNetwork: {{ .Values.host }}}\n',
  }
  const project = async () => {
    const made = await gitProject([there])
    const host = await serve(gitHost(made))
    return { host, url: `${host.origin}/acme/bases.git`, commit: made.commits[0] ?? '' }
  }
  const rootOf = (spec: string, kind: 'flux' | 'argo', url: string): Files =>
    kind === 'argo'
      ? {
          'app.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: far, namespace: argocd}\nspec:\n  source:\n    repoURL: ${url}\n    targetRevision: v1.0.0\n${spec}`,
        }
      : {
          'source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: far, namespace: flux-system}\nspec: {url: "${url}", ref: {tag: v1.0.0}}\n`,
          'app.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: far, namespace: flux-system}\nspec:\n  sourceRef: {kind: GitRepository, name: far}\n${spec}`,
        }
  const renderRoot = async (files: Files, sources: Opened) => {
    const [target] = graphOf(files, { origins: ['https://github.com/acme/here'] }).rendered
    if (target === undefined) throw new Error('no target was found')
    return render(target, files, sources)
  }

  test.each<[string, 'flux' | 'argo', string, readonly string[]]>([
    ['a kustomization with what the root adds', 'flux', '  path: ./overlay\n  namePrefix: eu-\n', ['Pod eu-base']],
    ['manifests at any depth', 'flux', '  path: ./plain\n', ['Pod a', 'Pod b', 'Pod sub-c']],
    ['a kustomization of an Application', 'argo', '    path: overlay\n    kustomize: {nameSuffix: -x}\n', ['Pod base-x']],
    ['manifests of an Application', 'argo', '    path: plain\n', ['Pod a']],
    ['a chart that no word of the Application speaks of', 'argo', '    path: chart\n', ['Pod far']],
    ['a chart with values', 'argo', '    path: chart\n    helm: {releaseName: r, valuesObject: {host: true}}\n', ['Pod r']],
  ])('%s', async (_, kind, spec, expected) => {
    const { host, url } = await project()
    const rendered = await renderRoot(rootOf(spec, kind, url), open([host.host]))
    expect([rendered.problems, rendered.missing]).toEqual([[], []])
    expect(
      names(rendered)
        .sort()
        .map((name) => name.replace('default/', '')),
    ).toEqual(expected)
  })

  test('is placed at the values of the root, else at the root', async () => {
    const { host, url } = await project()
    const valued = rootOf('    path: chart\n    helm:\n      valuesObject:\n        host: true\n', 'argo', url)
    expect(placeOf(await renderRoot(valued, open([host.host])), '/spec/hostNetwork', 'host-network', valued)).toBe('app.yaml:11 exact')
    const plain = rootOf('  path: ./overlay\n', 'flux', url)
    expect(placeOf(await renderRoot(plain, open([host.host])), '/spec/hostNetwork', 'host-network', plain)).toBe('app.yaml:1 target')
  })

  test('that was not had, or holds nothing, is named', async () => {
    const { host, url, commit } = await project()
    const files = rootOf('  path: ./gone\n', 'flux', url)
    const missing = async (sources: Opened) => (await renderRoot(files, sources)).missing.map(({ message }) => message)
    expect(await missing(open([host.host]))).toEqual([`${url} at ${commit.slice(0, 12)} holds nothing to apply in gone`])
    expect(await missing(open([]))).toEqual([
      `git repository ${host.host}/acme/bases.git at v1.0.0 was not fetched: the policy does not allow ${host.host}`,
    ])
  })
})
