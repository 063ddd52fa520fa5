// The digest by which Helm ties a lock to a Chart.yaml; those here were written by Helm.

import { expect, test } from 'vitest'
import { fitsLock } from '../../../src/discover/helm/lock.ts'

test('a lock fits the dependencies it was made for, and no others', () => {
  // What Helm wrote for these dependencies of a public chart.
  const chart = {
    dependencies: [{ name: 'common', version: '2.x.x', repository: 'oci://registry-1.docker.io/bitnamicharts', tags: ['bitnami-common'] }],
  }
  const lock = {
    dependencies: [{ name: 'common', version: '2.31.4', repository: 'oci://registry-1.docker.io/bitnamicharts' }],
    digest: 'sha256:fc442e77200e1914dd46fe26490dcf62f44caa51db673c2f8e67d5319cd4c163',
  }
  expect(fitsLock(chart, lock)).toBe(true)
  expect(fitsLock({ dependencies: [{ ...chart.dependencies[0], version: '3.x.x' }] }, lock)).toBe(false)
  expect(fitsLock({ dependencies: [...chart.dependencies, { name: 'redis', version: '1.0.0', repository: '' }] }, lock)).toBe(false)
  expect(fitsLock({}, lock)).toBe(false)
})
