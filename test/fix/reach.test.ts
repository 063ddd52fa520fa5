// How far a fix of a review reaches: beyond what the change itself touches.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffTrees } from '../../src/change/compare-trees.ts'
import { openChange } from '../../src/io/change.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { reviewChange } from '../program.ts'

const fixing = { now: () => 0, budget: 1 }

function changeOf(base: Files, head: Files) {
  const trees = { base: treeOf(base), head: treeOf(head) }
  return { ...trees, policy: trees.base, diff: diffTrees(trees.base, trees.head) }
}

test('what only an app of apps names is looked at again through it', async () => {
  const directory = join(import.meta.dirname, '../pulls/app-of-apps-gains-an-application')
  const { findings, fixes } = await reviewChange(openChange({ directory, base: 'base', head: 'head', allowFetch: false }), {}, fixing)
  expect(findings.map(({ rule, fix }) => `${rule} ${fix}`)).toEqual(['host-pid 0'])
  expect(fixes[0]?.proof).toContain('Application argocd/crane in argocd/root.yaml rendered again')
})

test('a template is mended for the environment that comes and for those that had the fault, and the proof names them', async () => {
  const chart = {
    'gate/Chart.yaml': 'apiVersion: v2\nname: gate\nversion: 1.0.0\n',
    'gate/values.yaml': 'replicas: 1\n',
    'gate/templates/gate.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: gate }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: gate } }
  template:
    metadata: { labels: { app: gate } }
    spec:
      hostPID: true
      containers:
        - name: gate
          image: registry.ferry.example/gate:5.0.0
          securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false }
`,
  }
  const { findings, fixes } = await reviewChange(changeOf(chart, { ...chart, 'gate/values-production.yaml': 'replicas: 3\n' }), {}, fixing)
  expect(findings.map(({ rule, state, environments }) => [rule, state, environments])).toEqual([
    ['host-pid', 'new', ['production']],
    ['host-pid', 'unchanged', ['']],
  ])
  expect(findings[0]?.fix).toBe(0)
  expect(fixes.map(({ edits }) => edits)).toEqual([[{ path: 'gate/templates/gate.yaml', line: 10, lines: 1, text: '' }]])
  expect(fixes[0]?.proof).toContain('chart gate with values-production.yaml and chart gate rendered again')
})

test('what a change adds to values of a chart that is not there may go again', async () => {
  const values = (more: string) => ({
    'web.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec:
  interval: 1h
  chart: { spec: { chart: web, version: 1.2.3, sourceRef: { kind: HelmRepository, name: shop } } }
  values:
    replicas: 2
    securityContext:
      capabilities: { add: [NET_BIND_SERVICE] }
${more}`,
  })
  const { fixes } = await reviewChange(changeOf(values(''), values('    hostNetwork: true\n')), {}, fixing)
  expect(fixes.map(({ titles, edits }) => [titles.join(), edits.map(({ line, lines }) => [line, lines])])).toEqual([
    ['Take out what was added here', [[11, 1]]],
  ])
})
