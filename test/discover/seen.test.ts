// What was judged through targets and is not any more.

import { expect, test } from 'vitest'
import { isShown, type Seen, type SeenTarget } from '../../src/discover/seen.ts'
import type { Missing } from '../../src/discover/target.ts'
import { vanished } from '../../src/discover/vanished.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { targetOf } from './rendered.ts'
import { diffOf, type Files, graphOf, manifest } from './tree.ts'

type Output = Readonly<Record<string, Readonly<Record<string, string>> | null>>

/** `output`: what targets became, by id and by the file that it stems from; null for one that failed. */
function told(base: Files, head: Files, output: { readonly base: Output; readonly head: Output }): readonly string[] {
  const graphs = { base: graphOf(base), head: graphOf(head) }
  const side = (name: 'base' | 'head'): readonly SeenTarget[] =>
    Object.entries(output[name]).map(([id, files]) => ({
      target: targetOf(graphs[name], id),
      failed: files === null,
      problems: files === null ? [{ code: 'render-failed', path: 'x', message: 'it fails', hint: 'Mend it.' }] : [],
      missing: [],
      resources: Object.entries(files ?? {}).flatMap(([path, text]) =>
        parseYaml(text).flatMap((yaml, index) => resourcesIn({ path, text, lineStarts: lineStarts(text), yaml, index })),
      ),
    }))
  const seen: Seen = { base: side('base'), head: side('head') }
  return vanished(graphs, diffOf(base, head), seen).problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)
}

const gate = manifest('Deployment', 'gate')
const template = gate.replace('name: gate', 'name: {{ .Release.Name }}-gate')
const chart = { 'c/Chart.yaml': 'name: c\nversion: 1.0.0\n' }
const none = { base: {}, head: {} }

test('a manifest that becomes a template is seen where its chart gives it, under a longer name too', () => {
  const files = { base: { 'c/templates/gate.yaml': gate }, head: { ...chart, 'c/templates/gate.yaml': template } }
  expect(told(files.base, files.head, none)).toHaveLength(1)
  expect(
    told(files.base, files.head, { base: {}, head: { 'chart c': { 'c/templates/gate.yaml': manifest('Deployment', 'x-gate') } } }),
  ).toEqual([])
})

test('something else out of the same file does not hide it', () => {
  const files = { base: { 'c/templates/gate.yaml': gate }, head: { ...chart, 'c/templates/gate.yaml': template } }
  for (const other of [manifest('Deployment', 'other'), manifest('Pod', 'gate')])
    expect(told(files.base, files.head, { base: {}, head: { 'chart c': { 'c/templates/gate.yaml': other } } })).toHaveLength(1)
})

test('one of two objects that comes out is not named with the other', () => {
  const base = { 'c/templates/gate.yaml': `${gate}---\n${manifest('Service', 'gate')}` }
  const head = { ...chart, 'c/templates/gate.yaml': `${template}---\n${manifest('Service', 'gate')}` }
  const [problem] = told(base, head, { base: {}, head: { 'chart c': { 'c/templates/gate.yaml': manifest('Service', 'gate') } } })
  expect(problem).toContain('c/templates/gate.yaml: apps/Deployment gate was judged before this change')
})

test('of two objects of which one is named within the other, the one that is missing is named', () => {
  const two = `${gate}---\n${manifest('Deployment', 'gate-canary')}`
  const files = { base: { 'c/templates/gate.yaml': two }, head: { ...chart, 'c/templates/gate.yaml': `${two}{{/* left out */}}\n` } }
  const problems = told(files.base, files.head, {
    base: {},
    head: { 'chart c': { 'c/templates/gate.yaml': manifest('Deployment', 'x-gate-canary') } },
  })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain('apps/Deployment gate was judged before this change')
})

test('new templates, patches and kustomizations that were rendered are no gap', () => {
  const head = {
    ...chart,
    'c/templates/gate.yaml': template,
    'k/kustomization.yaml': 'resources: [https://example.org/x.yaml]\npatches: [{path: patch.yaml}]\n',
    'k/patch.yaml': gate,
  }
  expect(told({}, head, none)).toHaveLength(3)
  expect(told({}, head, { base: {}, head: { 'chart c': {}, 'kustomization k': {} } })).toEqual([])
})

const library = { 'c/Chart.yaml': 'name: c\nversion: 1.0.0\ntype: library\n' }

test('a target that head does not have, though its files are still there, is told at its root', () => {
  const base = { ...chart, 'c/templates/gate.yaml': template }
  const head = { ...library, 'c/templates/gate.yaml': template }
  const output = { base: { 'chart c': { 'c/templates/gate.yaml': gate } }, head: {} }
  expect(told(base, head, output)).toEqual([
    'no-longer-judged c/Chart.yaml: apps/Deployment gate was judged through chart c before this change and is not any more: nothing renders what is still there',
  ])
})

test('the reason why no target could be made is told with it', () => {
  const base = { 'k/kustomization.yaml': 'resources: [a.yaml]\n', 'k/a.yaml': gate }
  const head = { 'k/kustomization.yaml': 'resources: [a.yaml, .]\n', 'k/a.yaml': template }
  const output = { base: { 'kustomization k': { 'k/a.yaml': gate } }, head: {} }
  expect(told(base, head, output).at(-1)).toBe(
    'no-longer-judged k/kustomization.yaml: apps/Deployment gate was judged through kustomization k before this change and is not any more: the kustomizations k → k name each other in a circle',
  )
})

test.each<readonly [string, Files, Files, { readonly base: Output; readonly head: Output }]>([
  [
    'a chart that is deleted',
    { ...chart, 'c/templates/gate.yaml': template },
    {},
    { base: { 'chart c': { 'c/templates/gate.yaml': gate } }, head: {} },
  ],
  [
    'an object that values switch off',
    { ...chart, 'c/templates/gate.yaml': template, 'c/values.yaml': 'on: true\n' },
    { ...chart, 'c/templates/gate.yaml': template, 'c/values.yaml': 'on: false\n' },
    { base: { 'chart c': { 'c/templates/gate.yaml': gate } }, head: { 'chart c': {} } },
  ],
  [
    'an overlay that is deleted while another one takes the base',
    {
      'base/kustomization.yaml': 'resources: [gate.yaml]\n',
      'base/gate.yaml': gate,
      'a/kustomization.yaml': 'resources: [../base]\n',
      'b/kustomization.yaml': 'resources: [../base]\n',
    },
    {
      'base/kustomization.yaml': 'resources: [gate.yaml]\n',
      'base/gate.yaml': gate,
      'b/kustomization.yaml': 'resources: [../base]\n',
    },
    {
      base: { 'kustomization a': { 'base/gate.yaml': gate }, 'kustomization b': { 'base/gate.yaml': gate } },
      head: { 'kustomization b': { 'base/gate.yaml': gate } },
    },
  ],
  [
    'a chart that becomes plain manifests',
    { ...chart, 'c/templates/gate.yaml': gate },
    { 'c/templates/gate.yaml': gate },
    { base: { 'chart c': { 'c/templates/gate.yaml': gate } }, head: {} },
  ],
])('%s is no problem', (_, base, head, output) => {
  expect(told(base, head, output)).toEqual([])
})

test('a kustomization that left something out stays a gap', () => {
  const graph = graphOf({ 'k/kustomization.yaml': 'resources: [https://example.org/x.yaml]\n' })
  const [skip] = graph.skips
  const shown = (missing: readonly Missing[]) =>
    skip !== undefined && isShown([{ target: targetOf(graph, 'kustomization k'), resources: [], missing, failed: false }])(skip)
  expect(shown([])).toBe(true)
  expect(shown([{ message: 'https://example.org/x.yaml is left out', hint: '' }])).toBe(false)
})

test('a chart that another takes in, which then fails, is told by that failure alone, unless that failed before', () => {
  const umbrella = 'name: u\nversion: 1.0.0\ndependencies: [{name: c, version: 1.0.0, repository: "file://../c"}]\n'
  const base = { ...chart, 'c/templates/gate.yaml': template }
  const head = { ...base, 'u/Chart.yaml': umbrella }
  const before = { 'chart c': { 'c/templates/gate.yaml': gate } }
  expect(told(base, head, { base: before, head: {} })).toHaveLength(1)
  expect(told(base, head, { base: before, head: { 'chart u': null } })).toEqual([])
  const old = { ...base, 'u/Chart.yaml': 'name: u\nversion: 1.0.0\n' }
  expect(told(old, head, { base: { ...before, 'chart u': null }, head: { 'chart u': null } })).toHaveLength(1)
})
