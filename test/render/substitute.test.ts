// Flux's variables in what a kustomization gave.

import { expect, test } from 'vitest'
import { isLeftAlone, substituted } from '../../src/render/substitute.ts'

const values = new Map([
  ['region', 'eu-west'],
  ['empty', ''],
])

test.each([
  ['host: ${region}.example', 'host: eu-west.example'],
  ['host: ${region:-nowhere}', 'host: eu-west'],
  ['host: ${zone:-nowhere}', 'host: nowhere'],
  ['host: ${zone:=nowhere}', 'host: nowhere'],
  ['host: ${empty:-filled}', 'host: filled'],
  ['host: ${empty-filled}', 'host: '],
  ['host: ${zone:-}', 'host: '],
  // A value that is not in the tree stays a placeholder: an empty text would be a lie.
  ['host: ${zone}', 'host: ${zone}'],
  ['host: $${region}', 'host: ${region}'],
  ['cost: $5 and $region', 'cost: $5 and $region'],
  ['${region}${region}', 'eu-westeu-west'],
])('%s becomes %s', (text, expected) => expect(substituted(text, values)).toBe(expected))

test('an object may opt out', () => {
  const object = (value: string) => `metadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/substitute: ${value}\n`
  expect(isLeftAlone(object('disabled'))).toBe(true)
  expect(isLeftAlone(object('"disabled"'))).toBe(true)
  expect(isLeftAlone(object('enabled'))).toBe(false)
  expect(isLeftAlone('# kustomize.toolkit.fluxcd.io/substitute: disabled\n')).toBe(false)
})
