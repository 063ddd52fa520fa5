// What SOPS leaves in a file: values that are encrypted one by one, and a block that vouches for them.

import { isMapping } from './read.ts'

const encrypted =
  /^ENC\[AES256_GCM,data:[A-Za-z0-9+/=]*,iv:[A-Za-z0-9+/=]+,(?:aad:[A-Za-z0-9+/=]*,)?tag:[A-Za-z0-9+/=]+,type:(?:str|int|float|bytes|bool|comment)\]$/

/** Whether a value is a ciphertext of SOPS, so neither a secret in clear nor anything a rule can read. Only the full form counts: `ENC[hunter2]` is plain text. */
export function isEncryptedValue(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('ENC[') && encrypted.test(value)
}

/** Whether a document (its value) carries the block that SOPS writes: some fields may be encrypted, the others are in clear. */
export function isSopsDocument(value: unknown): boolean {
  if (!isMapping(value)) return false
  const block = value['sops']
  return isMapping(block) && typeof block['mac'] === 'string'
}

/** The number of encrypted values anywhere in a value. */
export function countEncrypted(value: unknown): number {
  if (isEncryptedValue(value)) return 1
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, child: unknown) => sum + countEncrypted(child), 0)
}
