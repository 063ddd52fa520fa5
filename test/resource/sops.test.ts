// Ciphertext of SOPS, told from text that only looks like it.

import { expect, test } from 'vitest'
import { countEncrypted, isEncryptedValue, isSopsDocument } from '../../src/resource/sops.ts'

const cipher = 'ENC[AES256_GCM,data:Tr7o1Q==,iv:0lqMNQ0s2nZCTxZQ1Gk=,tag:9K3i0w==,type:str]'

test.each([
  [cipher, true],
  [cipher.replace('type:str', 'type:bool'), true],
  ['ENC[hunter2]', false],
  ['ENC[AES256_GCM,data:hunter 2]', false],
  [`${cipher} and more`, false],
  ['', false],
  [12, false],
  [null, false],
])('%s is encrypted: %s', (value, expected) => {
  expect(isEncryptedValue(value)).toBe(expected)
})

test.each([
  ['a block with a mac', { sops: { mac: cipher, version: '3.9.0' } }, true],
  ['a block without mac', { sops: { version: '3.9.0' } }, false],
  ['a word', { sops: 'yes' }, false],
  ['no block', { data: {} }, false],
  ['no mapping', ['sops'], false],
])('%s', (_, value, expected) => {
  expect(isSopsDocument(value)).toBe(expected)
})

test('encrypted values are counted at any depth', () => {
  expect(countEncrypted({ a: cipher, b: [{ c: cipher }, 'plain'], d: null })).toBe(2)
})
