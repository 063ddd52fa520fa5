// A workload whose pod nobody finds any more, and the honest changes that look like it.

import { expect, test } from 'vitest'
import { podless } from '../../src/discover/podless.ts'
import { type Files, graphOf } from './tree.ts'

const pod = 'spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web:1\n'
const object = (kind: string, apiVersion = 'apps/v1', spec = pod) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\n${spec}`
const web = object('Deployment')
const service = object('Service', 'v1', 'spec:\n  ports:\n    - port: 80\n')

function told(base: Files, head: Files, next: (path: string) => string = (path) => path): readonly string[] {
  return podless({ base: graphOf(base), head: graphOf(head) }, next).map(({ problem: { code, path } }) => `${code} ${path}`)
}

test.each<readonly [string, string]>([
  ['a kind that nobody knows', object('Deploymint')],
  ['a custom resource with the same pod', object('WebApp', 'ferry.example/v1')],
  ['a pod that is text', web.replace('    spec:\n', '    spec: |\n')],
  ['containers that are a mapping', web.replace('- name: web', '  name: web')],
  ['a list whose items are a mapping', `apiVersion: v1\nkind: List\nitems:\n  first:\n${web.replace(/^/gm, '    ')}`],
  ['a pod in a document of its own', web.replace('spec:\n  template', '---\nspec:\n  template')],
])('%s is told', (_, head) => {
  expect(told({ 'a.yaml': web }, { 'a.yaml': head })).toEqual(['no-longer-judged a.yaml'])
})

test('it is told in the file that was moved', () => {
  expect(told({ 'a.yaml': web }, { 'b/a.yaml': object('Deploymint') }, () => 'b/a.yaml')).toEqual(['no-longer-judged b/a.yaml'])
})

test.each<readonly [string, Files, Files]>([
  ['another kind of workload', { 'a.yaml': web }, { 'a.yaml': object('StatefulSet') }],
  ['a Rollout', { 'a.yaml': web }, { 'a.yaml': object('Rollout', 'argoproj.io/v1alpha1') }],
  ['a Service in its place', { 'a.yaml': web }, { 'a.yaml': service }],
  ['a workload that was deleted beside its Service', { 'a.yaml': `${web}---\n${service}` }, { 'a.yaml': service }],
  ['a workload that moved to another file', { 'a.yaml': web }, { 'a.yaml': object('Deploymint'), 'b.yaml': web }],
  ['an object of another name in the same file', { 'a.yaml': web }, { 'a.yaml': object('Deploymint').replace('name: web', 'name: api') }],
  ['what had no containers before', { 'a.yaml': object('Deploymint') }, { 'a.yaml': object('Deploymount') }],
])('%s is not told', (_, base, head) => {
  expect(told(base, head)).toEqual([])
})
