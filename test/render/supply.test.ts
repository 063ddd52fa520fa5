// What a target is given before the engine sees it, from sources that play.

import { describe, expect, test } from 'vitest'
import type { Dependency } from '../../src/discover/target.ts'
import { digestOf } from '../../src/io/source/cache.ts'
import { askedOnce, type Sources, sourceFailure } from '../../src/render/source.ts'
import type { Supplied } from '../../src/render/supplied.ts'
import { supply } from '../../src/render/supply.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { chartOf } from './pack.ts'
import { chartTarget, kustomizationTarget, placeIn } from './sample.ts'

const commit = 'c0ffee0000000000000000000000000000000000'
const refused = (what: string) => sourceFailure('not-allowed', `${what} was not fetched`, 'sources: { allow: [x] }')

type Offer = {
  readonly charts?: Readonly<Record<string, Uint8Array>>
  readonly git?: Readonly<Record<string, Files>>
  readonly files?: Readonly<Record<string, string>>
}

/** Charts by `repository name version`, repositories by `url ref`. */
function sourcesOf({ charts = {}, git = {}, files = {} }: Offer): Sources {
  return askedOnce({
    chart: async ({ repository, name = '', version = '' }) => {
      const archive = charts[`${repository} ${name} ${version}`]
      return archive === undefined
        ? refused(`chart ${name}`)
        : { ok: true, archive, name, version: version.replace('^', ''), digest: digestOf(archive), pin: 'version' }
    },
    git: async ({ url, ref = '' }) => {
      const held = git[`${url} ${ref}`]
      return held === undefined ? refused(url) : { ok: true, commit, tree: treeOf(held), pin: 'content' }
    },
    image: async ({ image }) => refused(image),
    user: async ({ image }) => refused(image),
    commit: async ({ url }) => refused(url),
    file: async ({ url }) => {
      const text = files[url]
      const bytes = new TextEncoder().encode(text)
      return text === undefined ? refused(url) : { ok: true, bytes, digest: digestOf(bytes), pin: 'none' }
    },
  })
}

/** The files that the engine would see beside those of the test, as text; archives by their size. */
function seen({ target, tree }: Supplied, before: Files): unknown {
  const text = (path: string) => {
    const bytes = tree.read(path) ?? new Uint8Array()
    return path.endsWith('.tgz') ? bytes.length : new TextDecoder().decode(bytes)
  }
  return Object.fromEntries(target.inputs.filter((path) => text(path) !== before[path]).map((path) => [path, text(path)]))
}

describe('a chart', () => {
  const files = {
    'shop/Chart.yaml':
      'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n  - {name: redis, version: ^1.0.0, repository: "https://charts.example.org"}\n',
  }
  const redis: Dependency = { chart: 'shop', name: 'redis', version: '^1.0.0', repository: 'https://charts.example.org' }
  const archive = chartOf('redis', '1.0.0')
  const charts = { 'https://charts.example.org redis ^1.0.0': archive }

  test('gets its dependencies where helm dependency build would put them', async () => {
    const target = chartTarget({ inputs: ['shop/Chart.yaml'], dependencies: [redis] })
    const supplied = await supply(target, treeOf(files), sourcesOf({ charts }))
    expect(seen(supplied, files)).toEqual({ 'shop/charts/redis-1.0.0.tgz': archive.length })
    expect(supplied.fetched).toEqual([
      {
        path: 'shop/charts/redis-1.0.0.tgz',
        from: { name: 'redis', version: '1.0.0', source: 'https://charts.example.org' },
        pin: 'version',
        owner: 'shop/Chart.yaml',
      },
    ])
    expect(supplied.target.missing).toEqual([])
    expect(supplied.tree.files.map(({ path }) => path)).toEqual(['shop/Chart.yaml', 'shop/charts/redis-1.0.0.tgz'])
  })

  test('keeps what was not had apart, since it may be switched off; local ones and those of no address are not asked for', async () => {
    const target = chartTarget({
      dependencies: [redis, { ...redis, name: 'lib', repository: 'file://../lib' }, { ...redis, name: 'none', repository: '' }],
    })
    const supplied = await supply(target, treeOf(files), sourcesOf({}))
    expect(supplied.refused).toEqual([{ chart: 'shop', name: 'redis', failure: refused('chart redis') }])
    expect(supplied.target.missing).toEqual([])
  })

  test('with a lock that was made for other dependencies is told so, and the range counts', async () => {
    const locked = {
      ...files,
      'shop/Chart.lock': 'dependencies:\n- name: redis\n  repository: https://charts.example.org\n  version: 0.9.0\ndigest: sha256:0\n',
    }
    const supplied = await supply(chartTarget({ dependencies: [{ ...redis, version: '0.9.0' }] }), treeOf(locked), sourcesOf({ charts }))
    expect(supplied.fetched.map(({ from }) => from)).toEqual([{ name: 'redis', version: '1.0.0', source: 'https://charts.example.org' }])
    expect(supplied.target.missing).toEqual([
      {
        message: 'Chart.lock of shop was made for other dependencies than its Chart.yaml names, so that it pins nothing',
        hint: 'Run helm dependency update shop, and commit the lock.',
      },
    ])
  })

  test('of a repository is put into the tree, or named with what would allow it', async () => {
    const target = chartTarget({
      inputs: ['app.yaml'],
      chart: { kind: 'repository', repository: 'https://charts.example.org', name: 'redis', version: '^1.0.0' },
    })
    const supplied = await supply(target, treeOf({}), sourcesOf({ charts }))
    expect(supplied.target).toMatchObject({
      chart: { kind: 'tree', path: '.plimsoll/fetched/charts/redis-1.0.0.tgz' },
      inputs: ['app.yaml', '.plimsoll/fetched/charts/redis-1.0.0.tgz'],
    })
    expect((await supply(target, treeOf({}), sourcesOf({}))).target.missing).toEqual([
      { message: 'chart redis was not fetched', hint: 'sources: { allow: [x] }' },
    ])
  })

  test('whose name or version would lead elsewhere stays in its place', async () => {
    const odd = { ...redis, name: '../../evil', version: '/../1' }
    const supplied = await supply(
      chartTarget({ dependencies: [odd] }),
      treeOf(files),
      sourcesOf({ charts: { 'https://charts.example.org ../../evil /../1': archive } }),
    )
    expect(supplied.fetched.map(({ path }) => path)).toEqual(['shop/charts/__.._evil-_.._1.tgz'])
  })

  test('of another repository comes with its local dependencies, and its remote ones are fetched', async () => {
    const git = {
      'https://git.example.org/charts v1': {
        'apps/web/Chart.yaml':
          'name: web\nversion: 1.0.0\ndependencies:\n- {name: lib, version: 1.0.0, repository: "file://../lib"}\n- {name: redis, version: ^1.0.0, repository: "https://charts.example.org"}\n- {name: old, version: 1.0.0, repository: "https://charts.example.org"}\n',
        'apps/web/templates/a.yaml': 'a',
        'apps/web/charts/old-1.0.0.tgz': new Uint8Array(3),
        'apps/lib/Chart.yaml': 'name: lib\nversion: 1.0.0\n',
        'apps/other/Chart.yaml': 'name: other\n',
      },
    }
    const target = chartTarget({
      inputs: [],
      chart: { kind: 'git', repository: 'https://git.example.org/charts', revision: 'v1', path: './apps/web' },
    })
    const supplied = await supply(target, treeOf({}), sourcesOf({ charts, git }))
    const place = `.plimsoll/fetched/git/${commit}/apps`
    expect(supplied.target).toMatchObject({ chart: { kind: 'tree', path: `${place}/web` }, missing: [] })
    expect(supplied.target.inputs).toEqual([
      `${place}/web/Chart.yaml`,
      `${place}/web/charts/old-1.0.0.tgz`,
      `${place}/web/templates/a.yaml`,
      `${place}/lib/Chart.yaml`,
      `${place}/web/charts/redis-1.0.0.tgz`,
    ])
    expect(supplied.target.kind === 'chart' && supplied.target.dependencies.map(({ name, chart }) => [name, chart])).toEqual([
      ['lib', `${place}/web`],
      ['redis', `${place}/web`],
    ])
    const none = chartTarget({ chart: { kind: 'git', repository: 'https://git.example.org/charts', revision: 'v1', path: '../x' } })
    expect((await supply(none, treeOf({}), sourcesOf({ git }))).target.missing.map(({ message }) => message)).toEqual([
      'chart ../x of https://git.example.org/charts was not fetched: there is no chart at c0ffee000000',
    ])
  })
})

describe('a kustomization', () => {
  const remotes = (text: string, ...entries: readonly (readonly [pointer: string, url: string])[]) =>
    kustomizationTarget({ remotes: entries.map(([pointer, url]) => ({ url, at: placeIn('prod/kustomization.yaml', text, pointer) })) })
  const build = async (text: string, entries: readonly (readonly [string, string])[], offer: Offer) => {
    const files = { 'prod/kustomization.yaml': text }
    const supplied = await supply(remotes(text, ...entries), treeOf(files), sourcesOf(offer))
    return { supplied, seen: seen(supplied, files) }
  }

  test('gets a base of another repository with what that leads to, and only the entry changes', async () => {
    const text = '# ours\nresources:\n  - app.yaml\n  - https://git.example.org/acme/bases//web/prod?ref=v1 # pinned\nnamePrefix: x-\n'
    const git = {
      'https://git.example.org/acme/bases v1': {
        'web/prod/kustomization.yaml': 'resources: [../base, extra.yaml]\npatches: [{path: patch.yaml}]\n',
        'web/prod/extra.yaml': 'extra',
        'web/prod/patch.yaml': 'patch',
        'web/base/kustomization.yml': 'resources: [deployment.yaml]\n',
        'web/base/deployment.yaml': 'deployment',
        'web/base/unused.yaml': 'unused',
      },
    }
    const place = `.plimsoll/fetched/git/${commit}/web`
    const { supplied, seen } = await build(text, [['/resources/1', 'https://git.example.org/acme/bases//web/prod?ref=v1']], { git })
    expect(seen).toEqual({
      'prod/kustomization.yaml': `# ours\nresources:\n  - app.yaml\n  - "../${place}/prod" # pinned\nnamePrefix: x-\n`,
      [`${place}/prod/kustomization.yaml`]: 'resources: [../base, extra.yaml]\npatches: [{path: patch.yaml}]\n',
      [`${place}/prod/extra.yaml`]: 'extra',
      [`${place}/prod/patch.yaml`]: 'patch',
      [`${place}/base/kustomization.yml`]: 'resources: [deployment.yaml]\n',
      [`${place}/base/deployment.yaml`]: 'deployment',
    })
    expect(supplied.fetched).toMatchObject([
      {
        path: `.plimsoll/fetched/git/${commit}`,
        from: { name: 'bases', version: 'c0ffee000000', source: 'https://git.example.org/acme/bases' },
        pin: 'content',
        owner: 'prod/kustomization.yaml',
      },
    ])
  })

  test('gets a file beside itself, and bases of bases', async () => {
    const text = 'resources: [https://example.org/a.yaml, "github.com/acme/one?ref=v1"]\n'
    const offer = {
      files: { 'https://example.org/a.yaml': 'kind: A\n' },
      git: {
        'https://github.com/acme/one v1': {
          'kustomization.yaml': 'bases:\n- https://github.com/acme/two//x?ref=v2\n- https://github.com/acme/gone\n',
        },
        'https://github.com/acme/two v2': { 'x/kustomization.yaml': 'resources: [https://example.org/a.yaml]\n' },
      },
    }
    const { supplied, seen } = await build(
      text,
      [
        ['/resources/0', 'https://example.org/a.yaml'],
        ['/resources/1', 'github.com/acme/one?ref=v1'],
      ],
      offer,
    )
    const place = `.plimsoll/fetched/git/${commit}`
    expect(seen).toEqual({
      'prod/kustomization.yaml': `resources: [".plimsoll/fetched/ac6613a56f3c.yaml", "../${place}"]\n`,
      'prod/.plimsoll/fetched/ac6613a56f3c.yaml': 'kind: A\n',
      [`${place}/kustomization.yaml`]: 'bases:\n- "x"\n- "../../nothing"\n',
      [`${place}/x/kustomization.yaml`]: 'resources: [".plimsoll/fetched/ac6613a56f3c.yaml"]\n',
      [`${place}/x/.plimsoll/fetched/ac6613a56f3c.yaml`]: 'kind: A\n',
      '.plimsoll/fetched/nothing/kustomization.yaml': '{"buildMetadata":["originAnnotations"]}',
    })
    expect(supplied.target.missing).toMatchObject([
      { message: 'https://github.com/acme/gone was not fetched', at: { pointer: '/resources/1' } },
    ])
  })

  test('misses what was not had and is built without it', async () => {
    const text =
      'resources:\n- https://example.org/a.yaml\ncomponents:\n- https://github.com/acme/one//c\npatches:\n- path: https://example.org/p.yaml\n'
    const { supplied, seen } = await build(
      text,
      [
        ['/resources/0', 'https://example.org/a.yaml'],
        ['/components/0', 'https://github.com/acme/one//c'],
        ['/patches/0/path', 'https://example.org/p.yaml'],
      ],
      {},
    )
    expect(seen).toMatchObject({
      'prod/kustomization.yaml':
        'resources:\n- "../.plimsoll/fetched/nothing"\ncomponents:\n- "../.plimsoll/fetched/no-component"\npatches:\n- path: https://example.org/p.yaml\n',
    })
    expect(supplied.target.missing.map(({ message, at }) => [message, at?.pointer])).toEqual([
      ['https://example.org/a.yaml was not fetched', '/resources/0'],
      ['https://github.com/acme/one was not fetched', '/components/0'],
      ['https://example.org/p.yaml was not fetched', '/patches/0/path'],
    ])
  })

  test('gets no folder that is no kustomization, and no end of bases', async () => {
    const git = {
      'https://github.com/acme/one ': {
        'a/b.yaml': 'b',
        'evil/kustomization.yaml': 'resources: [../../../../prod, https://github.com/acme/one//evil]\n',
      },
    }
    const { supplied } = await build(
      'resources: [https://github.com/acme/one//a, https://github.com/acme/one//evil]\n',
      [
        ['/resources/0', 'https://github.com/acme/one//a'],
        ['/resources/1', 'https://github.com/acme/one//evil'],
      ],
      { git },
    )
    expect(supplied.target.missing.map(({ message }) => message)).toEqual([
      'https://github.com/acme/one at c0ffee000000: there is no kustomization in a',
    ])
  })

  test('gets the charts that a base of another repository inflates: its own, and those that it would pull', async () => {
    const inflating =
      'helmCharts:\n- {name: own}\n- {name: redis, repo: "https://charts.example.org", version: 1.0.0}\n- {name: gone, repo: "https://gone.example.org", version: 1.0.0}\n- {name: ../../../../x, repo: "https://charts.example.org", version: 1.0.0}\n'
    const git = {
      'https://git.example.org/acme/bases v1': {
        'web/kustomization.yaml': inflating,
        'web/charts/own/Chart.yaml': 'name: own\n',
        'web/charts/own/templates/a.yaml': 'a',
        'web/charts/other/Chart.yaml': 'name: other\n',
      },
    }
    const archive = chartOf('redis', '1.0.0', { 'templates/b.yaml': 'b' })
    const charts = { 'https://charts.example.org redis 1.0.0': archive, 'https://charts.example.org ../../../../x 1.0.0': archive }
    const entry = 'https://git.example.org/acme/bases//web?ref=v1'
    const { supplied, seen } = await build(`resources:\n- ${entry}\n`, [['/resources/0', entry]], { git, charts })
    const place = `.plimsoll/fetched/git/${commit}/web`
    expect(Object.keys(seen as object).filter((path) => path.includes('charts'))).toEqual([
      `${place}/charts/own/Chart.yaml`,
      `${place}/charts/own/templates/a.yaml`,
      `${place}/charts/redis-1.0.0/redis/Chart.yaml`,
      `${place}/charts/redis-1.0.0/redis/templates/b.yaml`,
    ])
    expect(supplied.target.missing).toMatchObject([{ message: 'chart gone was not fetched', at: { pointer: '/resources/0' } }])
  })

  test('gets charts to inflate where kustomize looks for those it has pulled', async () => {
    const chart = {
      name: 'redis',
      repository: 'https://charts.example.org',
      version: '1.0.0',
      home: 'prod/charts/redis-1.0.0/redis',
      inTree: false,
      at: placeIn('prod/kustomization.yaml', 'helmCharts: [{name: redis}]\n', '/helmCharts/0'),
    }
    const charts = { 'https://charts.example.org redis 1.0.0': chartOf('redis', '1.0.0', { 'templates/a.yaml': 'a' }) }
    const supplied = await supply(kustomizationTarget({ charts: [chart] }), treeOf({}), sourcesOf({ charts }))
    expect(supplied.target.inputs).toEqual([
      'prod/kustomization.yaml',
      'prod/charts/redis-1.0.0/redis/Chart.yaml',
      'prod/charts/redis-1.0.0/redis/templates/a.yaml',
    ])
    expect((await supply(kustomizationTarget({ charts: [chart] }), treeOf({}), sourcesOf({}))).target.missing).toMatchObject([
      { message: 'chart redis was not fetched', at: { pointer: '/helmCharts/0' } },
    ])
  })
})

test('what needs nothing is handed back as it is', async () => {
  const tree = treeOf({})
  const never = sourcesOf({})
  for (const target of [chartTarget(), kustomizationTarget()])
    expect(await supply(target, tree, never)).toEqual({ target, tree, fetched: [], refused: [] })
})
