// Standard input as a tree of one file.

import { readSync } from 'node:fs'
import { largestFile, type Tree } from '../change/tree.ts'
import { UserError } from '../errors.ts'
import { blobId } from './disk.ts'

const path = 'stdin.yaml'

/** Reads standard input to its end; throws a UserError for one that is endless. */
export function inputTree(): Tree {
  const bytes = readInput()
  return {
    revision: 'standard input',
    files: [{ path, kind: 'file' }],
    read: (asked) => (asked === path ? bytes : undefined),
    identify: (asked) => (asked === path ? blobId(bytes) : ''),
  }
}

function readInput(): Uint8Array {
  const chunks: Buffer[] = []
  for (let total = 0; total <= largestFile; ) {
    const chunk = Buffer.alloc(64 * 1_024)
    const length = readSome(chunk)
    if (length === 0) return Buffer.concat(chunks)
    if (length !== undefined) {
      chunks.push(chunk.subarray(0, length))
      total += length
    }
  }
  throw new UserError('standard input holds more than 32 MiB', 'Write it to files of a folder and scan that.')
}

/** How many bytes were there; none at the end, undefined where the writer is slower than we are. */
function readSome(chunk: Buffer): number | undefined {
  try {
    return readSync(0, chunk)
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
    // Windows says so at the end of a pipe.
    if (code === 'EOF') return 0
    if (code !== 'EAGAIN') throw new UserError('standard input cannot be read', 'Pipe manifests into the command.', { cause: thrown })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    return undefined
  }
}
