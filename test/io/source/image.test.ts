// Which digest a tag means: against a registry that plays, and a real one.

import { describe, expect, test } from 'vitest'
import { refusing } from '../../../src/render/refusing.ts'
import { findRegistry, push, runRegistry } from './docker-registry.ts'
import { config, image, listOf, oci, ociIndex } from './image-manifests.ts'
import { nameOf, open } from './open.ts'
import { type RegistryOptions, serveRegistry, sha256 } from './registry-server.ts'
import { basic } from './serve.ts'

const dockerList = 'application/vnd.docker.distribution.manifest.list.v2+json'
const tags = new Map([
  ['1.0.0', image],
  ['latest', image],
  ['2.0.0', listOf(ociIndex)],
  ['3.0.0', listOf(dockerList)],
  ['odd', '{"mediaType":"application/vnd.oci.image.manifest.v1+json","schemaVersion":1}'],
])
const repositories = { 'acme/api': { tags, blobs: new Map() } }
const login = basic('reader', 's3cret')

test.each([
  [':1.0.0', image, false],
  ['', image, false],
  [':2.0.0', listOf(ociIndex), true],
  [':3.0.0', listOf(dockerList), true],
])('%s has the digest of its manifest, a list that of the list', async (tag, manifest, isList) => {
  const registry = await serveRegistry({ repositories, login })
  const name = nameOf(registry.host)
  const sources = open([registry.host], { [`PLIMSOLL_USERNAME_${name}`]: 'reader', [`PLIMSOLL_PASSWORD_${name}`]: 's3cret' })
  const reference = `${registry.host}/acme/api${tag}`
  expect(await sources.image({ image: reference })).toEqual({
    ok: true,
    digest: sha256(manifest),
    pinned: `${reference}@${sha256(manifest)}`,
    isList,
  })
  const asked = registry.heard.length
  await sources.image({ image: reference })
  expect(registry.heard).toHaveLength(asked)
})

test('an image with a digest is pinned, and nobody is asked', async () => {
  const reference = `ghcr.io/acme/api:1.0.0@sha256:${'a'.repeat(64)}`
  expect(await open([]).image({ image: reference })).toEqual({
    ok: true,
    digest: `sha256:${'a'.repeat(64)}`,
    pinned: reference,
    isList: false,
  })
})

describe('an image is looked for only where the policy allows it', () => {
  test.each([
    ['ghcr.io/acme/api:1', 'ghcr.io', 'ghcr.io/acme'],
    ['nginx:1.27', 'registry-1.docker.io', 'registry-1.docker.io/library'],
    ['acme/api', 'registry-1.docker.io', 'registry-1.docker.io/acme'],
    ['registry.example.org:5000/a:1', 'registry.example.org:5000', 'registry.example.org:5000'],
  ])('%s', async (reference, host, entry) => {
    expect(await open(['charts.example.org']).image({ image: reference })).toEqual({
      ok: false,
      code: 'not-allowed',
      message: `the digest of ${reference} was not fetched: the policy does not allow ${host}`,
      hint: `To have it fetched, add to .plimsoll.yaml of the target branch: sources: { allow: [${entry}] }`,
    })
    expect(await refusing.image({ image: reference })).toMatchObject({ code: 'not-allowed' })
  })

  test.each(['', 'UPPER/case:1', 'ghcr.io/', 'ghcr.io/a:b c', 'ghcr.io/a/../b:1'])('%j is no image', async (reference) => {
    expect(await open(['ghcr.io', 'docker.io']).image({ image: reference })).toMatchObject({ code: 'bad-reference' })
  })
})

describe('what goes wrong is an answer', () => {
  const answering = (status: number): Pick<RegistryOptions, 'instead'> => ({
    instead: (request, response) => (request.headers.authorization === undefined ? false : response.writeHead(status).end() !== undefined),
  })
  test.each<[string, Partial<RegistryOptions>, string, object]>([
    ['401', { login }, '1.0.0', { code: 'login', hint: expect.stringContaining('PLIMSOLL_TOKEN_') }],
    ['403', answering(403), '1.0.0', { code: 'login' }],
    ['429', answering(429), '1.0.0', { code: 'busy' }],
    ['500', answering(500), '1.0.0', { code: 'unavailable' }],
    ['no such tag', {}, '9.9.9', { code: 'not-found' }],
    ['a manifest of old', {}, 'odd', { code: 'unreadable' }],
    [
      'no manifest',
      { instead: (request, response) => (request.headers.authorization === undefined ? false : response.end('<html>') !== undefined) },
      '1.0.0',
      { code: 'unreadable' },
    ],
    [
      'another manifest than its digest says',
      {
        instead: (request, response) =>
          request.headers.authorization === undefined
            ? false
            : response.writeHead(200, { 'docker-content-digest': sha256('other') }).end(image) !== undefined,
      },
      '1.0.0',
      { code: 'wrong-digest' },
    ],
  ])('%s', async (_, options, tag, expected) => {
    const registry = await serveRegistry({ repositories, ...options })
    expect(await open([registry.host]).image({ image: `${registry.host}/acme/api:${tag}` })).toMatchObject({ ok: false, ...expected })
  })

  test('a slow registry', async () => {
    const registry = await serveRegistry({ repositories, instead: () => true })
    expect(
      await open([registry.host], {}, { time: 100, retries: 0, pause: 1 }).image({ image: `${registry.host}/acme/api:1.0.0` }),
    ).toMatchObject({ code: 'slow' })
  })
})

const program = findRegistry()
describe.skipIf(program === undefined)('a real registry', () => {
  test('gives the digest that it pushed, of an image and of a list', async () => {
    const host = await runRegistry(program ?? '')
    const { blob, manifest } = await push(host, 'acme/api', {})
    await blob(Buffer.from(config), sha256(config))
    await manifest(image, oci, '1.0.0')
    await manifest(listOf(ociIndex), ociIndex, '2.0.0')
    const sources = open([host])
    expect(await sources.image({ image: `${host}/acme/api:1.0.0` })).toMatchObject({ ok: true, digest: sha256(image), isList: false })
    expect(await sources.image({ image: `${host}/acme/api:2.0.0` })).toMatchObject({
      ok: true,
      digest: sha256(listOf(ociIndex)),
      isList: true,
    })
    expect(await sources.image({ image: `${host}/acme/api:3.0.0` })).toMatchObject({ code: 'not-found' })
  })
})
