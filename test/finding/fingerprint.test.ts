// What a fingerprint depends on, and what it survives.

import { expect, test } from 'vitest'
import { fingerprintOf } from '../../src/finding/fingerprint.ts'

const id = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' }
const key = ['spec', 'containers', '[name=web]']
const print = fingerprintOf('host-network', id, key)

test('it is 32 hexadecimal digits, the same ones every time', () => {
  expect(print).toMatch(/^[0-9a-f]{32}$/)
  expect(fingerprintOf('host-network', { ...id }, [...key])).toBe(print)
})

test.each([
  ['the rule', fingerprintOf('host-pid', id, key)],
  ['the group', fingerprintOf('host-network', { ...id, group: 'extensions' }, key)],
  ['the kind', fingerprintOf('host-network', { ...id, kind: 'DaemonSet' }, key)],
  ['the namespace', fingerprintOf('host-network', { ...id, namespace: 'stage' }, key)],
  ['the name', fingerprintOf('host-network', { ...id, name: 'api' }, key)],
  ['the place', fingerprintOf('host-network', id, ['spec', 'containers', '[name=log]'])],
  ['where one part ends and the next begins', fingerprintOf('host-network', id, ['spec/containers', '[name=web]'])],
])('%s tells findings apart', (_, other) => {
  expect(other).not.toBe(print)
})

const named = (kind: string, name: string) => fingerprintOf('hardcoded-secret-configmap', { group: '', kind, namespace: '', name }, [])

test.each(['ConfigMap', 'Secret'])('the hash that kustomize puts behind the name of a %s does not count', (kind) => {
  expect(named(kind, 'settings-7h2k9m4t5b')).toBe(named(kind, 'settings-2b5m8k6hf4'))
  expect(named(kind, 'settings-7h2k9m4t5b')).toBe(named(kind, 'settings'))
})

test('a word of ten letters is no such hash, and other kinds keep their names', () => {
  expect(named('ConfigMap', 'settings-production')).not.toBe(named('ConfigMap', 'settings'))
  expect(named('Service', 'settings-7h2k9m4t5b')).not.toBe(named('Service', 'settings'))
})
