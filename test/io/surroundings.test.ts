// A folder that is scanned sees what it names around it, where that is part of the repository.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScanned } from '../../src/io/surroundings.ts'
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
  })
})
afterAll(() => sandbox.remove())

const scanned = (...paths: readonly string[]) => {
  const { tree, below } = openScanned({ directory: sandbox.folder, paths })
  return { below, paths: tree.files.map(({ path }) => path) }
}

test.each(['prod', './prod/', 'argo', 'chart'])('%s is seen with what lies around it', (path) => {
  expect(scanned(path)).toEqual({
    below: path.replace(/^\.\/|\/$/g, ''),
    paths: expect.arrayContaining(['base/pod.yaml', 'prod/kustomization.yaml']),
  })
})

describe('alone is seen', () => {
  test('a folder that leads nowhere', () => expect(scanned('alone')).toEqual({ below: '', paths: ['alone/pod.yaml'] }))
  test('a file', () => expect(scanned('base/pod.yaml')).toEqual({ below: '', paths: ['base/pod.yaml'] }))
  test('each of several', () => expect(scanned('prod', 'alone').paths).toEqual(['alone/pod.yaml', 'prod/kustomization.yaml']))
  test('a folder that is not below the current one', () => {
    expect(openScanned({ directory: `${sandbox.folder}/base`, paths: ['../prod'] })).toMatchObject({ below: '' })
  })
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
