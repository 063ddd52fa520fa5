// What multiplies is cut, and what is left is named.

import { expect, test } from 'vitest'
import { boundedBy, mostReads } from '../../src/discover/bounded.ts'
import { nothing } from '../../src/discover/scene.ts'
import { unresolvedOf } from './rendered.ts'
import { type Files, graphOf, manifest } from './tree.ts'

test('items are looked at until what they read together is too much', () => {
  const reading = (count: number) => ({
    ...nothing,
    manifests: Array.from({ length: count }, () => ({
      path: 'a',
      root: { kind: 'overlay', path: 'a', name: 'a' } as const,
      environments: [],
    })),
  })
  const { found, left } = boundedBy([2, 2, 2, 2], reading, 3)
  expect([found.length, left.length]).toEqual([2, 2])
})

const repository = 'https://github.com/acme/shop'
const files = 2_000
const needed = Math.ceil(mostReads / files) + 20
const many: Files = Object.fromEntries(Array.from({ length: files }, (_, index) => [`f/${index}.txt`, '']))

const everything = (name: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec: {source: {repoURL: ${repository}, path: f, directory: {recurse: true}}}\n`
const plain: Files = Object.fromEntries(Array.from({ length: files }, (_, index) => [`f/${index}.yaml`, '']))

test.each<readonly [string, Files, RegExp]>([
  [
    'a thousand Applications of the whole repository',
    { ...plain, 'apps.yaml': Array.from({ length: needed }, (_, index) => everything(`a${index}`)).join('---\n') },
    /^limit: it is left out: what all of them read together is more/,
  ],
  [
    'a set of as many',
    {
      ...plain,
      'set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: s}
spec:
  generators: [{list: {elements: [${Array.from({ length: needed }, (_, index) => `{id: a${index}}`).join(', ')}]}}]
  template: {metadata: {name: '{{id}}'}, spec: {source: {repoURL: ${repository}, path: f, directory: {recurse: true}}}}
`,
    },
    /^limit: \d+ of its \d+ Applications are left out: what/,
  ],
  [
    'a chart with as many values files',
    {
      ...many,
      'f/Chart.yaml': 'name: f\n',
      ...Object.fromEntries(Array.from({ length: needed }, (_, index) => [`f/values-${index}.yaml`, 'a: 1\n'])),
    },
    /^limit: \d+ of its values files are left out: what/,
  ],
  [
    'as many overlays of one base',
    {
      ...many,
      'base/kustomization.yaml': `configMapGenerator: [{name: c, files: [${Object.keys(many)
        .map((path) => `../${path}`)
        .join(', ')}]}]\n`,
      ...Object.fromEntries(Array.from({ length: needed }, (_, index) => [`o${index}/kustomization.yaml`, 'resources: [../base]\n'])),
    },
    /^limit: it is left out: what/,
  ],
])('%s', (_, tree, said) => {
  const graph = graphOf(tree, { origins: [repository] })
  expect(unresolvedOf(graph).filter((message) => said.test(message)).length).toBeGreaterThan(0)
  expect(graph.rendered.reduce((sum, { inputs }) => sum + inputs.length, 0)).toBeLessThan(1.1 * mostReads)
})

test('a Pod beside all that is judged as ever', () => {
  const graph = graphOf({ 'apps.yaml': `${everything('a')}---\n${manifest('Pod', 'web')}` }, { origins: [repository] })
  expect(graph.targets.flatMap(({ resources }) => resources.map(({ id }) => id.kind))).toEqual(['Application', 'Pod'])
})

test.each<readonly [string, Files, RegExp]>([
  [
    'a ring of thousands of kustomizations',
    Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [`k${index}/kustomization.yaml`, `resources: [../k${(index + 1) % 3_000}]\n`]),
    ),
    /^limit: kustomizations below it take each other more than 200 levels deep$/,
  ],
  [
    'a ring of a thousand charts',
    Object.fromEntries(
      Array.from({ length: 1_100 }, (_, index) => [
        `c${index}/Chart.yaml`,
        `name: c${index}\ndependencies: [{name: x, repository: "file://../c${(index + 1) % 1_100}"}]\n`,
      ]),
    ),
    /^limit: it is left out: what all of them read together/,
  ],
])('%s ends, and is named', (_, tree, said) => {
  expect(unresolvedOf(graphOf(tree)).filter((message) => said.test(message)).length).toBeGreaterThan(0)
})

test('a chain of thousands of Kustomizations, each coming out of the one before', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 4_000 }, (_, index) => [
      `f${index}/ks.yaml`,
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: k${index}}\nspec: {path: f${(index + 1) % 4_000}, targetNamespace: x, sourceRef: {kind: GitRepository, name: flux-system}}\n`,
    ]),
  )
  const { rendered } = graphOf(chain)
  expect(rendered).toHaveLength(4_000)
  expect(rendered.filter(({ through }) => through.length === 0)).toHaveLength(1)
})
