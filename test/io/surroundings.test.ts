// A folder that is scanned sees what it names around it, where that is part of the repository.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readScanPolicy } from '../../src/io/policy.ts'
import { calledInTree, openScanned } from '../../src/io/surroundings.ts'
import { newRepository, type Sandbox } from './repository.ts'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = newRepository()
  sandbox.write({
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': 'kind: Pod\n',
    'prod/kustomization.yaml': 'resources: [../base]\n',
    'argo/app.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: Application\n',
    'chart/Chart.yaml': 'name: a\ndependencies: [{name: b, repository: "file://../b"}]\n',
    'alone/pod.yaml': 'kind: Pod # ../base\n',
    'whole/kustomization.yaml': 'resources: [base/pod.yaml]\n',
    'whole/prod/kustomization.yaml': 'resources: [../base] # ...\n',
    'whole/base/pod.yaml': 'kind: Pod\n',
    'whole/up/kustomization.yaml': 'resources:\n  - ..\n',
  })
})
afterAll(() => sandbox.remove())

const scannedIn = (folder: string, ...paths: readonly string[]) => {
  const { tree, below } = openScanned({ directory: join(sandbox.folder, folder), paths })
  return { below, paths: tree.files.map(({ path }) => path) }
}
const scanned = (...paths: readonly string[]) => scannedIn('', ...paths)

test.each(['prod', './prod/', 'argo', 'chart'])('%s is seen with what lies around it', (path) => {
  expect(scanned(path)).toEqual({
    below: path.replace(/^\.\/|\/$/g, ''),
    paths: expect.arrayContaining(['base/pod.yaml', 'prod/kustomization.yaml']),
  })
})

test.each([
  ['the current folder', 'prod', [], 'prod'],
  ['a folder beside it', 'base', ['../prod'], 'prod'],
  ['a folder in it that names the one above', 'whole', ['up'], 'whole/up'],
] as const)('within the whole repository is seen %s', (_, folder, paths, below) => {
  expect(scannedIn(folder, ...paths).below).toBe(below)
})

test('paths are written from the root of the repository, and so is what a person names', () => {
  const { root, pathOf } = openScanned({ directory: join(sandbox.folder, 'prod'), paths: [] })
  expect([root, pathOf('kustomization.yaml'), pathOf('../base')]).toEqual([sandbox.folder, 'prod/kustomization.yaml', 'base'])
})

test('a word that names nothing on disk stays as it is', () => {
  const named = { directory: join(sandbox.folder, 'prod'), paths: [] }
  const called = (word: string) => calledInTree(word, { ...named, ...openScanned(named) })
  expect(['.', './kustomization.yaml', 'Application argocd/shop'].map(called)).toEqual([
    'prod',
    'prod/kustomization.yaml',
    'Application argocd/shop',
  ])
})

test('the policy of a folder is written from there', async () => {
  const named = { directory: join(sandbox.folder, 'prod'), paths: [] }
  sandbox.write({ 'prod/.plimsoll.yaml': 'paths: { exclude: [old.yaml] }\n' })
  const { root, source } = await readScanPolicy(openScanned(named), {}, undefined)
  sandbox.write({ 'prod/.plimsoll.yaml': undefined })
  expect([root, source]).toEqual(['prod', 'prod/.plimsoll.yaml'])
})

describe('the policy that lies above what is named counts', () => {
  const seen = async (folder: string, ...paths: readonly string[]) => {
    const scanned = openScanned({ directory: join(sandbox.folder, folder), paths })
    const { root, source } = await readScanPolicy(scanned, {}, undefined)
    return { root, source, paths: scanned.tree.files.map(({ path }) => path).filter((path) => path.endsWith('pod.yaml')) }
  }
  beforeAll(() => sandbox.write({ '.plimsoll.yaml': 'paths: { exclude: [old.yaml] }\n', 'whole/.plimsollignore': 'x\n' }))
  afterAll(() => sandbox.write({ '.plimsoll.yaml': undefined, 'whole/.plimsollignore': undefined }))
  const top = { root: '', source: '.plimsoll.yaml' }

  test('in a folder of the repository', async () => expect(await seen('alone')).toEqual({ ...top, paths: ['alone/pod.yaml'] }))
  test('of a folder beside it', async () => expect(await seen('base', '../alone')).toEqual({ ...top, paths: ['alone/pod.yaml'] }))
  test('of several', async () =>
    expect(await seen('whole', 'base', '../alone')).toEqual({ ...top, paths: ['alone/pod.yaml', 'whole/base/pod.yaml'] }))
  test('before ignored paths that lie nearer', async () => expect(await seen('whole/base')).toMatchObject(top))
  test('of a folder named from elsewhere', async () => {
    const scanned = openScanned({ directory: tmpdir(), paths: [join(sandbox.folder, 'alone')] })
    expect(await readScanPolicy(scanned, {}, undefined)).toMatchObject({ root: sandbox.folder })
    expect(scanned.tree.files).toMatchObject([{ path: join(sandbox.folder, 'alone/pod.yaml') }])
  })
})

test('a link is seen where it leads', () => {
  sandbox.write({ link: { link: 'prod' } })
  expect(scanned('link').below).toBe('prod')
  sandbox.write({ link: undefined })
})

describe('alone is seen', () => {
  test('a folder whose paths stay in it', () => expect(scannedIn('whole').paths).toContain('base/pod.yaml'))
  test('a folder that leads nowhere', () => expect(scanned('alone')).toEqual({ below: '', paths: ['alone/pod.yaml'] }))
  test('a file', () => expect(scanned('base/pod.yaml')).toEqual({ below: '', paths: ['base/pod.yaml'] }))
  test('each of several', () => expect(scanned('prod', 'alone').paths).toEqual(['alone/pod.yaml', 'prod/kustomization.yaml']))
  test('what is in no repository', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-alone-'))
    cpSync(join(sandbox.folder, 'prod'), join(folder, 'prod'), { recursive: true })
    expect(openScanned({ directory: folder, paths: ['prod'] })).toMatchObject({
      below: '',
      tree: { files: [{ path: 'prod/kustomization.yaml' }] },
    })
    rmSync(folder, { recursive: true })
  })
})
