// Which user an image starts as: against a registry that plays, and a real one.

import { describe, expect, test } from 'vitest'
import { policyOf } from '../../../src/config.ts'
import { engine } from '../../../src/io/rendering.ts'
import { refusing } from '../../../src/render/refusing.ts'
import { judgeTree } from '../../../src/scan.ts'
import { silent } from '../../../src/watch.ts'
import { treeOf } from '../../discover/tree.ts'
import { withFixes } from '../../fix/mended.ts'
import { rulebook } from '../../program.ts'
import { findRegistry, push, runRegistry } from './docker-registry.ts'
import { config, image, imageWith, listWith, oci, ociIndex } from './image-manifests.ts'
import { nameOf, open } from './open.ts'
import { type RegistryOptions, type Repository, serveRegistry, sha256 } from './registry-server.ts'
import { basic, serve } from './serve.ts'

const configOf = (user: unknown, os = 'linux') => JSON.stringify({ architecture: 'amd64', os, config: { User: user } })
const login = basic('reader', 's3cret')

/** A repository that holds texts as blobs, and manifests by tag. */
function holding(tags: Readonly<Record<string, string>>, blobs: readonly string[]): Repository {
  return { tags: new Map(Object.entries(tags)), blobs: new Map(blobs.map((text) => [sha256(text), Buffer.from(text)])) }
}

async function userOf(tags: Readonly<Record<string, string>>, blobs: readonly string[], options: Partial<RegistryOptions> = {}) {
  const registry = await serveRegistry({ repositories: { 'acme/api': holding(tags, blobs) }, ...options })
  return open([registry.host]).user({ image: `${registry.host}/acme/api:1` })
}

describe('the user is what the configuration names', () => {
  test.each<[string, unknown, string]>([
    ['a number', '65532', '65532'],
    ['a number with a group', '65532:65532', '65532'],
    ['a name', 'app', 'app'],
    ['a name with a group', 'app:app', 'app'],
    ['root by its number', '0:0', '0'],
    ['none', '', ''],
    ['none at all', undefined, ''],
  ])('%s', async (_, written, user) => {
    expect(await userOf({ 1: imageWith(configOf(written)) }, [configOf(written)])).toEqual({ ok: true, user })
  })

  test('of Docker’s form, and of one that says nothing of what runs', async () => {
    const docker = { mediaType: 'application/vnd.docker.container.image.v1+json' }
    expect(await userOf({ 1: imageWith(configOf('7'), docker) }, [configOf('7')])).toEqual({ ok: true, user: '7' })
    expect(await userOf({ 1: image }, [config])).toEqual({ ok: true, user: '' })
  })

  test('of a list the image for Linux on amd64, else the first for Linux', async () => {
    const [windows, arm, amd] = [configOf('Administrator', 'windows'), configOf('11'), configOf('12')] as const
    const images = { 'windows/amd64': imageWith(windows), 'linux/arm64': imageWith(arm), 'linux/amd64': imageWith(amd) }
    const list = listWith(ociIndex, images)
    const held = { ...images, 1: list }
    expect(await userOf(held, [windows, arm, amd])).toEqual({ ok: true, user: '12' })
    const { 'linux/amd64': _, ...others } = images
    expect(await userOf({ ...others, 1: listWith(ociIndex, others) }, [windows, arm])).toEqual({ ok: true, user: '11' })
  })

  test('of an image with a digest the manifest of the digest, whatever the tag is', async () => {
    const [old, now] = [imageWith(configOf('11')), imageWith(configOf('12'))]
    const repositories = { 'acme/api': holding({ 1: now, 0: old }, [configOf('11'), configOf('12')]) }
    const registry = await serveRegistry({ repositories })
    const named = `${registry.host}/acme/api:1@${sha256(old)}`
    expect(await open([registry.host]).user({ image: named })).toEqual({ ok: true, user: '11' })
  })

  test('behind a login; asked once in a run', async () => {
    const registry = await serveRegistry({ repositories: { 'acme/api': holding({ 1: image }, [config]) }, login })
    const name = nameOf(registry.host)
    const sources = open([registry.host], { [`PLIMSOLL_USERNAME_${name}`]: 'reader', [`PLIMSOLL_PASSWORD_${name}`]: 's3cret' })
    const wanted = { image: `${registry.host}/acme/api:1` }
    expect(await sources.user(wanted)).toEqual({ ok: true, user: '' })
    const asked = registry.heard.length
    await sources.user(wanted)
    expect(registry.heard).toHaveLength(asked)
  })
})

test.each([
  ['ghcr.io/acme/api:1', 'ghcr.io/acme'],
  ['nginx:1.27', 'docker.io/library'],
  ['acme/api', 'docker.io/acme'],
])('nobody is asked of %s where the policy does not name its host', async (reference, entry) => {
  const expected = {
    ok: false,
    code: 'not-allowed',
    message: expect.stringContaining(`the user that ${reference} starts as was not fetched: the policy does not allow`),
    hint: expect.stringMatching(new RegExp(`sources: \\{ allow: \\[${entry.replace('docker.io', '(?:registry-1\\.)?docker.io')}\\] \\}`)),
  }
  expect(await open(['charts.example.org']).user({ image: reference })).toEqual(expected)
  expect(await refusing.user({ image: reference })).toEqual(expected)
})

test.each(['$IMAGE', '<registry>/api:1', 'UPPER/case:1', 'ghcr.io/', 'ghcr.io/a:b c', `ghcr.io/a@sha256:short`])(
  '%j is no image',
  async (reference) => {
    expect(await open(['ghcr.io', 'docker.io']).user({ image: reference })).toMatchObject({ code: 'bad-reference' })
    expect(await refusing.user({ image: reference })).toMatchObject({ code: 'bad-reference' })
  },
)

describe('what goes wrong is an answer', () => {
  const isAuthorized = ({ authorization }: { readonly authorization?: string | undefined }) => authorization !== undefined
  /** The registry answers so where its configurations are asked for. */
  const forBlobs = (status: number, body = ''): Partial<RegistryOptions> => ({
    instead: ({ url = '', headers }, response) => {
      if (!url.includes('/blobs/') || !isAuthorized(headers)) return false
      response.writeHead(status).end(body)
      return true
    },
  })
  const seven = configOf('7')
  const index = (...images: readonly string[]) => listWith(ociIndex, Object.fromEntries(images.map((one, at) => [`linux/${at}`, one])))
  test.each<[string, string, readonly string[], Partial<RegistryOptions>, object]>([
    ['401', imageWith(seven), [], { login }, { code: 'login' }],
    ['403', imageWith(seven), [], forBlobs(403), { code: 'login' }],
    ['429', imageWith(seven), [], forBlobs(429), { code: 'busy' }],
    ['500', imageWith(seven), [], forBlobs(500), { code: 'unavailable' }],
    ['a configuration that is not there', imageWith(seven), [], {}, { code: 'not-found' }],
    ['another configuration than its digest says', imageWith(seven), [], forBlobs(200, configOf('8')), { code: 'wrong-digest' }],
    ['a larger one than its size says', imageWith(seven), [], forBlobs(200, seven + seven), { code: 'too-large' }],
    ['a huge one', imageWith(seven, { size: 2 ** 40 }), [seven], {}, { code: 'too-large' }],
    ['no digest', imageWith(seven, { digest: '../../etc/passwd' }), [seven], {}, { code: 'unreadable' }],
    ['no size', imageWith(seven, { size: '7' }), [seven], {}, { code: 'unreadable' }],
    ['a chart', imageWith('{}', { mediaType: 'application/vnd.cncf.helm.config.v1+json' }), ['{}'], {}, { code: 'unreadable' }],
    ['no JSON', imageWith('<html>'), ['<html>'], {}, { code: 'unreadable' }],
    ['a list of nothing', listWith(ociIndex, {}), [], {}, { code: 'unreadable' }],
    ['a list for Windows alone', listWith(ociIndex, { 'windows/amd64': imageWith(seven) }), [seven], {}, { code: 'unreadable' }],
    ['an image for Windows', imageWith(configOf('7', 'windows')), [configOf('7', 'windows')], {}, { code: 'unreadable' }],
    ['a list that leads nowhere', index(imageWith(seven)), [seven], {}, { code: 'not-found' }],
    ['a user that is no text', imageWith(configOf({ a: 1 })), [configOf({ a: 1 })], {}, { code: 'unreadable' }],
    ['a user of several lines', imageWith(configOf('a\n@b')), [configOf('a\n@b')], {}, { code: 'unreadable' }],
    ['a user without an end', imageWith(configOf('a'.repeat(9_000))), [configOf('a'.repeat(9_000))], {}, { code: 'unreadable' }],
  ])('%s', async (_, manifest, blobs, options, expected) => {
    expect(await userOf({ 1: manifest }, blobs, options)).toMatchObject({ ok: false, ...expected })
  })

  test('a list that leads to another list', async () => {
    const inner = index(imageWith(seven))
    expect(await userOf({ 1: index(inner), inner }, [seven])).toMatchObject({ code: 'unreadable' })
  })

  test('a slow registry, and one whose every step takes nearly as long as it may', async () => {
    const brief = { time: 100, retries: 0, pause: 1 }
    const silent = await serveRegistry({ repositories: {}, instead: () => true })
    expect(await open([silent.host], {}, brief).user({ image: `${silent.host}/acme/api:1` })).toMatchObject({ code: 'slow' })
    const steps = await serve(({ url = '' }, response) => {
      setTimeout(() => response.writeHead(302, { location: url }).end(), 60)
    })
    expect(await open([steps.host], {}, brief).user({ image: `${steps.host}/acme/api:1` })).toMatchObject({ code: 'slow' })
  })
})

const program = findRegistry()
describe.skipIf(program === undefined)('a real registry', () => {
  test('tells the user of an image, of a list, and of one with a digest', async () => {
    const host = await runRegistry(program ?? '')
    const { blob, manifest } = await push(host, 'acme/api', {})
    const text = configOf('10001:10001')
    const one = imageWith(text)
    await blob(Buffer.from(text), sha256(text))
    await manifest(one, oci, '1.0.0')
    await manifest(listWith(ociIndex, { 'linux/amd64': one }), ociIndex, '2.0.0')
    const sources = open([host])
    for (const tag of [':1.0.0', ':2.0.0', `@${sha256(one)}`])
      expect(await sources.user({ image: `${host}/acme/api${tag}` })).toEqual({ ok: true, user: '10001' })
    expect(await sources.user({ image: `${host}/acme/api:3.0.0` })).toMatchObject({ code: 'not-found' })
  })
})

describe.skipIf(program === undefined)('a fix, with a real registry', () => {
  const rules = { ...rulebook, rules: rulebook.rules.filter(({ id }) => id === 'run-as-root') }
  const policy = policyOf({}, {}, { source: 'test', ignore: [] })
  const pod = (image: string, more = '') =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: ${image}\n      securityContext:\n        allowPrivilegeEscalation: false\n${more}`

  test.each([
    ['10001:10001', '        runAsNonRoot: true\n', undefined],
    ['app', '', 'starts as the user "app" without a number'],
    ['', '', 'starts as root: its configuration in the registry names no user'],
  ])('of an image with the user %j', async (user, more, said) => {
    const host = await runRegistry(program ?? '')
    const to = await push(host, 'acme/web', {})
    await to.blob(Buffer.from(configOf(user)), sha256(configOf(user)))
    await to.manifest(imageWith(configOf(user)), oci, '1.0.0')
    const image = `${host}/acme/web:1.0.0`
    const run = { policy, rulebook: rules, watch: silent, engine, sources: open([host]), fixing: { now: () => 0, budget: 1 } }
    const { report, mended } = await judgeTree(treeOf({ 'pod.yaml': pod(image) }), run)
    expect(withFixes({ 'pod.yaml': pod(image) }, mended?.fixes ?? [])).toEqual({ 'pod.yaml': pod(image, more) })
    expect(report.findings[0]?.advice?.find).toEqual(said === undefined ? undefined : expect.stringContaining(said))
  })
})
