import { describe, expect, test } from 'vitest'
import { inflatedIn } from '../../src/discover/inner.ts'
import { conventionalParts } from '../../src/render/convention.ts'
import { kustomizationTarget, placeIn } from '../render/sample.ts'
import { treeOf } from './tree.ts'

const file = { 'prod/values.yaml': 'hostNetwork: true\nhostPID: true\n', 'prod/more.yaml': 'hostIPC: true\nhostPID: false\n' }

/** The pod that a chart's values tell of, whose entry is written so. */
function specOf(entry: string, parts: { readonly inTree?: boolean } = {}): unknown {
  const at = placeIn('prod/kustomization.yaml', `helmCharts:\n  - { name: buoy, ${entry} }\n`, '/helmCharts/0')
  const chart = { name: 'buoy', repository: '', version: '', home: 'prod/charts/buoy', inTree: false, at, ...parts }
  return inflatedIn(kustomizationTarget({ charts: [chart] })).flatMap((target) => conventionalParts(target, treeOf(file)))[0]?.value['spec']
}

describe('values of a chart that a kustomization inflates', () => {
  test.each([
    ['the file alone', 'valuesFile: values.yaml', { hostNetwork: true, hostPID: true }],
    ['in place over the file', 'valuesFile: values.yaml, valuesInline: { hostPID: false }', { hostNetwork: true }],
    [
      'the file over what is in place',
      'valuesFile: values.yaml, valuesInline: { hostPID: false, hostIPC: true }, valuesMerge: merge',
      {
        hostNetwork: true,
        hostPID: true,
        hostIPC: true,
      },
    ],
    ['in place alone', 'valuesFile: values.yaml, valuesInline: { hostIPC: true }, valuesMerge: replace', { hostIPC: true }],
    ['further files over all', 'valuesFile: values.yaml, additionalValuesFiles: [more.yaml]', { hostNetwork: true, hostIPC: true }],
    ['under the older key', 'values: values.yaml', { hostNetwork: true, hostPID: true }],
    ['values that are none', 'valuesFile: away.yaml, valuesInline: [1]', undefined],
  ])('%s', (_, entry, spec) => expect(specOf(entry)).toEqual(spec))
})

test('a chart that is in the tree is rendered, and told of by nothing else', () => {
  expect(specOf('valuesFile: values.yaml', { inTree: true })).toBeUndefined()
})
