// What the command fix says it did, left and did not see.

import { expect, test } from 'vitest'
import { fixedText } from '../../src/report/fixed.ts'
import { mendTree } from '../fix/mended.ts'

const application = (name: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://charts.example.net/stable, chart: ${name}, targetRevision: 1.2.3 }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`

test('what was not rendered is named with what would have it rendered', async () => {
  const { report } = await mendTree({
    'apps.yaml': application('crane'),
    'broken/kustomization.yaml': 'resources:\n  - lost.yaml\npatches: {}\n',
  })
  expect(fixedText(report, { how: 'Nothing was written', look: { color: false, width: 140 } })).toMatchInlineSnapshot(`
    "No fix was made.

    not looked at: kustomization broken could not be rendered: invalid Kustomization: json: cannot unmarshal object into Go struct field
    Kustomization.patches of type []types.Patch. It may be for what it lacks: broken/lost.yaml, which broken/kustomization.yaml names, is not
    there.

    not looked at: Application argocd/crane in apps.yaml: chart crane 1.2.3 was not fetched: the policy does not allow charts.example.net. To
    have it fetched, add to .plimsoll.yaml of the target branch: sources: { allow: [charts.example.net] }

    not looked at: kustomization broken: broken/lost.yaml, which broken/kustomization.yaml names, is not there. Correct the path in
    broken/kustomization.yaml, or add what it names.

    Nothing was written.
    "
  `)
})

test('of many things that were not rendered a few are named', async () => {
  const names = ['crane', 'derrick', 'gate', 'lock', 'quay']
  const { report } = await mendTree(Object.fromEntries(names.map((name) => [`${name}.yaml`, application(name)])))
  const text = fixedText(report, { how: 'Nothing was written', look: { color: false, width: 140 } })
  expect(text.match(/not looked at/g)).toHaveLength(3)
  expect(text).toContain('… and 2 more; plimsoll scan names them')
})
