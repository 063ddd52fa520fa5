// Single files.

import { expect, test } from 'vitest'
import { open } from './open.ts'
import { redirect, routes, serve } from './serve.ts'

test('a file is had as it is, with what ties it', async () => {
  const commit = 'c'.repeat(40)
  const host = await serve(
    routes({
      '/acme/x/main/a.yaml': 'kind: A\n',
      [`/acme/x/${commit}/a.yaml`]: 'kind: A\n',
      '/acme/x/releases/download/v1.2.3/a.yaml': 'kind: A\n',
    }),
  )
  const sources = open([`${host.host}/acme`])
  const had = { ok: true, bytes: Buffer.from('kind: A\n'), digest: expect.stringMatching(/^sha256:[\da-f]{64}$/) }
  expect(await sources.file({ url: `${host.origin}/acme/x/main/a.yaml` })).toEqual({ ...had, pin: 'none' })
  expect(await sources.file({ url: `${host.origin}/acme/x/${commit}/a.yaml` })).toEqual({ ...had, pin: 'content' })
  expect(await sources.file({ url: `${host.origin}/acme/x/releases/download/v1.2.3/a.yaml` })).toEqual({ ...had, pin: 'version' })
})

test('another content than the digest says, another host, no address', async () => {
  const other = await serve(routes({ '/a': 'evil' }))
  const host = await serve(routes({ '/a.yaml': 'evil', '/b.yaml': redirect(`${other.origin}/a`) }))
  const sources = open([host.host])
  expect(await sources.file({ url: `${host.origin}/a.yaml`, digest: `sha256:${'0'.repeat(64)}` })).toMatchObject({ code: 'wrong-digest' })
  expect(await sources.file({ url: `${host.origin}/b.yaml` })).toMatchObject({ code: 'not-allowed' })
  expect(await sources.file({ url: '//user:secret@x/a.yaml' })).toEqual({
    ok: false,
    code: 'bad-reference',
    message: 'file //x/a.yaml was not fetched: that is no address',
    hint: 'Write https://…',
  })
  expect(other.heard).toEqual([])
})

test('a run asks for so much and no more', async () => {
  const sources = open([])
  const ask = (at: number) => sources.file({ url: `https://files.example.org/${at}.yaml` })
  expect((await Promise.all(Array.from({ length: 1_000 }, (_, at) => ask(at)))).every((had) => !had.ok && had.code === 'not-allowed')).toBe(
    true,
  )
  expect(await ask(1_000)).toMatchObject({
    code: 'slow',
    message: 'file https://files.example.org/1000.yaml was not fetched: 1000 things were asked for before it in this run',
  })
  expect(await ask(3)).toMatchObject({ code: 'not-allowed' })
})
