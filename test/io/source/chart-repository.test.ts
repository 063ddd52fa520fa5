// Charts of HTTP repositories, against servers that play them.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { chartOf } from '../../render/pack.ts'
import { nameOf, open } from './open.ts'
import { basic, guarded, redirect, routes, type Served, serve } from './serve.ts'

const archive = chartOf('web', '1.2.0')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const indexOf = (versions: readonly { version: string; url: string; digest?: string }[]) =>
  `apiVersion: v1\nentries:\n  web:\n${versions.map(({ version, url, digest }) => `    - {name: web, version: ${version}, urls: ["${url}"]${digest === undefined ? '' : `, digest: ${digest}`}}\n`).join('')}`
const index = indexOf([
  { version: '1.3.0-rc.1', url: 'web-1.3.0-rc.1.tgz' },
  { version: '1.2.0', url: 'web-1.2.0.tgz', digest: sha256(archive) },
  { version: '1.1.0', url: 'web-1.1.0.tgz', digest: sha256(chartOf('web', '1.1.0')) },
])
const table = { '/stable/index.yaml': index, '/stable/web-1.2.0.tgz': archive, '/stable/web-1.1.0.tgz': chartOf('web', '1.1.0') }
const wanted = ({ origin }: Served, version = '^1.0.0') => ({ repository: `${origin}/stable/`, name: 'web', version })

test('the newest version of the range, checked against the digest of the index', async () => {
  const host = await serve(routes(table))
  const had = await open([host.host]).chart(wanted(host))
  expect(had).toEqual({ ok: true, archive, name: 'web', version: '1.2.0', digest: `sha256:${sha256(archive)}`, pin: 'none' })
  expect(host.heard.map(({ path }) => path)).toEqual(['/stable/index.yaml', '/stable/web-1.2.0.tgz'])
})

test('an exact version is as firm as its publisher, a digest firmer', async () => {
  const host = await serve(routes(table))
  const sources = open([host.host])
  expect(await sources.chart(wanted(host, '1.1.0'))).toMatchObject({ version: '1.1.0', pin: 'version' })
  expect(await sources.chart({ ...wanted(host, '1.2.0'), digest: `sha256:${sha256(archive)}` })).toMatchObject({ pin: 'content' })
  expect(await sources.chart({ ...wanted(host, '1.1.0'), digest: `sha256:${sha256(archive)}` })).toMatchObject({ code: 'wrong-digest' })
})

test('an index is read once in a run, and a host that is not allowed is not asked', async () => {
  const host = await serve(routes(table))
  const sources = open([host.host])
  await Promise.all([sources.chart(wanted(host, '1.2.0')), sources.chart(wanted(host, '1.1.0'))])
  expect(host.heard.filter(({ path }) => path.endsWith('index.yaml'))).toHaveLength(1)
  const other = await serve(routes(table))
  expect(await open([host.host]).chart(wanted(other))).toEqual({
    ok: false,
    code: 'not-allowed',
    message: `chart web ^1.0.0 was not fetched: the policy does not allow ${other.host}`,
    hint: `To have it fetched, add to .plimsoll.yaml of the target branch: sources: { allow: [${other.host}] }`,
  })
  expect(other.heard).toEqual([])
})

describe('the cache', () => {
  const cached = (home: string) => join(home, '.cache/plimsoll/sources/sha256')

  test('spares the archive in the next run, and is not believed when it was damaged', async () => {
    const host = await serve(routes(table))
    const sources = open([host.host])
    await sources.chart(wanted(host))
    await sources.again().chart(wanted(host))
    const fetched = () => host.heard.filter(({ path }) => path.endsWith('.tgz')).length
    expect(fetched()).toBe(1)
    expect(readdirSync(cached(sources.home))).toEqual([sha256(archive)])
    writeFileSync(join(cached(sources.home), sha256(archive)), 'evil')
    expect(await sources.again().chart(wanted(host))).toMatchObject({ ok: true, archive })
    expect(fetched()).toBe(2)
    expect(readFileSync(join(cached(sources.home), sha256(archive)))).toEqual(archive)
  })

  test('is no way around a host that refuses, nor around the policy', async () => {
    let closed = false
    const host = await serve((request, response) => routes(closed ? { '/stable/index.yaml': 403 } : table)(request, response))
    const sources = open([host.host])
    await sources.chart(wanted(host))
    closed = true
    expect(await sources.again().chart(wanted(host))).toMatchObject({ ok: false, code: 'login' })
  })
})

describe('a login', () => {
  const login = basic('reader', 's3cret-pass')

  test('is sent to its host', async () => {
    const host = await serve(guarded(login, routes(table)))
    const name = nameOf(host.host)
    const sources = open([host.host], { [`PLIMSOLL_USERNAME_${name}`]: 'reader', [`PLIMSOLL_PASSWORD_${name}`]: 's3cret-pass\n' })
    expect(await sources.chart(wanted(host))).toMatchObject({ ok: true, version: '1.2.0' })
  })

  test('may be a token', async () => {
    const host = await serve(guarded('Bearer t0ken', routes(table)))
    expect(await open([host.host], { [`PLIMSOLL_TOKEN_${nameOf(host.host)}`]: 't0ken' }).chart(wanted(host))).toMatchObject({ ok: true })
  })

  test('that is missing or refused is named by its variables, never by its value', async () => {
    const host = await serve(guarded(login, routes(table)))
    const name = nameOf(host.host)
    expect(await open([host.host]).chart(wanted(host))).toEqual({
      ok: false,
      code: 'login',
      message: `chart web ^1.0.0 was not fetched: ${host.host}/stable/index.yaml answered 401`,
      hint: `Give a login for ${host.host}: PLIMSOLL_TOKEN_${name}, or PLIMSOLL_USERNAME_${name} and PLIMSOLL_PASSWORD_${name}.`,
    })
    const refused = await open([host.host], { [`PLIMSOLL_TOKEN_${name}`]: 'wr0ng' }).chart(wanted(host))
    expect(refused).toMatchObject({ code: 'login', hint: expect.stringContaining(`The login for ${host.host} was refused`) })
    expect(JSON.stringify(refused)).not.toContain('wr0ng')
  })

  test('is never sent on to another host, by a redirect or by an address in the index', async () => {
    const other = await serve(
      routes({ '/index.yaml': indexOf([{ version: '1.2.0', url: '/web.tgz' }]), '/web.tgz': archive, '/stable/web.tgz': archive }),
    )
    const host = await serve(
      guarded(
        'Bearer t0ken',
        routes({
          '/stable/index.yaml': redirect(`${other.origin}/index.yaml`),
          '/other/index.yaml': indexOf([{ version: '1.2.0', url: `${other.origin}/web.tgz` }]),
        }),
      ),
    )
    const environment = { [`PLIMSOLL_TOKEN_${nameOf(host.host)}`]: 't0ken' }
    await open([host.host, other.host], environment).chart(wanted(host))
    expect(await open([host.host, other.host], environment).chart({ ...wanted(host), repository: `${host.origin}/other` })).toMatchObject({
      ok: true,
    })
    expect(host.heard.every(({ authorization }) => authorization === 'Bearer t0ken')).toBe(true)
    expect(other.heard.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/index.yaml', undefined],
      ['/web.tgz', undefined],
    ])
  })

  test('that stands in an address is neither used nor repeated', async () => {
    const host = await serve(routes(table))
    const had = await open([host.host]).chart({ ...wanted(host, '9.9.9'), repository: `http://user:hunter2@${host.host}/stable` })
    expect(JSON.stringify(had)).not.toContain('hunter2')
    expect(host.heard.map(({ authorization }) => authorization)).toEqual([undefined])
  })
})

describe('a redirect', () => {
  test('to a host that is not allowed ends there and names it', async () => {
    const other = await serve(routes({ '/web.tgz?signature=s3cret': archive }))
    const host = await serve(routes({ ...table, '/stable/web-1.2.0.tgz': redirect(`${other.origin}/web.tgz?signature=s3cret`, 307) }))
    const had = await open([host.host]).chart(wanted(host))
    expect(had).toMatchObject({
      code: 'not-allowed',
      message: `chart web ^1.0.0 was not fetched: the policy does not allow ${other.host}, to which ${host.host} redirects`,
      hint: expect.stringContaining(other.host),
    })
    expect(JSON.stringify(had)).not.toContain('s3cret')
    expect(other.heard).toEqual([])
    expect(await open([host.host, other.host]).chart(wanted(host))).toMatchObject({ ok: true })
  })

  test('out of the folder that is allowed is refused, and one without end ends', async () => {
    const host = await serve(
      routes({
        '/stable/index.yaml': redirect('/private/index.yaml'),
        '/private/index.yaml': index,
        '/loop/index.yaml': redirect('/loop/index.yaml'),
      }),
    )
    expect(await open([`${host.host}/stable`]).chart(wanted(host))).toMatchObject({ code: 'not-allowed' })
    expect(host.heard.map(({ path }) => path)).toEqual(['/stable/index.yaml'])
    expect(await open([host.host]).chart({ ...wanted(host), repository: `${host.origin}/loop` })).toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('redirects without end'),
    })
  })
})

describe('what goes wrong is an answer', () => {
  test.each<[string, Parameters<typeof routes>[0], object]>([
    ['404', {}, { code: 'not-found', message: expect.stringContaining('/stable/index.yaml answered 404') }],
    ['429', { '/stable/index.yaml': 429 }, { code: 'busy' }],
    ['500', { '/stable/index.yaml': 500 }, { code: 'unavailable', message: expect.stringContaining('answered 500') }],
    [
      'no index',
      { '/stable/index.yaml': '<html>hello</html>' },
      { code: 'unreadable', message: expect.stringContaining('is no index of charts') },
    ],
    ['an empty index', { '/stable/index.yaml': '' }, { code: 'unreadable' }],
    [
      'odd entries',
      { '/stable/index.yaml': 'entries: {web: [1, {version: 1.0, urls: [a]}, {version: 1.0.0, urls: 3}]}' },
      { code: 'not-found' },
    ],
    [
      'an archive that is gone',
      { ...table, '/stable/web-1.2.0.tgz': 404 },
      { code: 'not-found', message: expect.stringContaining('web-1.2.0.tgz answered 404') },
    ],
    [
      'other bytes',
      { ...table, '/stable/web-1.2.0.tgz': 'evil' },
      { code: 'wrong-digest', message: expect.stringContaining(`where sha256:${sha256(archive)} was expected`) },
    ],
    [
      'a broken connection',
      { '/stable/index.yaml': (request) => void request.socket.destroy() },
      { code: 'unavailable', message: expect.stringContaining('the connection was cut') },
    ],
  ])('%s', async (_, answers, expected) => {
    const host = await serve(routes(answers))
    expect(await open([host.host]).chart(wanted(host))).toMatchObject({ ok: false, ...expected })
  })

  test('a version or a chart that is not listed names what is', async () => {
    const host = await serve(routes(table))
    const sources = open([host.host])
    expect(await sources.chart(wanted(host, '^2.0.0'))).toMatchObject({ code: 'not-found', hint: 'The newest one there is 1.2.0.' })
    expect(await sources.chart({ ...wanted(host), name: 'nope' })).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('lists no chart nope'),
    })
  })

  test('a host that answers at the second try is believed', async () => {
    let first = true
    const host = await serve((request, response) => {
      const busy = first
      first = false
      routes(busy ? { '/stable/index.yaml': 503 } : table)(request, response)
    })
    expect(await open([host.host]).chart(wanted(host))).toMatchObject({ ok: true })
  })

  test('a host that is not there', async () => {
    const closed = await serve(routes({}))
    const had = await open(['127.0.0.1:9']).chart({ ...wanted(closed), repository: 'http://127.0.0.1:9' })
    expect(had).toMatchObject({ code: 'unavailable', message: expect.stringContaining('the connection was refused') })
  })

  test('a slow answer, in its head or in its body', async () => {
    const never = await serve(() => {})
    const half = await serve((_, response) => void response.write('entries:\n'))
    const patience = { time: 150, retries: 0, pause: 1 }
    expect(await open([never.host], {}, patience).chart(wanted(never))).toMatchObject({ code: 'slow' })
    expect(await open([half.host], {}, patience).chart(wanted(half))).toMatchObject({ code: 'slow' })
  })

  test('a host that wants a longer wait is not waited for', async () => {
    const host = await serve((_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end())
    expect(await open([host.host]).chart(wanted(host))).toMatchObject({ code: 'busy' })
    expect(host.heard).toHaveLength(1)
  })

  test('an endless answer, and a small one that unpacks to an endless one', async () => {
    const block = Buffer.alloc(1_024 * 1_024, 32)
    const endless = await serve(
      routes({
        ...table,
        '/stable/web-1.2.0.tgz': (_, response) => {
          const more = () => {
            while (!response.destroyed && response.write(block));
          }
          response.on('drain', more)
          more()
        },
      }),
    )
    expect(await open([endless.host]).chart(wanted(endless))).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('is larger than 32768 KiB'),
    })
    const bomb = await serve(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(65 * 1_024 * 1_024))),
    )
    expect(await open([bomb.host]).chart(wanted(bomb))).toMatchObject({ code: 'too-large' })
  })
})

test('an index that comes as gzip is read, an archive that is called gzip stays as it is', async () => {
  const packed = (body: Uint8Array, type: string) => (_: unknown, response: import('node:http').ServerResponse) =>
    void response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': type }).end(body)
  const host = await serve(
    routes({ '/stable/index.yaml': packed(gzipSync(index), 'text/yaml'), '/stable/web-1.2.0.tgz': packed(archive, 'application/x-gzip') }),
  )
  expect(await open([host.host]).chart(wanted(host))).toMatchObject({ ok: true, archive })
})

test.each([
  ['@stable', 'unsupported'],
  ['alias:stable', 'unsupported'],
  ['charts/stable', 'bad-reference'],
  ['file:///etc', 'unsupported'],
  ['s3://charts/stable', 'unsupported'],
])('a repository %s is not fetched from: %s', async (repository, code) => {
  expect(await open(['charts.example.org']).chart({ repository, name: 'web' })).toMatchObject({ ok: false, code })
})
