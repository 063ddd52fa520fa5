// What a change reaches.

import { expect, test } from 'vitest'
import { affected } from '../../src/discover/affected.ts'
import { diffOf, type Files, graphOf, manifest } from './tree.ts'

function reached(base: Files, head: Files, renames: Readonly<Record<string, string>> = {}): readonly string[] {
  return [...affected({ base: graphOf(base), head: graphOf(head) }, diffOf(base, head, renames))].sort()
}

const same = { 'same.yaml': manifest('Pod', 'same') }
const pod = manifest('Pod', 'web')

test.each<readonly [string, Files, Files, Readonly<Record<string, string>>, readonly string[]]>([
  ['nothing', { 'a.yaml': pod }, { 'a.yaml': pod }, {}, []],
  ['a file that is changed', { 'a.yaml': pod }, { 'a.yaml': `${pod}spec: {}\n` }, {}, ['a.yaml']],
  ['a file that is added', {}, { 'a.yaml': pod }, {}, ['a.yaml']],
  ['a file that is deleted', { 'a.yaml': pod }, {}, {}, ['a.yaml']],
  ['both sides of a move', { 'a.yaml': pod }, { 'b.yaml': pod }, { 'a.yaml': 'b.yaml' }, ['a.yaml', 'b.yaml']],
  [
    'a file that is hidden by what is put beside it',
    { 'c/templates/a.yaml': pod },
    { 'c/templates/a.yaml': pod, 'c/Chart.yaml': 'name: c\n' },
    {},
    ['c/templates/a.yaml', 'chart c'],
  ],
  [
    'a file that comes to light because its kustomization is gone',
    { 'k/kustomization.yaml': 'patches: [{path: a.yaml}]\n', 'k/a.yaml': pod },
    { 'k/a.yaml': pod },
    {},
    ['k/a.yaml', 'kustomization k'],
  ],
])('%s', (_, base, head, renames, expected) => {
  expect(reached({ ...same, ...base }, { ...same, ...head }, renames)).toEqual(expected)
})
