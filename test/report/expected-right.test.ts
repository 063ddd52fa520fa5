// A right of a well-known component is acknowledged or called out, and nothing is said of what nobody knows.

import { expect, test } from 'vitest'
import { expectedText } from '../../src/report/expected-right.ts'

test.each([
  ['cert-manager', 'rbac-secrets-read', 'expected of cert-manager'],
  ['cert-manager', 'rbac-pod-exec', 'unexpected of cert-manager'],
  ['cert-manager', 'privileged-container', ''],
  ['shop', 'rbac-secrets-read', ''],
])('%s %s', (component, rule, text) => {
  expect(expectedText(component, rule)).toBe(text)
})
