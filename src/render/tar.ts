// Reads the entries of a tar archive: ustar, pax and GNU long names. What it holds is hostile.

import { pathOfBytes } from '../change/path.ts'

/** `other`: a folder, a device, a header of no use here. */
export type TarEntry = { readonly name: string; readonly kind: 'file' | 'link' | 'other'; readonly bytes: Uint8Array }

/** Why an archive cannot be read, for people: "it is cut off". */
export type Unreadable = { readonly reason: string }

const block = 512

/** The entries in their order, as views into the archive. A broken header, a cut-off entry or one of a form that nobody packs ends with the reason. */
export function readTar(archive: Uint8Array): readonly TarEntry[] | Unreadable {
  const entries: TarEntry[] = []
  let next: Extended = {}
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block)
    if (isBlank(header)) return entries
    if (!isHeader(header)) return { reason: 'it is no tar archive, or broken' }
    const type = String.fromCharCode(header[156] ?? 0)
    const size = next.size !== undefined && !'xgLK'.includes(type) ? next.size : numberIn(header.subarray(124, 136))
    if (!Number.isSafeInteger(size) || size < 0) return { reason: 'it gives an entry a size that is no number' }
    const bytes = archive.subarray(at + block, at + block + size)
    if (bytes.length < size) return { reason: 'it is cut off' }
    at += block + Math.ceil(size / block) * block
    if (type === 'S') return { reason: 'it holds a sparse file' }
    if (type === 'x') next = { ...next, ...extendedIn(bytes) }
    else if (type === 'L') next = { ...next, path: pathOfBytes(untilNul(bytes)) }
    else if (type !== 'g' && type !== 'K') {
      entries.push({ name: next.path ?? nameIn(header), kind: kindOf(type), bytes })
      next = {}
    }
  }
  return entries.length === 0 ? { reason: 'it is empty' } : entries
}

type Extended = { readonly path?: string; readonly size?: number }

function kindOf(type: string): TarEntry['kind'] {
  if (type === '0' || type === '\0' || type === '7') return 'file'
  return type === '1' || type === '2' ? 'link' : 'other'
}

function isBlank(header: Uint8Array): boolean {
  return header.every((byte) => byte === 0)
}

/** The sum of the header's bytes stands in it, counted with spaces in its own place. */
function isHeader(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  return sum === numberIn(header.subarray(148, 156))
}

/** Octal digits, or (GNU) big-endian bytes after a set first bit. */
function numberIn(field: Uint8Array): number {
  const [first = 0] = field
  if (first === 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0)
  const text = ascii(untilNul(field)).trim()
  if (text === '') return 0
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN
}

/** POSIX splits a long name into two fields; GNU keeps times in the second, and says so by a space in its magic word. */
function nameIn(header: Uint8Array): string {
  const name = pathOfBytes(untilNul(header.subarray(0, 100)))
  const prefix = ascii(header.subarray(257, 263)) === 'ustar\0' ? pathOfBytes(untilNul(header.subarray(345, 500))) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Records of the form `length key=value\n`; the length counts the whole record. */
function extendedIn(bytes: Uint8Array): Extended {
  let found: Extended = {}
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at)
    const length = Number(ascii(bytes.subarray(at, space)))
    if (space < 0 || !Number.isInteger(length) || length <= space - at) return found
    const record = bytes.subarray(space + 1, at + length - 1)
    const equals = record.indexOf(61)
    const key = ascii(record.subarray(0, Math.max(0, equals)))
    const value = record.subarray(equals + 1)
    if (key === 'path') found = { ...found, path: pathOfBytes(value) }
    if (key === 'size') found = { ...found, size: Number(ascii(value)) }
    at += length
  }
  return found
}

function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, block))
}
