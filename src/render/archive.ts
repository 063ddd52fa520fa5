// Unpacks a chart's .tgz to a file map: bounded, without links, and nothing outside of its folder.

import { posix } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readTar } from './tar.ts'

/** Files by path. */
export type FileMap = ReadonlyMap<string, Uint8Array>

export type Unpacked =
  | { readonly ok: true; readonly files: FileMap /** Links, which are not followed. */; readonly links: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** Helm's own limits for a chart and for a file in it (pkg/chart/loader/archive in its sources); the number of entries is ours. */
const largestChart = 100 * 1_024 * 1_024
const largestEntry = 5 * 1_024 * 1_024
const mostEntries = 20_000

/** The files of a .tgz, by their path below its one top folder, which Helm does not read either. The reason is for people: "it unpacks to more than 100 MiB". */
export function unpack(archive: Uint8Array): Unpacked {
  const tar = inflate(archive)
  if (tar === undefined) return refused('it is no gzip, or unpacks to more than 100 MiB')
  const entries = readTar(tar)
  if ('reason' in entries) return refused(entries.reason)
  if (entries.length > mostEntries) return refused(`it holds more than ${mostEntries} entries`)
  const files = new Map<string, Uint8Array>()
  const links: string[] = []
  for (const { name, kind, bytes } of entries) {
    if (kind === 'other') continue
    const path = belowTop(name)
    if (path === undefined) return refused(`it holds a path outside of its folder: ${JSON.stringify(name.slice(0, 200))}`)
    if (bytes.length > largestEntry) return refused(`${path} in it is larger than 5 MiB`)
    if (kind === 'link') links.push(path)
    else files.set(path, bytes)
  }
  return { ok: true, files, links }
}

function refused(reason: string): Unpacked {
  return { ok: false, reason }
}

function inflate(archive: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(archive, { maxOutputLength: largestChart })
  } catch {
    return undefined
  }
}

/** Charts packed on Windows have backslashes between the parts. */
function belowTop(name: string): string | undefined {
  const parts = name.split(name.includes('\\') && !name.includes('/') ? '\\' : '/').filter((part) => part !== '.')
  const path = parts.slice(1).join('/')
  const clean = posix.normalize(path)
  const leaves = parts[0] === '' || parts.includes('..') || path === '' || clean.startsWith('/') || /\0|^[a-z]:/i.test(path)
  return leaves ? undefined : clean
}
