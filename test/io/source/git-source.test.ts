// Other git repositories, against git's own server.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FetchedGit, SourceFailure } from '../../../src/render/source.ts'
import { gitHost, gitProject } from './git-server.ts'
import { nameOf, open } from './open.ts'
import { basic, guarded, redirect, serve } from './serve.ts'

const states = [
  { 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': 'kind: A\n' },
  { 'base/a.yaml': 'kind: B\n', 'base/ü b.yaml': 'kind: C\n', evil: '-> /etc/passwd' },
]

/** What a base holds, as text. */
function seen(had: FetchedGit | SourceFailure): unknown {
  if (!had.ok) return had
  const text = (path: string) => new TextDecoder().decode(had.tree.read(path))
  return {
    commit: had.commit,
    pin: had.pin,
    files: Object.fromEntries(had.tree.files.map(({ path, kind }) => [path, kind === 'file' ? text(path) : kind])),
  }
}

const first = { 'base/a.yaml': 'kind: A\n', 'base/kustomization.yaml': 'resources: [a.yaml]\n' }
const second = { ...first, 'base/a.yaml': 'kind: B\n', 'base/ü b.yaml': 'kind: C\n', evil: 'symlink' }

test('a commit, a tag, a branch or the default branch; links are named and not followed', async () => {
  const project = await gitProject(states)
  await project.git('tag', '-a', '-m', 'annotated', 'v2.0.0', 'v1.0.0')
  const host = await serve(gitHost(project))
  const sources = open([host.host])
  const url = `${host.origin}/acme/bases.git`
  const [old, tip] = project.commits
  expect(seen(await sources.git({ url }))).toEqual({ commit: tip, pin: 'none', files: second })
  expect(seen(await sources.git({ url, ref: 'main' }))).toEqual({ commit: tip, pin: 'none', files: second })
  expect(seen(await sources.git({ url, ref: 'v1.0.0' }))).toEqual({ commit: old, pin: 'version', files: first })
  expect(seen(await sources.git({ url, ref: 'v2.0.0' }))).toEqual({ commit: old, pin: 'version', files: first })
  expect(seen(await sources.git({ url, ref: old ?? '' }))).toEqual({ commit: old, pin: 'content', files: first })
})

test.each([
  ['>=1.0.0 <2.0.0', 1],
  ['~1.0', 0],
  ['1.x', 1],
  ['*', 1],
])('the newest tag of a range: %s', async (ref, at) => {
  const project = await gitProject(states)
  await project.git('tag', 'v3.0.0-rc.1')
  await project.git('tag', 'nightly')
  const host = await serve(gitHost(project))
  const sources = open([host.host])
  const url = `${host.origin}/acme/bases.git`
  expect(await sources.git({ url, ref })).toMatchObject({ ok: true, commit: project.commits[at], pin: 'none' })
  expect(await sources.git({ url, ref: '^9.0.0' })).toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('no tag lies in that range'),
  })
})

test('a commit is kept for the next run, which asks the host all the same', async () => {
  const project = await gitProject(states)
  let closed = false
  const host = await serve((request, response) => (closed ? response.writeHead(403).end() : gitHost(project)(request, response)))
  const sources = open([host.host])
  const wanted = { url: `${host.origin}/acme/bases.git`, ref: project.commits[0] ?? '' }
  await sources.git(wanted)
  const before = host.heard.length
  expect(await sources.again().git(wanted)).toMatchObject({ ok: true, commit: wanted.ref })
  expect(host.heard.slice(before).map(({ path }) => path)).toEqual(['/acme/bases.git/info/refs?service=git-upload-pack'])
  closed = true
  expect(await sources.again().git(wanted)).toMatchObject({ ok: false, code: 'login' })
})

test('nothing of the user or of the repository is run or read: configuration, hooks, helpers, submodules, .netrc', async () => {
  const project = await gitProject([{ '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = http://127.0.0.1:9/evil\n', a: 'a' }])
  const host = await serve(gitHost(project))
  const sources = open([host.host])
  const touched = join(sources.home, 'touched')
  const template = join(sources.home, 'template/hooks')
  mkdirSync(template, { recursive: true })
  for (const hook of ['post-checkout', 'reference-transaction'])
    writeFileSync(join(template, hook), `#!/bin/sh\ntouch ${touched}\n`, { mode: 0o755 })
  writeFileSync(
    join(sources.home, 'gitconfig'),
    `[init]\n\ttemplateDir = ${join(sources.home, 'template')}\n[core]\n\thooksPath = ${template}\n[credential]\n\thelper = "!touch ${touched}; true"\n[url "http://127.0.0.1:9/"]\n\tinsteadOf = ${host.origin}/\n`,
  )
  const { GIT_CONFIG_GLOBAL: global, GIT_DIR: directory } = process.env
  onTestFinished(() => {
    for (const [name, value] of Object.entries({ GIT_CONFIG_GLOBAL: global, GIT_DIR: directory })) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
  process.env['GIT_CONFIG_GLOBAL'] = join(sources.home, 'gitconfig')
  process.env['GIT_DIR'] = join(sources.home, 'nowhere')
  expect(await sources.git({ url: `${host.origin}/acme/bases.git` })).toMatchObject({ ok: true })
  expect(existsSync(touched)).toBe(false)
})

describe('a login', () => {
  const login = basic('x-access-token', 't0ken')

  test('is sent to its host, and written nowhere', async () => {
    const project = await gitProject(states)
    const host = await serve(guarded(login, gitHost(project)))
    const sources = open([host.host], { [`PLIMSOLL_TOKEN_${nameOf(host.host)}`]: 't0ken' })
    expect(await sources.git({ url: `${host.origin}/acme/bases.git`, ref: 'main' })).toMatchObject({ ok: true })
    const files = readdirSync(join(sources.home, '.cache/plimsoll'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    expect(files.length).toBeGreaterThan(3)
    expect(host.heard.every(({ authorization }) => authorization === login)).toBe(true)
    for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name), 'latin1')).not.toMatch(/t0ken|dDBrZW4/)
  })

  test('that is missing is named, and nobody is asked for it', async () => {
    const project = await gitProject(states)
    const host = await serve(guarded(login, gitHost(project)))
    expect(await open([host.host]).git({ url: `${host.origin}/acme/bases.git` })).toMatchObject({
      code: 'login',
      hint: expect.stringContaining(`PLIMSOLL_TOKEN_${nameOf(host.host)}`),
    })
  })

  test('does not follow a redirect to another host, and the repository does where the policy allows it', async () => {
    const project = await gitProject(states)
    const moved = await serve(gitHost(project))
    const host = await serve((request, response) => redirect(`${moved.origin}${request.url}`, 301)(request, response))
    const environment = { [`PLIMSOLL_TOKEN_${nameOf(host.host)}`]: 't0ken' }
    const wanted = { url: `${host.origin}/acme/bases.git` }
    expect(await open([host.host], environment).git(wanted)).toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining(`${moved.host}, to which ${host.host} redirects`),
    })
    expect(moved.heard).toEqual([])
    expect(await open([host.host, moved.host], environment).git(wanted)).toMatchObject({ ok: true })
    expect(moved.heard.every(({ authorization }) => authorization === undefined)).toBe(true)
  })
})

describe('what goes wrong is an answer', () => {
  test('a host that is not allowed is not asked, however the address is written', async () => {
    const host = await serve(() => {})
    for (const url of [
      `${host.origin}/acme/bases`,
      'git@git.example.org:acme/bases.git',
      'ssh://git@git.example.org:2222/acme/bases',
      'git::https://git.example.org/acme/bases',
    ]) {
      expect(await open(['charts.example.org']).git({ url })).toMatchObject({
        code: 'not-allowed',
        hint: expect.stringContaining('sources: { allow: ['),
      })
    }
    expect(host.heard).toEqual([])
  })

  test.each(['/etc', '../base', 'file:///etc', 'ext::sh -c id', 'git://git.example.org/a', ''])(
    '%j has no address over https',
    async (url) => {
      expect(await open(['git.example.org']).git({ url })).toMatchObject({ code: 'unsupported' })
    },
  )

  test.each(['--upload-pack=id', '-x', 'a..b', 'a b', '+refs/heads/*', 'a:b', 'a\nb', 'x~1', '@{-1}'])(
    '%j is no name git allows',
    async (ref) => {
      expect(await open(['git.example.org']).git({ url: 'https://git.example.org/a/b', ref })).toMatchObject({ code: 'bad-reference' })
    },
  )

  test('no such branch, no such commit, no such repository, no repository at all', async () => {
    const project = await gitProject(states)
    const host = await serve((request, response) =>
      (request.url ?? '').startsWith('/page') ? response.end('<html>') : gitHost(project)(request, response),
    )
    const sources = open([host.host])
    const url = `${host.origin}/acme/bases.git`
    const absent = { code: 'not-found', message: expect.stringContaining('there is no such commit, tag or branch') }
    expect(await sources.git({ url, ref: 'nope' })).toMatchObject(absent)
    expect(await sources.git({ url, ref: 'f'.repeat(40) })).toMatchObject(absent)
    expect(await sources.git({ url: `${host.origin}/acme/none.git` })).toMatchObject({ code: 'not-found' })
    expect(await sources.git({ url: `${host.origin}/page` })).toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('is no git repository'),
    })
    expect(
      readdirSync(join(sources.home, '.cache/plimsoll/sources/git')).flatMap((shelf) =>
        readdirSync(join(sources.home, '.cache/plimsoll/sources/git', shelf)),
      ),
    ).toEqual([])
  })

  test('a host that stops in the middle', async () => {
    const project = await gitProject(states)
    const host = await serve((request, response) => (request.method === 'POST' ? undefined : gitHost(project)(request, response)))
    expect(await open([host.host], {}, { time: 500, retries: 0, pause: 1 }).git({ url: `${host.origin}/acme/bases.git` })).toMatchObject({
      code: 'slow',
    })
    const broken = await serve((request, response) =>
      request.method === 'POST' ? response.writeHead(500).end() : gitHost(project)(request, response),
    )
    expect(await open([broken.host]).git({ url: `${broken.origin}/acme/bases.git` })).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('the host answered 500'),
    })
  })
})
