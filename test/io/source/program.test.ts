// The whole way: a change, a policy that allows a host, and a finding in what was fetched.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { builtProgram } from '../../built.ts'
import type { Files } from '../../discover/tree.ts'
import { chartOf } from '../../render/pack.ts'
import { open } from './open.ts'
import { routes, serve } from './serve.ts'

const template =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: cache}\nspec:\n  hostNetwork: {{ .Values.hostNetwork }}\n  containers: [{name: a, image: "r.example/a:1.0.0"}]\n'
const cache = chartOf('cache', '1.0.0', { 'values.yaml': 'hostNetwork: false\n', 'templates/pod.yaml': template })
const index = 'entries:\n  cache:\n  - {version: 1.0.0, urls: [cache-1.0.0.tgz]}\n'

function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'change-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), String(text))
  }
  return folder
}

/** Not synchronous: the program asks a server of this process. */
async function reviewed(base: Files, head: Files, home: string): Promise<string> {
  const words = [
    join(builtProgram(), 'cli.js'),
    'review',
    '--base',
    folderOf(base),
    '--head',
    folderOf(head),
    '--fail-on',
    'never',
    '--fail-on-incomplete',
    'never',
  ]
  const environment = { PATH: process.env['PATH'] ?? '', HOME: home, NO_COLOR: '1' }
  const { stdout } = await promisify(execFile)(process.execPath, words, { env: environment, timeout: 50_000 })
  return stdout
}

const shop = (origin: string, host: boolean): Files => ({
  'shop/Chart.yaml': `apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: cache, version: ^1.0.0, repository: "${origin}"}\n`,
  'shop/values.yaml': `cache:\n  hostNetwork: ${host}\n`,
})

test('a value that a fetched chart reads is found on the line of the parent', async () => {
  const host = await serve(routes({ '/index.yaml': index, '/cache-1.0.0.tgz': cache }))
  const policy = { '.plimsoll.yaml': `sources: {allow: ["${host.host}"]}\n` }
  const text = await reviewed({ ...shop(host.origin, false), ...policy }, { ...shop(host.origin, true), ...policy }, open([]).home)
  expect(text).toContain('shop/values.yaml:2:')
  expect(text).toContain('host-network')
  expect(text).not.toContain('not rendered')
})

test('what head allows itself is not fetched', async () => {
  const host = await serve(routes({ '/index.yaml': index, '/cache-1.0.0.tgz': cache }))
  const policy = { '.plimsoll.yaml': `sources: {allow: ["${host.host}"]}\n` }
  const text = await reviewed(shop(host.origin, false), { ...shop(host.origin, true), ...policy }, open([]).home)
  expect(host.heard).toEqual([])
  expect(text).toContain(`chart cache ^1.0.0 was not fetched: the policy does not allow ${host.host}`)
  expect(text).toContain(`sources: { allow: [${host.host}] }`)
})
