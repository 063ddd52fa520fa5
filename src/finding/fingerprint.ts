// The fingerprint: what makes a finding the same finding over any number of pushes, moves and reformats.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ResourceId } from '../resource/resource.ts'

/** kustomize puts ten characters of this alphabet behind the names of what it generates (api/hasher). */
const generatedSuffix = /-[2456789bcdfghkmt]{10}$/

/** Rule, object and place as 32 hexadecimal digits. No path, line, API version or commit: moving, renaming a file and reindenting is no news. */
export function fingerprintOf(rule: string, id: ResourceId, key: readonly string[]): string {
  const name = id.kind === 'ConfigMap' || id.kind === 'Secret' ? id.name.replace(generatedSuffix, '') : id.name
  // Not with node:crypto, which takes 7 ms to load: a tenth of a small scan.
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([rule, id.group, id.kind, id.namespace, name, ...key])))).slice(0, 32)
}
