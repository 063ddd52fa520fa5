// The end of API versions.

import { expect, test } from 'vitest'
import lifecycle from '../../src/kubernetes/api-lifecycle.json' with { type: 'json' }
import { lifecycleOf, stateOf } from '../../src/kubernetes/lifecycle.ts'
import { compareVersions, minorVersion } from '../../src/kubernetes/version.ts'

test('an Ingress of extensions/v1beta1 is gone from 1.22 on', () => {
  const api = lifecycleOf('extensions/v1beta1', 'Ingress')
  expect(api).toEqual({ deprecated: '1.14', removed: '1.22', replacement: 'networking.k8s.io/v1' })
  expect(['1.13', '1.14', '1.21', '1.22', '1.37'].map((version) => api && stateOf(api, version))).toEqual([
    'served',
    'deprecated',
    'deprecated',
    'removed',
    'removed',
  ])
})

test('nothing takes the place of a PodSecurityPolicy', () =>
  expect(lifecycleOf('policy/v1beta1', 'PodSecurityPolicy')).toEqual({ deprecated: '1.21', removed: '1.25' }))

test.each([
  ['apps/v1', 'Deployment'],
  ['apps/v1beta1', 'Teapot'],
  ['example.org/v1beta1', 'Deployment'],
  ['constructor', 'name'],
  ['apps/v1beta1', 'constructor'],
])('%s %s has no known end', (apiVersion, kind) => expect(lifecycleOf(apiVersion, kind)).toBeUndefined())

test('every entry is deprecated before it is removed, and what takes its place lives longer', () => {
  for (const [apiVersion, kinds] of Object.entries(lifecycle.apis)) {
    for (const kind of Object.keys(kinds)) {
      const api = lifecycleOf(apiVersion, kind)
      if (api === undefined) throw new Error(`${apiVersion} ${kind} cannot be read`)
      expect([minorVersion(api.deprecated), minorVersion(api.removed)]).toEqual([api.deprecated, api.removed])
      expect(compareVersions(api.deprecated, api.removed), `${apiVersion} ${kind}`).toBeLessThan(0)
      const next = api.replacement === undefined ? undefined : lifecycleOf(api.replacement, kind)
      if (next !== undefined) expect(compareVersions(next.removed, api.removed), `${apiVersion} ${kind}`).toBeGreaterThan(0)
    }
  }
})
