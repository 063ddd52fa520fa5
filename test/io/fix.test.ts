// The command `fix` in a real repository: what it writes, what it leaves, and what it refuses.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { fixFiles } from '../../src/io/fix.ts'
import { readOptions } from '../../src/options.ts'
import { newRepository } from './repository.ts'

const sandbox = newRepository()
afterAll(() => sandbox.remove())

const pod = (name: string, image: string) =>
  `apiVersion: v1\r
kind: Pod\r
metadata: { name: ${name} }\r
spec:\r
  hostPID: true # for the profiler\r
  containers:\r
    - name: app # the only one\r
      image: ${image}\r
      securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false }`
const old = 'k8s.gcr.io/pause:3.9'

beforeEach(() => {
  sandbox.git('rm', '-r', '-f', '--quiet', '--ignore-unmatch', '.')
  sandbox.commit({ 'a.yaml': pod('a', old), 'sub/b.yaml': pod('b', 'registry.example.org/b:1.0.0') })
})

const read = (path: string) => readFileSync(join(sandbox.folder, path), 'utf8')
const fix = (...words: string[]) =>
  fixFiles(readOptions(['fix', ...words]), { directory: sandbox.folder, look: { color: false, width: 100 } })

test('makes what is safe, to the byte, and says what it left and why', async () => {
  expect(await fix()).toBe(`Fixed 1 finding
  a.yaml:8  Pod a  image-deprecated-registry

Left 2 findings
  a.yaml:5  Pod a  host-pid
  sub/b.yaml:5  Pod b  host-pid
    It may change how the workload behaves, so it is made only with --unsafe. Processes of the node
    are out of sight.

Wrote a.yaml.
`)
  expect(read('a.yaml')).toBe(pod('a', 'registry.k8s.io/pause:3.9'))
  expect(read('sub/b.yaml')).toBe(pod('b', 'registry.example.org/b:1.0.0'))
})

test('makes what is unsafe when told, only in what is named, and a second time nothing', async () => {
  expect(await fix('--unsafe', 'sub')).toContain('Wrote sub/b.yaml.')
  expect(read('sub/b.yaml')).toBe(pod('b', 'registry.example.org/b:1.0.0').replace('  hostPID: true # for the profiler\r\n', ''))
  expect(read('a.yaml')).toBe(pod('a', old))
  sandbox.git('commit', '--quiet', '--all', '--message', 'fixed')
  expect(await fix('--unsafe', 'sub')).toBe('No fix was made.\n\nNothing was written.\n')
})

test('with --rule and --severity only those', async () => {
  expect(await fix('--unsafe', '--rule', 'image-deprecated-registry')).toBe(
    'Fixed 1 finding\n  a.yaml:8  Pod a  image-deprecated-registry\n\nWrote a.yaml.\n',
  )
  sandbox.git('checkout', '--quiet', '.')
  expect(await fix('--unsafe', '--severity', 'high')).toMatch(/^Fixed 2 findings\n {2}a.yaml:5 {2}Pod a {2}host-pid/)
  await expect(fix('--rule', 'no-such')).rejects.toThrow('there is no rule "no-such"')
})

test('with --base only what the change brought', async () => {
  sandbox.commit({ 'sub/c.yaml': pod('c', old) })
  const text = await fix('--base', 'HEAD^', '--unsafe')
  expect(text).toContain('Wrote sub/c.yaml.')
  expect(text).not.toContain('a.yaml')
})

test('shows a patch that git applies, or writes it', async () => {
  const shown = await fix('--dry-run', '--unsafe')
  expect(shown).toContain('Nothing was written (--dry-run).')
  expect(read('a.yaml')).toBe(pod('a', old))
  const patch = join(sandbox.folder, '..', `${sandbox.folder.split('/').at(-1)}.patch`)
  await fix('--patch', patch, '--unsafe')
  expect(shown.startsWith(readFileSync(patch, 'utf8'))).toBe(true)
  sandbox.git('apply', patch)
  const applied = read('a.yaml')
  sandbox.git('checkout', '--quiet', '.')
  await fix('--unsafe')
  expect(read('a.yaml')).toBe(applied)
})

test.each([
  ['the current folder', 'sub', [], ''],
  ['a folder by its whole path', '', ['sub'], ''],
  ['a folder beside the current one', 'other', ['sub'], ` in ${sandbox.folder}`],
] as const)('a patch of %s applies where it says', async (_, folder, named, where) => {
  sandbox.commit({ 'other/readme': 'nothing\n' })
  const patch = join(sandbox.folder, '..', `${sandbox.folder.split('/').at(-1)}.patch`)
  const directory = join(sandbox.folder, folder)
  const paths = named.map((path) => join(sandbox.folder, path))
  const text = await fixFiles(readOptions(['fix', ...paths, '--unsafe', '--patch', patch]), {
    directory,
    look: { color: false, width: 100 },
  })
  expect(text).toContain(`Wrote ${patch}; apply it with git apply${where}.`)
  sandbox.git('-C', where === '' ? directory : sandbox.folder, 'apply', patch)
  expect(read('sub/b.yaml')).toBe(pod('b', 'registry.example.org/b:1.0.0').replace('  hostPID: true # for the profiler\r\n', ''))
})

test('a patch of files in no repository applies in the folder around them', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'plimsoll-fix-'))
  try {
    for (const name of ['one', 'two']) {
      mkdirSync(join(outside, name))
      writeFileSync(join(outside, name, 'pod.yaml'), pod(name, 'registry.example.org/b:1.0.0'))
    }
    const patch = join(outside, 'mend.patch')
    const text = await fixFiles(readOptions(['fix', join(outside, 'one'), join(outside, 'two'), '--unsafe', '--patch', patch]), {
      directory: sandbox.folder,
      look: { color: false, width: 100 },
    })
    expect(text).toContain(`apply it with git apply in ${outside}.`)
    expect(readFileSync(patch, 'utf8').match(/^[-+]{3} .*$/gm)).toEqual(
      ['one', 'two'].flatMap((name) => [`--- a/${name}/pod.yaml`, `+++ b/${name}/pod.yaml`]),
    )
  } finally {
    rmSync(outside, { recursive: true })
  }
})

test('leaves what is not committed alone, unless told', async () => {
  sandbox.write({ 'a.yaml': `${pod('a', old)}\n` })
  await expect(fix()).rejects.toThrow('a.yaml is not committed as it is')
  expect(read('a.yaml')).toBe(`${pod('a', old)}\n`)
  expect(await fix('--force')).toContain('Wrote a.yaml.')
})

test('in a folder of a repository a base above it is read, and mended where the folder itself can', async () => {
  sandbox.commit({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': pod('web', 'registry.example.org/web:1.0.0'),
    'apps/prod/kustomization.yaml': 'resources: [../../base]\n',
    'apps/test/kustomization.yaml': 'resources: [../../base]\n',
  })
  const before = sandbox.git('status', '--porcelain')
  const { folder: root } = sandbox
  const fixIn = (folder: string, ...words: string[]) =>
    fixFiles(readOptions(['fix', ...words]), { directory: join(root, folder), look: { color: false, width: 100 } })
  const text = await fixIn('apps/prod', '--unsafe')
  expect(text).toContain('base/web.yaml:5  Pod web  host-pid (unsafe)')
  expect(text).toContain('Wrote apps/prod/kustomization.yaml')
  expect(
    sandbox
      .git('status', '--porcelain')
      .split('\n')
      .filter((line) => line !== '' && !line.includes('apps/prod/')),
  ).toEqual(before.split('\n').filter((line) => line !== ''))
  sandbox.git('add', '--all')
  sandbox.git('commit', '--quiet', '--message', 'fixed')
  expect(await fixIn('', '--unsafe', 'apps/prod')).toBe('No fix was made.\n\nNothing was written.\n')
})
