// Charts of OCI registries, against one that wants tokens.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chartOf } from '../../render/pack.ts'
import { nameOf, open } from './open.ts'
import { chartManifest, chartsAs, serveRegistry, sha256, tokenFor } from './registry-server.ts'
import { basic, redirect, type Served } from './serve.ts'

const archive = chartOf('web', '1.2.0')
const charts = chartsAs({
  '1.2.0': archive,
  '1.1.0': chartOf('web', '1.1.0'),
  '1.2.0_build.7': chartOf('web', '1.2.0+build.7'),
  '2.0.0-rc.1': chartOf('web', '2.0.0-rc.1'),
  latest: archive,
})
const repositories = { 'acme/charts/web': charts }
const login = basic('reader', 's3cret')
const wanted = ({ host }: Served, version?: string) => ({
  repository: `oci://${host}/acme/charts`,
  name: 'web',
  ...(version === undefined ? {} : { version }),
})
const tokens = ({ host }: Served) => ({ [`PLIMSOLL_USERNAME_${nameOf(host)}`]: 'reader', [`PLIMSOLL_PASSWORD_${nameOf(host)}`]: 's3cret' })

test('a tag leads to a manifest, the manifest to the archive', async () => {
  const registry = await serveRegistry({ repositories })
  expect(await open([registry.host]).chart(wanted(registry, '1.2.0'))).toEqual({
    ok: true,
    archive,
    name: 'web',
    version: '1.2.0',
    digest: sha256(archive),
    pin: 'version',
  })
  const names = [
    '/v2/acme/charts/web/manifests/1.2.0',
    '/token?service=registry&scope=repository%3Aacme%2Fcharts%2Fweb%3Apull',
    '/v2/acme/charts/web/manifests/1.2.0',
    `/v2/acme/charts/web/blobs/${sha256(archive)}`,
  ]
  expect(registry.heard.map(({ path }) => path)).toEqual(names)
})

test.each([
  ['^1.0.0', '1.2.0'],
  ['1.1.x', '1.1.0'],
  [undefined, '1.2.0'],
  ['1.2.0+build.7', '1.2.0+build.7'],
  ['latest', 'latest'],
])('the version %s of the tags is %s, however many pages they take', async (range, version) => {
  const registry = await serveRegistry({ repositories, page: 2 })
  expect(await open([registry.host]).chart(wanted(registry, range))).toMatchObject({ ok: true, version })
})

test('a digest ties the manifest, whatever its tag says', async () => {
  const registry = await serveRegistry({ repositories })
  const digest = sha256(chartManifest(archive))
  const sources = open([registry.host])
  expect(await sources.chart({ ...wanted(registry, '9.9.9'), digest })).toMatchObject({ ok: true, archive, pin: 'content' })
  expect(await sources.chart({ repository: `oci://${registry.host}/acme/charts/web@${digest}` })).toMatchObject({
    ok: true,
    name: 'web',
    pin: 'content',
  })
  expect(await sources.chart({ repository: `oci://${registry.host}/acme/charts/web:1.1.0` })).toMatchObject({ ok: true, version: '1.1.0' })
})

test('one token serves a repository, and the cache spares the archive alone', async () => {
  const registry = await serveRegistry({ repositories, login })
  const sources = open([registry.host], tokens(registry))
  expect(await sources.chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: true })
  await sources.chart(wanted(registry, '1.1.0'))
  expect(registry.heard.filter(({ path }) => path.startsWith('/token'))).toHaveLength(1)
  const before = registry.heard.length
  expect(await sources.again().chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: true, archive })
  expect(registry.heard.slice(before).map(({ path }) => path.split('?')[0])).toEqual([
    '/v2/acme/charts/web/manifests/1.2.0',
    '/token',
    '/v2/acme/charts/web/manifests/1.2.0',
  ])
})

describe('a login', () => {
  test('is sent for the token, and to the repository only the token', async () => {
    const registry = await serveRegistry({ repositories, login })
    expect(await open([registry.host], tokens(registry)).chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: true })
    const seen = registry.heard.map(({ path, authorization }) => [path.split('/')[1]?.split('?')[0], authorization])
    expect(seen).toEqual([
      ['v2', undefined],
      ['token', login],
      ['v2', `Bearer ${tokenFor('acme/charts/web')}`],
      ['v2', `Bearer ${tokenFor('acme/charts/web')}`],
    ])
  })

  test('comes from the files of Docker and Helm too, and no helper is run', async () => {
    const registry = await serveRegistry({ repositories, login, basic: true })
    const folder = open([]).home
    const write = (path: string, value: object) => {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), JSON.stringify(value))
    }
    write('docker/config.json', {
      auths: { [registry.host]: { auth: login.slice('Basic '.length) } },
      credsStore: 'evil',
      credHelpers: { [registry.host]: 'evil' },
    })
    expect(await open([registry.host], { DOCKER_CONFIG: join(folder, 'docker') }).chart(wanted(registry, '1.2.0'))).toMatchObject({
      ok: true,
    })
    write('config/helm/registry/config.json', { auths: { [`http://${registry.host}/v2/`]: { username: 'reader', password: 's3cret' } } })
    expect(await open([registry.host], { XDG_CONFIG_HOME: join(folder, 'config') }).chart(wanted(registry, '1.2.0'))).toMatchObject({
      ok: true,
    })
    writeFileSync(join(folder, 'docker/config.json'), '{broken')
    expect(await open([registry.host], { DOCKER_CONFIG: join(folder, 'docker') }).chart(wanted(registry, '1.2.0'))).toMatchObject({
      code: 'login',
    })
  })

  test.each([true, false])('that is missing or wrong is named by its variables (basic: %s)', async (isBasic) => {
    const registry = await serveRegistry({ repositories, login, basic: isBasic })
    const without = await open([registry.host]).chart(wanted(registry, '1.2.0'))
    expect(without).toMatchObject({
      code: 'login',
      hint: expect.stringContaining(`Give a login for ${registry.host}: PLIMSOLL_TOKEN_${nameOf(registry.host)}`),
    })
    const wrong = await open([registry.host], { [`PLIMSOLL_TOKEN_${nameOf(registry.host)}`]: 'wr0ng' }).chart(wanted(registry, '1.2.0'))
    expect(wrong).toMatchObject({ code: 'login', hint: expect.stringContaining('was refused') })
    expect(JSON.stringify(wrong)).not.toMatch(/wr0ng|eC1hY2Nlc3M/)
  })

  test('does not go to a place for tokens that the policy does not allow', async () => {
    const elsewhere = await serveRegistry({ repositories, login })
    const registry = await serveRegistry({ repositories, realm: `${elsewhere.origin}/token` })
    expect(await open([registry.host], tokens(registry)).chart(wanted(registry, '1.2.0'))).toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining(elsewhere.host),
    })
    expect(elsewhere.heard).toEqual([])
    expect(await open([registry.host, elsewhere.host], tokens(registry)).chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: true })
  })

  test('nor the token to where an archive lies', async () => {
    const store = await serveRegistry({ repositories: {}, instead: (_, response) => response.end(archive) !== undefined })
    const registry = await serveRegistry({
      repositories,
      login,
      instead: (request, response) => {
        if (!(request.url ?? '').includes('/blobs/')) return false
        redirect(`${store.origin}/signed?key=s3cret`, 307)(request, response)
        return true
      },
    })
    const refused = await open([registry.host], tokens(registry)).chart(wanted(registry, '1.2.0'))
    expect(refused).toMatchObject({
      code: 'not-allowed',
      message: `chart web 1.2.0 was not fetched: the policy does not allow ${store.host}, to which ${registry.host} redirects`,
    })
    expect(await open([registry.host, store.host], tokens(registry)).chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: true })
    expect(store.heard.map(({ authorization }) => authorization)).toEqual([undefined])
  })
})

describe('the policy', () => {
  test('may allow one folder of a registry', async () => {
    const registry = await serveRegistry({ repositories })
    expect(await open([`${registry.host}/acme`]).chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: true })
    const other = await serveRegistry({ repositories })
    expect(await open([`${other.host}/other`]).chart(wanted(other, '1.2.0'))).toMatchObject({ code: 'not-allowed' })
    expect(other.heard).toEqual([])
  })

  test('holds for redirects of the registry into another folder', async () => {
    const registry = await serveRegistry({
      repositories,
      instead: (request, response) => {
        if (!(request.url ?? '').startsWith('/v2/acme/')) return false
        redirect('/v2/private/web/manifests/1.2.0')(request, response)
        return true
      },
    })
    expect(await open([`${registry.host}/acme`]).chart(wanted(registry, '1.2.0'))).toMatchObject({ code: 'not-allowed' })
    expect(registry.heard).toHaveLength(1)
  })
})

describe('what goes wrong is an answer', () => {
  const broken = (tag: string, text: string) => ({
    'acme/charts/web': { tags: new Map([[tag, text]]), blobs: new Map([[sha256(archive), archive]]) },
  })
  const oci = 'application/vnd.oci.image.manifest.v1+json'
  test.each<[string, string, object]>([
    [
      'no chart',
      JSON.stringify({ mediaType: oci, config: { mediaType: 'application/vnd.oci.image.config.v1+json' }, layers: [] }),
      { code: 'unreadable', message: expect.stringContaining('is no chart but application/vnd.oci.image.config.v1+json') },
    ],
    [
      'a list of images',
      JSON.stringify({ mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] }),
      { code: 'unreadable', message: expect.stringContaining('is a list of images') },
    ],
    ['a layer by another digest', chartManifest(archive, { digest: 'md5:abc' }), { code: 'unreadable' }],
    ['a layer that is not there', chartManifest(archive, { digest: sha256('x') }), { code: 'not-found' }],
    ['a layer larger than it says', chartManifest(archive, { size: 10 }), { code: 'too-large' }],
    [
      'a layer that is too large',
      chartManifest(archive, { size: 40 * 1_024 * 1_024 }),
      { code: 'too-large', message: expect.stringContaining('40960 KiB') },
    ],
  ])('%s', async (_, manifest, expected) => {
    const registry = await serveRegistry({ repositories: broken('1.2.0', manifest) })
    expect(await open([registry.host]).chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: false, ...expected })
  })

  test('other bytes than the digest says', async () => {
    const evil = { tags: charts.tags, blobs: new Map([[sha256(archive), Buffer.from('evil'.padEnd(archive.length))]]) }
    const registry = await serveRegistry({ repositories: { 'acme/charts/web': evil } })
    expect(await open([registry.host]).chart(wanted(registry, '1.2.0'))).toMatchObject({ code: 'wrong-digest' })
  })

  test('another manifest than the digest says', async () => {
    const registry = await serveRegistry({
      repositories,
      instead: (request, response) =>
        request.headers.authorization === undefined || !(request.url ?? '').includes('/manifests/')
          ? false
          : response.end(chartManifest(archive)) !== undefined,
    })
    expect(await open([registry.host]).chart({ ...wanted(registry), digest: sha256('other') })).toMatchObject({ code: 'wrong-digest' })
  })

  test.each([
    [404, 'not-found'],
    [429, 'busy'],
    [503, 'unavailable'],
  ])('%s', async (status, code) => {
    const registry = await serveRegistry({
      repositories,
      instead: (request, response) =>
        request.headers.authorization === undefined ? false : response.writeHead(status).end() !== undefined,
    })
    expect(await open([registry.host]).chart(wanted(registry, '1.2.0'))).toMatchObject({ ok: false, code })
  })

  test('a token that is none, and a challenge of an unknown kind', async () => {
    const none = await serveRegistry({
      repositories,
      instead: (request, response) => ((request.url ?? '').startsWith('/token') ? response.end('{"token":"a\\nb"}') !== undefined : false),
    })
    expect(await open([none.host]).chart(wanted(none, '1.2.0'))).toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('sent no token'),
    })
    const odd = await serveRegistry({
      repositories,
      instead: (_, response) => response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end() !== undefined,
    })
    expect(await open([odd.host]).chart(wanted(odd, '1.2.0'))).toMatchObject({ code: 'unsupported' })
  })

  test('a range that no tag lies in names the newest that there is', async () => {
    const registry = await serveRegistry({ repositories })
    expect(await open([registry.host]).chart(wanted(registry, '^3.0.0'))).toMatchObject({
      code: 'not-found',
      hint: 'The newest one there is 1.2.0.',
    })
  })

  test.each([
    'oci://',
    'oci://ghcr.io',
    'oci://ghcr.io/a/../b',
    'oci://ghcr.io/UPPER/b',
    'oci://user:secret@ghcr.io/a/b',
    'oci://ghcr.io/a?x=1',
  ])('%s names no repository', async (repository) => {
    expect(await open(['ghcr.io']).chart({ repository })).toMatchObject({ code: 'bad-reference' })
  })
})
