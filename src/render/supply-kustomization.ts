// Fetches what a kustomization takes from elsewhere: bases of other repositories, single files, charts to inflate.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderOf } from '../discover/filename.ts'
import type { InflatedChart, KustomizationTarget, Missing } from '../discover/target.ts'
import { unpack } from './archive.ts'
import { fetchBase, newFetching } from './fetch-base.ts'
import { type Replacement, rewritten } from './rewrite.ts'
import { type SourceFailure, type Sources, sourceFailure } from './source.ts'
import { withFiles } from './store.ts'
import { type Fetched, missingOf, type Supplied } from './supplied.ts'

/** The target with what was had in its tree. An entry that was not had gives nothing, so that the rest is built. */
export async function supplyKustomization(
  target: KustomizationTarget,
  tree: Tree,
  sources: Sources,
): Promise<Supplied<KustomizationTarget>> {
  const fetching = newFetching(sources)
  const missing: Missing[] = []
  const edits = new Map<string, { readonly text: string; readonly replacements: readonly Replacement[] }>()
  for (const { url, at } of target.remotes) {
    const had = await fetchBase(url, { folder: folderOf(at.document.path), pointer: at.pointer, owner: at.document.path }, fetching)
    if (!had.ok) missing.push(missingOf(had, at))
    missing.push(...fetching.failures.splice(0).map((failure) => missingOf(failure, at)))
    if (had.path === undefined) continue
    const { path, text, yaml } = at.document
    const before = edits.get(path)?.replacements ?? []
    edits.set(path, { text, replacements: [...before, { document: yaml, pointer: at.pointer, text: had.path }] })
  }
  for (const [path, { text, replacements }] of edits) fetching.files.set(path, new TextEncoder().encode(rewritten(text, replacements)))
  for (const chart of target.charts) {
    if (chart.inTree || chart.repository === '') continue
    const had = await fetchInflated(chart, sources)
    if (!had.ok) missing.push(missingOf(had, chart.at))
    else {
      for (const [path, bytes] of had.files) fetching.files.set(path, bytes)
      fetching.fetched.push(had.fetched)
    }
  }
  const { files, fetched } = fetching
  if (files.size === 0 && missing.length === 0) return { target, tree, fetched: [], refused: [] }
  const inputs = [...new Set([...target.inputs, ...files.keys()])]
  return { target: { ...target, inputs, missing: [...target.missing, ...missing] }, tree: withFiles(tree, files), fetched, refused: [] }
}

type Inflated = { readonly ok: true; readonly files: ReadonlyMap<string, Uint8Array>; readonly fetched: Fetched }

/** Kustomize finds a chart that it has pulled before by its name below the home, or below its name and version. */
async function fetchInflated({ name, repository, version, home, at }: InflatedChart, sources: Sources): Promise<Inflated | SourceFailure> {
  const had = await sources.chart({ repository, name, ...(version === '' ? {} : { version }) })
  if (!had.ok) return had
  const unpacked = unpack(had.archive)
  if (!unpacked.ok)
    return sourceFailure('unreadable', `chart ${name} ${had.version} was not used: ${unpacked.reason}`, 'Ask who publishes it.')
  const files = new Map([...unpacked.files].map(([path, bytes]) => [posix.join(home, path), bytes]))
  return {
    ok: true,
    files,
    fetched: { path: home, from: { name, version: had.version, source: repository }, pin: had.pin, owner: at.document.path },
  }
}
