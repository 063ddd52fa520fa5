// Versions as people and clusters write them.

import { expect, test } from 'vitest'
import { compareVersions, minorVersion, newestKnown } from '../../src/kubernetes/version.ts'

test.each([
  ['1.34', '1.34'],
  ['v1.34.2', '1.34'],
  ['1.34.1-gke.100', '1.34'],
  ['v1.34.2+k3s1', '1.34'],
  [' 1.9 ', '1.9'],
])('%j is read as %s', (text, minor) => expect(minorVersion(text)).toBe(minor))

test.each(['', '1', 'latest', '1.x', '1.34.', '1.34 beta', 'v'])('%j is no version', (text) => expect(minorVersion(text)).toBeUndefined())

test('versions compare as numbers, not as text', () => {
  expect(['1.16', '1.9', '1.25', '1.10'].sort(compareVersions)).toEqual(['1.9', '1.10', '1.16', '1.25'])
  expect(compareVersions('1.30', '1.30')).toBe(0)
  expect(compareVersions('2.0', '1.99')).toBeGreaterThan(0)
})

test('the newest known version reads as itself', () => expect(minorVersion(newestKnown.version)).toBe(newestKnown.version))
