// Files as they lie on a disk: looked at without following links, read without anything in between.

import { hash } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { type FileKind, largestFile } from '../change/tree.ts'

/** What a place holds; `folder` and `other` (a socket, a device, a pipe) are no files. Undefined where nothing is. */
export function lookAt(place: Buffer): FileKind | 'folder' | 'other' | undefined {
  try {
    const status = lstatSync(place)
    if (status.isSymbolicLink()) return 'symlink'
    if (status.isDirectory()) return 'folder'
    if (!status.isFile()) return 'other'
    return status.size > largestFile ? 'large' : 'file'
  } catch {
    return undefined
  }
}

/** The bytes of a plain file; undefined where it cannot be opened or is no file any more. */
export function readPlain(place: Buffer): Uint8Array | undefined {
  let descriptor: number | undefined
  try {
    // Windows has neither flag.
    descriptor = openSync(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    const status = fstatSync(descriptor)
    return status.isFile() ? readWhole(descriptor, status.size) : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** As many bytes as there were when it was opened, in one call; a file that tells no size, or changed meanwhile, is read as it comes. */
function readWhole(descriptor: number, size: number): Uint8Array {
  if (size === 0) return readFileSync(descriptor)
  const bytes = Buffer.allocUnsafe(size)
  const length = readSync(descriptor, bytes, 0, size, 0)
  return length === size ? bytes : readFileSync(descriptor)
}

export type Algorithm = 'sha1' | 'sha256'

/** The id that git would give a file or link as it lies there, so that equal content in a commit and on disk is known as equal. */
export function idOnDisk(place: Buffer, kind: FileKind, algorithm: Algorithm = 'sha1'): string {
  if (kind === 'symlink') return blobId(linkAt(place), algorithm)
  if (kind === 'file') return blobId(readPlain(place) ?? new Uint8Array(), algorithm)
  return `${kind} ${stampOf(place)}`
}

/** The id of these bytes as a blob. */
export function blobId(bytes: Uint8Array, algorithm: Algorithm = 'sha1'): string {
  return hash(algorithm, Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]), 'hex')
}

function linkAt(place: Buffer): Uint8Array {
  try {
    return readlinkSync(place, { encoding: 'buffer' })
  } catch {
    return new Uint8Array()
  }
}

/** What is too large to be read counts as changed when it was written to. */
function stampOf(place: Buffer): string {
  try {
    const { size, mtimeMs } = lstatSync(place)
    return `${size} ${mtimeMs}`
  } catch {
    return ''
  }
}
