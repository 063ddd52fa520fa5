// The example that the README's first command runs on: what it says is what a person should hear, and nothing else.

import { expect, test } from 'vitest'
import type { ReportedFinding } from '../src/report/report.ts'
import { reviewFolders } from './program.ts'

const report = await reviewFolders('examples/pull-request/base', 'examples/pull-request/head')

test('the review tells what got worse, worst first, each on its line', () => {
  const { findings } = report
  const told = findings
    .filter(({ state, origin }) => origin === 'own' && (state === 'new' || state === 'worsened'))
    .map(
      ({ severity, rule, location, resource }) => `${severity} ${rule} ${location.path}:${location.line} ${resource.kind} ${resource.name}`,
    )
  expect(told).toEqual([
    'critical privileged-container staging/catalog/deployment.yaml:31 Deployment catalog',
    'high host-network charts/loyalty/values-production.yaml:4 Deployment loyalty',
    'high secret-data-committed production/orders/payment.yaml:8 Secret payment',
    'high rbac-pod-create production/rbac.yaml:47 Role on-call',
    'high host-path-sensitive search/production/index-on-the-node.yaml:13 Deployment search',
    'medium network-policy-cross-namespace production/network-policies.yaml:69 NetworkPolicy orders',
    'medium image-untrusted-registry staging/thumbnails/deployment.yaml:18 Deployment thumbnails',
    'low deprecated-api-version production/catalog/budget.yaml:1 PodDisruptionBudget catalog',
    'low image-tag-latest search/staging/kustomization.yaml:6 Deployment search',
    'low image-tag-latest staging/thumbnails/deployment.yaml:18 Deployment thumbnails',
    'low psp-object staging/thumbnails/pod-security-policy.yaml:2 PodSecurityPolicy thumbnails',
  ])
})

test('a release that was taken in stands apart, and is mended from outside', () => {
  const { findings, components, verdictReason } = report
  const apart = findings.filter(({ origin }) => origin === 'upstream')
  expect(apart.map(({ rule, state, location }) => `${state} ${rule} ${location.path}`)).toEqual([
    'new privileged-container agents/install.yaml',
  ])
  expect(components.map(({ name, version }) => `${name} ${version}`)).toEqual(['node-agent v2.4.0'])
  expect(verdictReason).toBe(`${findings.filter(isCounting).length} findings at or above the gate "high"`)
})

function isCounting({ origin, state, severity }: ReportedFinding): boolean {
  return origin === 'own' && (state === 'new' || state === 'worsened') && (severity === 'critical' || severity === 'high')
}

test('what was moved or reformatted is silent, and nothing is left unsaid', () => {
  const { findings, problems, coverage } = report
  expect(findings.filter(({ state }) => state === 'fixed')).toEqual([])
  expect(problems).toEqual([])
  expect(coverage.skipped.map(({ path, reason }) => `${path} ${reason}`)).toMatchInlineSnapshot(`
    [
      ".plimsoll.yaml not-kubernetes",
    ]
  `)
})
