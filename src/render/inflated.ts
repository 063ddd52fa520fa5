// Fetches a chart that a kustomization inflates.

import { posix } from 'node:path'
import { unpack } from './archive.ts'
import { type SourceFailure, type Sources, sourceFailure } from './source.ts'
import type { Fetched } from './supplied.ts'

/** `home`: the folder below which kustomize looks for it; `owner`: the file of the repository that is behind it. */
export type Inflated = {
  readonly name: string
  readonly repository: string
  readonly version: string
  readonly home: string
  readonly owner: string
}

/** Puts the chart where kustomize finds one that it has pulled before: by its name below the home, or below its name and version. Undefined where that went well. */
export async function fetchInflated(
  { name, repository, version, home, owner }: Inflated,
  { sources, files, fetched }: { readonly sources: Sources; readonly files: Map<string, Uint8Array>; readonly fetched: Fetched[] },
): Promise<SourceFailure | undefined> {
  const had = await sources.chart({ repository, name, ...(version === '' ? {} : { version }) })
  if (!had.ok) return had
  const unpacked = unpack(had.archive)
  if (!unpacked.ok)
    return sourceFailure('unreadable', `chart ${name} ${had.version} was not used: ${unpacked.reason}`, 'Ask who publishes it.')
  for (const [path, bytes] of unpacked.files) files.set(posix.join(home, path), bytes)
  fetched.push({ path: home, from: { name, version: had.version, source: repository }, pin: had.pin, owner })
  return undefined
}
