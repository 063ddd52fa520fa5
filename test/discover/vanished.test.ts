// One row for each way to switch judging off, and one for each honest change that looks like it.

import { expect, test } from 'vitest'
import { largestFile } from '../../src/discover/content.ts'
import type { Selection } from '../../src/discover/selection.ts'
import { vanished } from '../../src/discover/vanished.ts'
import { diffOf, type Files, graphOf, manifest } from './tree.ts'

type Renames = Readonly<Record<string, string>>

function told(base: Files, head: Files, renames: Renames = {}, selection: Partial<Selection> = {}) {
  const graphs = { base: graphOf(base, selection), head: graphOf(head, selection) }
  return vanished(graphs, diffOf(base, head, renames)).problems
}

const lines = (...problems: Parameters<typeof told>) => told(...problems).map(({ code, path }) => `${code} ${path}`)

const web = manifest('Deployment', 'web')
const api = manifest('Deployment', 'api')
const cipher = 'ENC[AES256_GCM,data:Tr7o1Q==,iv:0lqMNQ0s2nZCTxZQ1Gk=,tag:9K3i0w==,type:bool]'
const chart = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'

test.each<readonly [string, Files, Files, Renames]>([
  ['a placeholder in a name', { 'a.yaml': web }, { 'a.yaml': web.replace('name: web', 'name: "{{ name }}"') }, {}],
  ['a control line', { 'a.yaml': web }, { 'a.yaml': `{{ if true }}\n${web}{{ end }}\n` }, {}],
  [
    'a placeholder in one document of two',
    { 'a.yaml': `${web}---\n${api}` },
    { 'a.yaml': `${web}---\n${api.replace('name: api', 'name: {{ x }}')}` },
    {},
  ],
  ['a Chart.yaml beside', { 'c/templates/a.yaml': web }, { 'c/templates/a.yaml': web, 'c/Chart.yaml': chart }, {}],
  [
    'a move below the templates of a chart',
    { 'a.yaml': web, 'c/Chart.yaml': chart },
    { 'c/templates/a.yaml': web, 'c/Chart.yaml': chart },
    { 'a.yaml': 'c/templates/a.yaml' },
  ],
  [
    'a kustomization that takes it as a patch',
    { 'k/a.yaml': web },
    { 'k/a.yaml': web, 'k/kustomization.yaml': 'patches: [{path: a.yaml}]\n' },
    {},
  ],
  [
    'a generator that takes it as input',
    { 'k/a.yaml': web },
    { 'k/a.yaml': web, 'k/kustomization.yaml': 'configMapGenerator: [{files: [a.yaml]}]\n' },
    {},
  ],
  ['a symbolic link', { 'a.yaml': web }, { 'a.yaml': { kind: 'symlink' } }, {}],
  ['a submodule in the place of its folder', { 'apps/web/a.yaml': web }, { apps: { kind: 'submodule' } }, {}],
  ['a link in the place of its folder', { 'apps/web/a.yaml': web }, { apps: { kind: 'symlink' } }, {}],
  ['a missing apiVersion', { 'a.yaml': web }, { 'a.yaml': web.replace('apiVersion: apps/v1\n', '') }, {}],
  ['an apiVersion that is no text', { 'a.yaml': web }, { 'a.yaml': web.replace('apps/v1', '[apps/v1]') }, {}],
  ['an ending that nobody reads', { 'a.yaml': web }, { 'a.txt': web }, { 'a.yaml': 'a.txt' }],
  ['a name that sets it aside', { 'a.yaml': web }, { 'a.yaml.disabled': web }, { 'a.yaml': 'a.yaml.disabled' }],
  ['a name of a template', { 'a.yaml': web }, { 'a.yaml.j2': web }, { 'a.yaml': 'a.yaml.j2' }],
  ['encryption as a whole', { 'a.yaml': web }, { 'a.yaml': `apiVersion: ${cipher}\nkind: ${cipher}\nsops: {mac: "${cipher}"}\n` }, {}],
  ['git-crypt', { 'a.yaml': web }, { 'a.yaml': new Uint8Array([0, 0x47, 0x49, 0x54, 0x43, 0x52, 0x59, 0x50, 0x54, 0, 7]) }, {}],
  ['bytes that are no text', { 'a.yaml': web }, { 'a.yaml': new Uint8Array([0, 1, 0, 2]) }, {}],
  ['a size beyond all measure', { 'a.yaml': web }, { 'a.yaml': `${web}# ${'x'.repeat(largestFile)}\n` }, {}],
  ['content that the clone lacks', { 'a.yaml': web }, { 'a.yaml': { kind: 'missing' } }, {}],
  ['a bare list around it', { 'a.yaml': web }, { 'a.yaml': `- apiVersion: apps/v1\n  kind: Deployment\n` }, {}],
])('%s takes an object out of sight', (_, base, head, renames) => {
  expect(lines(base, head, renames)).toEqual([expect.stringMatching(/^no-longer-judged /)])
})

test('a move to an ignored path takes an object out of sight', () => {
  expect(lines({ 'a.yaml': web }, { 'vendor/a.yaml': web }, { 'a.yaml': 'vendor/a.yaml' }, { ignore: ['vendor/'] })).toEqual([
    'no-longer-judged vendor/a.yaml',
  ])
})

test.each<readonly [string, Files, Files, Renames]>([
  ['a template', {}, { 'a.yaml': web.replace('name: web', 'name: {{ x }}') }, {}],
  ['a template behind a manifest', { 'a.yaml': web }, { 'a.yaml': `${web}---\nkind: Pod\nname: {{ x }}\n` }, {}],
  [
    'a patch',
    { 'k/kustomization.yaml': 'resources: []\n' },
    { 'k/kustomization.yaml': 'patches: [{path: a.yaml}]\n', 'k/a.yaml': web },
    {},
  ],
  ['a template of a chart', { 'c/Chart.yaml': chart }, { 'c/Chart.yaml': chart, 'c/templates/a.yaml': web }, {}],
  [
    'a patch in place',
    { 'k/kustomization.yaml': 'resources: []\n' },
    { 'k/kustomization.yaml': 'patches: [{patch: "- op: remove"}]\n' },
    {},
  ],
  [
    'an object from elsewhere',
    { 'k/kustomization.yaml': 'resources: []\n' },
    { 'k/kustomization.yaml': 'resources: [https://example.org/x.yaml]\n' },
    {},
  ],
  ['a submodule', {}, { 'vendor/lib': { kind: 'submodule' } }, {}],
  ['a link', {}, { 'a.yaml': { kind: 'symlink' } }, {}],
  ['a slip', {}, { 'a.yaml': web.replace('apiVersion', 'piVersion') }, {}],
  ['an encrypted field of a workload', { 'a.yaml': web }, { 'a.yaml': `${web}spec:\n  paused: ${cipher}\nsops: {mac: "${cipher}"}\n` }, {}],
])('%s that is new and not judged is said', (_, base, head, renames) => {
  expect(lines(base, head, renames)).toEqual([expect.stringMatching(/^not-judged /)])
})

test.each<readonly [string, Files, Files, Renames]>([
  ['deleting a file', { 'a.yaml': web }, {}, {}],
  ['deleting one object of two', { 'a.yaml': `${web}---\n${api}` }, { 'a.yaml': web }, {}],
  [
    'deleting one object beside a template that was there',
    { 'a.yaml': `${web}---\n${api}---\nkind: X\nname: {{ x }}\n` },
    { 'a.yaml': `${web}---\nkind: X\nname: {{ x }}\n` },
    {},
  ],
  ['commenting an object out', { 'a.yaml': web }, { 'a.yaml': web.replaceAll(/^/gm, '# ') }, {}],
  ['emptying a file', { 'a.yaml': web }, { 'a.yaml': '' }, {}],
  ['turning a file into something else', { 'a.yaml': web }, { 'a.yaml': 'image: {tag: 1.0.0}\n' }, {}],
  ['renaming an object', { 'a.yaml': web }, { 'a.yaml': api }, {}],
  ['moving a file', { 'a.yaml': web }, { 'b/a.yaml': web }, { 'a.yaml': 'b/a.yaml' }],
  [
    'moving an object to another file while a template takes its place',
    { 'a.yaml': web, 'c/Chart.yaml': chart },
    { 'b.yaml': web, 'c/Chart.yaml': chart },
    {},
  ],
  ['renaming to values.yaml, under which a manifest is judged', { 'a.yaml': web }, { 'values.yaml': web }, { 'a.yaml': 'values.yaml' }],
  ['a block of SOPS, under which plain fields are judged', { 'a.yaml': web }, { 'a.yaml': `${web}sops: {mac: "${cipher}"}\n` }, {}],
  [
    'changing a template that was there',
    { 'c/Chart.yaml': chart, 'c/templates/a.yaml': web },
    { 'c/Chart.yaml': chart, 'c/templates/a.yaml': api },
    {},
  ],
  [
    'renaming a template that was there',
    { 'a.yaml': 'kind: X\nname: {{ x }}\n' },
    { 'b.yaml': 'kind: X\nname: {{ x }}\n' },
    { 'a.yaml': 'b.yaml' },
  ],
  [
    'adding values, a workflow, a chart without templates',
    {},
    { 'values.yaml': 'a: 1\n', '.github/workflows/a.yml': 'on: push\n', 'c/Chart.yaml': chart },
    {},
  ],
  [
    'a definition that moves to the served version',
    { 'a.yaml': 'apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n' },
    { 'a.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n' },
    {},
  ],
  [
    'dropping a text from the resources of a kustomization',
    { 'k/kustomization.yaml': 'resources: [a.txt]\n', 'k/a.txt': web },
    { 'k/kustomization.yaml': 'resources: []\n', 'k/a.txt': web },
    {},
  ],
])('%s is no problem', (_, base, head, renames) => {
  expect(lines(base, head, renames)).toEqual([])
})

test('a mistake that makes a file unreadable is the one problem of the file', () => {
  const head = { 'a.yaml': web.replace('metadata:', ' metadata:') }
  expect(lines({ 'a.yaml': web }, head)).toEqual([])
  expect(graphOf(head).problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['yaml-syntax a.yaml'])
})

test('the new templates of a chart are one problem, at the chart', () => {
  const [problem, ...rest] = told({}, { 'c/Chart.yaml': chart, 'c/templates/a.yaml': web, 'c/templates/b.yaml': api })
  expect(rest).toEqual([])
  expect(problem).toMatchObject({
    path: 'c/Chart.yaml',
    message: '2 files are new, look like Kubernetes and are not judged: templates of a chart are not rendered (chart c)',
  })
})

test('the new patches of a kustomization are one problem, at the kustomization', () => {
  const problems = told({}, { 'k/kustomization.yaml': 'patches: [{path: a.yaml}, {path: b.yaml}]\n', 'k/a.yaml': web, 'k/b.yaml': api })
  expect(problems.map(({ path }) => path)).toEqual(['k/kustomization.yaml'])
})

test('patches of a kustomization and what it takes from elsewhere are told apart', () => {
  const problems = told(
    {},
    { 'k/kustomization.yaml': 'resources: [https://example.org/x.yaml]\npatches: [{path: a.yaml}]\n', 'k/a.yaml': web },
  )
  expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
    'k/a.yaml New, looks like Kubernetes and is not judged: patches are not rendered (used by k/kustomization.yaml)',
    'k/kustomization.yaml New, looks like Kubernetes and is not judged: it takes objects from elsewhere (not looked at: https://example.org/x.yaml)',
  ])
})

test('the message names the objects and the cause, the hint what to do', () => {
  const [problem] = told({ 'a.yaml': web }, { 'a.yaml': web.replace('name: web', 'name: "{{ name }}"') })
  expect(problem).toEqual({
    code: 'no-longer-judged',
    path: 'a.yaml',
    message:
      'apps/Deployment web was judged before this change and is not any more: it holds a placeholder of a template language, so it is no manifest yet ({{ name }} at /metadata/name)',
    hint: 'Write the value out, or read the rendered manifest before merging.',
  })
})
