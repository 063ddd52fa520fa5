// Laws of discovery: whatever stands in a tree, nothing is lost on the way, and nothing vanishes where nothing changed.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affected } from '../../src/discover/affected.ts'
import { vanished } from '../../src/discover/vanished.ts'
import { diffOf, type Files, graphOf } from './tree.ts'

const name = fc.constantFrom(
  'a.yaml',
  'b.json',
  'c/Chart.yaml',
  'c/values.yaml',
  'c/templates/x.yaml',
  'k/kustomization.yaml',
  'k/a.yaml',
  'k/patch.yaml',
  '.github/x.yml',
)
const line = fc.constantFrom(
  'apiVersion: v1',
  'apiVersion: kustomize.config.k8s.io/v1beta1',
  'kind: Pod',
  'kind: List',
  'kind: Kustomization',
  'metadata: {name: a}',
  'metadata: []',
  'items: [{apiVersion: v1, kind: Pod}, null, [[]]]',
  'resources: [a.yaml, .., /, "", ./x/../patch.yaml]',
  'patches: [{path: patch.yaml}, patch.yaml, 1]',
  'sops: {mac: x}',
  '---',
  '...',
  '{{ if }}',
  'name: "{{ x }}"',
  '# comment',
  '\t',
  '- a',
  'a: &a [*a]',
  '<<: {kind: Pod}',
  '"\\x6bind": Pod',
)
const text = fc.oneof(
  fc.array(line, { maxLength: 9 }).map((lines) => lines.join('\n')),
  fc.string({ unit: 'binary' }),
  fc.uint8Array(),
)
const files: fc.Arbitrary<Files> = fc.dictionary(name, text, { maxKeys: 6 })

test('every YAML or JSON file is judged, skipped or a problem', () => {
  fc.assert(
    fc.property(files, (tree) => {
      const { targets, skips, problems, files: count } = graphOf(tree)
      const told = new Set([...targets.map(({ id }) => id), ...skips.map(({ path }) => path), ...problems.map(({ path }) => path)])
      expect([...told].sort()).toEqual(Object.keys(tree).sort())
      expect(count).toBe(Object.keys(tree).length)
    }),
    { numRuns: 20000 },
  )
})

test('where nothing changed nothing vanishes and nothing is affected', () => {
  fc.assert(
    fc.property(files, (tree) => {
      const graphs = { base: graphOf(tree), head: graphOf(tree) }
      const diff = diffOf(tree, tree)
      expect(vanished(graphs, diff).problems).toEqual([])
      expect(affected(graphs, diff).size).toBe(0)
    }),
    { numRuns: 200 },
  )
})
