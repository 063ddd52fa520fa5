// The whole way of a pin: an image in a manifest, a registry that the policy allows, a proved fix, or why there is none.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { policyOf } from '../../../src/config.ts'
import type { VerifiedFix } from '../../../src/fix/fix.ts'
import { engine } from '../../../src/io/rendering.ts'
import type { Sources } from '../../../src/render/source.ts'
import { type Judgement, judgeTree } from '../../../src/scan.ts'
import { silent } from '../../../src/watch.ts'
import { treeOf } from '../../discover/tree.ts'
import { withFixes } from '../../fix/mended.ts'
import { rulebook } from '../../program.ts'
import { chartOf } from '../../render/pack.ts'
import { findRegistry, push, runRegistry } from './docker-registry.ts'
import { gitHost, gitProject } from './git-server.ts'
import { config, image, listOf, oci, ociIndex } from './image-manifests.ts'
import { nameOf, open } from './open.ts'
import { type RegistryOptions, serveRegistry, sha256 } from './registry-server.ts'
import { basic, routes, serve } from './serve.ts'

const list = listOf(ociIndex)
const pod = (reference: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: "${reference}"\n`

function judged(reference: string, sources: Sources): Promise<Judgement> {
  const policy = policyOf({ profile: 'all' }, {}, { source: 'test', ignore: [] })
  const rules = { ...rulebook, rules: rulebook.rules.filter(({ id }) => id === 'image-no-digest' || id === 'image-tag-latest') }
  const fixing = { now: () => 0, budget: 1 }
  return judgeTree(treeOf({ 'pod.yaml': pod(reference) }), { policy, rulebook: rules, watch: silent, engine, sources, fixing })
}

const fixed = (reference: string, fixes: readonly VerifiedFix[] = []) => withFixes({ 'pod.yaml': pod(reference) }, fixes)['pod.yaml']

const program = findRegistry()
describe.skipIf(program === undefined)('with a real registry', () => {
  test.each([
    ['a tag of one manifest', ':1.0.0', image],
    ['a tag of a list, which counts for every platform', ':2.0.0', list],
    ['latest', ':latest', list],
    ['no tag', '', list],
  ])('%s', async (_, tag, manifest) => {
    const host = await runRegistry(program ?? '')
    const to = await push(host, 'acme/api', {})
    await to.blob(Buffer.from(config), sha256(config))
    await to.manifest(image, oci, '1.0.0')
    for (const name of ['2.0.0', 'latest']) await to.manifest(list, ociIndex, name)
    const reference = `${host}/acme/api${tag}`
    const { mended } = await judged(reference, open([host]))
    expect(fixed(reference, mended?.fixes)).toBe(pod(`${reference}@${sha256(manifest)}`))
  })

  test('a tag that is not there', async () => {
    const host = await runRegistry(program ?? '')
    const { report, mended } = await judged(`${host}/acme/api:9.9.9`, open([host]))
    expect(mended?.fixes).toEqual([])
    expect(report.findings[0]?.advice?.find).toContain(`${host}/v2/acme/api/manifests/9.9.9 answered 404`)
  })
})

describe('what goes wrong is said beside the finding, and is no problem of the run', () => {
  const login = basic('reader', 's3cret')
  const repositories = { 'acme/api': { tags: new Map([['1.0.0', image]]), blobs: new Map() } }
  const isForManifest = ({ url = '', headers }: IncomingMessage) => url.includes('/manifests/') && headers.authorization !== undefined
  const answering = (answer: (response: ServerResponse) => void): Partial<RegistryOptions> => ({
    instead: (request, response) => {
      if (!isForManifest(request)) return false
      answer(response)
      return true
    },
  })
  test.each<[string, Partial<RegistryOptions>, RegExp]>([
    ['401', { login: basic('another', 'word') }, /answered 401\. .*PLIMSOLL_TOKEN_/],
    [
      '429',
      answering((response) => response.writeHead(429, { 'retry-after': '600' }).end()),
      /answered 429\. The host wants fewer requests/,
    ],
    ['500', answering((response) => response.writeHead(500).end()), /answered 500\. Try again later/],
    ['silence', answering(() => undefined), /took too long\. Try again later/],
    [
      'another manifest than its digest says',
      answering((response) => response.writeHead(200, { 'docker-content-digest': sha256('other') }).end(image)),
      /sent sha256:[\da-f]+ where sha256:[\da-f]+ was expected/,
    ],
    ['no manifest', answering((response) => response.end('<html>')), /is no manifest with a digest/],
  ])('%s', async (_, options, expected) => {
    const registry = await serveRegistry({ repositories, login, ...options })
    const name = nameOf(registry.host)
    const environment = { [`PLIMSOLL_USERNAME_${name}`]: 'reader', [`PLIMSOLL_PASSWORD_${name}`]: 's3cret' }
    const sources = open([registry.host], environment, { time: 300, retries: 1, pause: 1 })
    const { report, mended } = await judged(`${registry.host}/acme/api:1.0.0`, sources)
    expect(mended?.fixes).toEqual([])
    expect(report.findings.map(({ advice }) => advice?.find)).toEqual([expect.stringMatching(expected)])
    expect(report.problems).toEqual([])
    expect(JSON.stringify(report)).not.toContain('s3cret')
    expect(JSON.stringify(report)).not.toContain(login)
  })

  test('429 with a short wait: the answer comes after it', async () => {
    let refusals = 1
    const busy: Partial<RegistryOptions> = {
      instead: (request, response) => {
        if (!isForManifest(request) || refusals === 0) return false
        refusals -= 1
        response.writeHead(429, { 'retry-after': '0' }).end()
        return true
      },
    }
    const registry = await serveRegistry({ repositories, login, ...busy })
    const name = nameOf(registry.host)
    const environment = { [`PLIMSOLL_USERNAME_${name}`]: 'reader', [`PLIMSOLL_PASSWORD_${name}`]: 's3cret' }
    const reference = `${registry.host}/acme/api:1.0.0`
    const { mended } = await judged(reference, open([registry.host], environment))
    expect(fixed(reference, mended?.fixes)).toBe(pod(`${reference}@${sha256(image)}`))
  })

  test('a host that the policy does not name is not asked', async () => {
    const registry = await serveRegistry({ repositories })
    const { mended } = await judged(`${registry.host}/acme/api:1.0.0`, open(['registry.example.org']))
    expect([mended?.fixes, registry.heard]).toEqual([[], []])
  })
})

const mended = async (files: Readonly<Record<string, string>>, sources: Sources) => {
  const policy = policyOf({ profile: 'strict' }, { repositories: ['https://example.org/acme/shop'] }, { source: 'test', ignore: [] })
  const rules = { ...rulebook, rules: rulebook.rules.filter(({ topic }) => topic === 'third-party') }
  const fixing = { now: () => 0, budget: 1 }
  const { report, mended } = await judgeTree(treeOf(files), { policy, rulebook: rules, watch: silent, engine, sources, fixing })
  return { report, files: withFixes(files, mended?.fixes ?? []) }
}

describe('with a git host', () => {
  const base = { 'web/kustomization.yaml': 'resources: [pod.yaml]\n', 'web/pod.yaml': pod('nginx:1.0.0') }
  const opened = async () => {
    const project = await gitProject([base, { ...base, 'web/other.txt': 'more\n' }])
    await project.git('tag', '-a', 'stable', '-m', 'stable', 'HEAD~1')
    const host = await serve(gitHost(project))
    return { commits: project.commits, host, url: `${host.origin}/acme/bases.git` }
  }
  test('a base that is fetched is pinned to the commit that was fetched, and built again with it', async () => {
    const { commits, host, url } = await opened()
    const { files, report } = await mended({ 'prod/kustomization.yaml': `resources:\n  - ${url}//web?ref=main\n` }, open([host.host]))
    expect(files).toEqual({ 'prod/kustomization.yaml': `resources:\n  - ${url}//web?ref=${commits[1]} # main\n` })
    expect([report.problems, report.coverage.notRendered, report.coverage.renderedTargets]).toEqual([[], [], 1])
  })

  test.each([
    ['', 1, ''],
    ['?ref=stable', 0, ' # stable'],
    ['?ref=refs/heads/main', 1, ' # main'],
  ])('a base at %j', async (query, at, note) => {
    const { commits, host, url } = await opened()
    const { files } = await mended({ 'kustomization.yaml': `resources:\n  - ${url}//web${query}\n` }, open([host.host]))
    expect(files).toEqual({ 'kustomization.yaml': `resources:\n  - ${url}//web?ref=${commits[at]}${note}\n` })
  })

  test('a command of a script', async () => {
    const { commits, host, url } = await opened()
    const { files } = await mended({ 'deploy.sh': `#!/bin/sh\nkubectl apply -k "${url}//web?ref=main" --wait\n` }, open([host.host]))
    expect(files).toEqual({ 'deploy.sh': `#!/bin/sh\nkubectl apply -k "${url}//web?ref=${commits[1]}" --wait\n` })
  })

  test('a branch that is not there, a host that is not allowed', async () => {
    const { host, url } = await opened()
    const find = async (ref: string, allow: readonly string[]) =>
      (await mended({ 'kustomization.yaml': `resources:\n  - ${url}//web?ref=${ref}\n` }, open(allow))).report.findings[0]?.advice?.find
    expect(await find('gone', [host.host])).toMatch(/^The commit of gone of .*bases\.git was not found: there is no such tag or branch/)
    host.heard.length = 0
    expect(await find('main', [])).toContain(`the policy does not allow ${host.host}. To have it fetched, add to .plimsoll.yaml`)
    expect(host.heard).toEqual([])
  })
})

describe('with a git host, of Flux and Argo CD', () => {
  test('a source of another owner is pinned beside its branch, or in the place of it', async () => {
    const project = await gitProject([{ 'web/a.yaml': pod('nginx:1.0.0') }])
    const host = await serve(gitHost(project))
    const url = `${host.origin}/acme/bases.git`
    const flux = (ref: string) =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: a, namespace: b}\nspec:\n  url: ${url}\n  ref:\n${ref}`
    const argo = (ref: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: b}\nspec:\n  source:\n    repoURL: ${url}\n    path: web\n    targetRevision: ${ref}\n`
    const { files } = await mended({ 'flux.yaml': flux('    branch: main\n'), 'argo.yaml': argo('main') }, open([host.host]))
    const [commit] = project.commits
    const [one, other] = [files['flux.yaml'], files['argo.yaml']]
    expect(one?.replaceAll('"', '')).toBe(flux(`    branch: main\n    commit: ${commit}\n`))
    expect(other?.replaceAll('"', '')).toBe(argo(`${commit} # main`))
  })
})

describe('with a chart repository', () => {
  const served = () => {
    const index =
      'entries:\n  redis:\n  - {version: 1.0.0, urls: [redis-1.0.0.tgz]}\n  - {version: 1.4.2, urls: [redis-1.4.2.tgz]}\n  - {version: 2.0.0, urls: [redis-2.0.0.tgz]}\n'
    const archives = ['1.0.0', '1.4.2', '2.0.0'].map(
      (version) => [`/redis-${version}.tgz`, chartOf('redis', version, { 'values.yaml': 'a: 1\n' })] as const,
    )
    return serve(routes({ '/index.yaml': index, ...Object.fromEntries(archives) }))
  }

  test('a dependency, a HelmRelease and an inflated chart get the version that is taken today', async () => {
    const host = await served()
    const files = (version: string, newest: string) => ({
      'shop/Chart.yaml': `apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n  - name: redis\n    repository: ${host.origin}\n    version: ${version}\n`,
      'release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: redis, namespace: shop}\nspec:\n  chart:\n    spec:\n      chart: redis\n      version: ${version}\n      sourceRef: {kind: HelmRepository, name: charts}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: charts, namespace: shop}\nspec: {url: "${host.origin}"}\n`,
      'inflated/kustomization.yaml': `helmCharts:\n  - name: redis\n    releaseName: redis\n    repo: ${host.origin}\n${newest}`,
    })
    const had = await mended(files('^1.0.0', ''), open([host.host]))
    expect(had.files).toEqual(files('1.4.2 # ^1.0.0', '    version: 2.0.0\n'))
  })

  test('a host that is not allowed is named', async () => {
    const host = await served()
    const chart = `apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n  - {name: redis, repository: "${host.origin}", version: ^1.0.0}\n`
    const { files, report } = await mended({ 'shop/Chart.yaml': chart }, open([]))
    expect(files).toEqual({ 'shop/Chart.yaml': chart })
    expect(report.findings.map(({ rule, advice }) => [rule, advice?.find])).toEqual([
      ['chart-version-range', expect.stringContaining(`the policy does not allow ${host.host}. To have it fetched, add to .plimsoll.yaml`)],
    ])
    expect(host.heard).toEqual([])
  })
})
