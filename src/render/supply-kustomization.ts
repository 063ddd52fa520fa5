// Fetches what a kustomization takes from elsewhere: bases of other repositories, single files, charts to inflate.

import type { Tree } from '../change/tree.ts'
import { folderOf } from '../discover/filename.ts'
import type { InflatedChart, KustomizationTarget, Missing } from '../discover/target.ts'
import { fetchBase, newFetching } from './fetch-base.ts'
import { fetchInflated } from './inflated.ts'
import { type Replacement, rewritten } from './rewrite.ts'
import type { Sources } from './source.ts'
import { withFiles } from './store.ts'
import { missingOf, type Supplied } from './supplied.ts'

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
    edits.set(path, { text, replacements: [...before, { document: yaml, pointer: at.pointer, entry: had.path }] })
  }
  for (const [path, { text, replacements }] of edits) fetching.files.set(path, new TextEncoder().encode(rewritten(text, replacements)))
  const charts: InflatedChart[] = []
  for (const chart of target.charts) {
    const isWanted = !chart.inTree && chart.repository !== ''
    const failure = isWanted ? await fetchInflated({ ...chart, owner: chart.at.document.path }, fetching) : undefined
    if (failure !== undefined) missing.push(missingOf(failure, chart.at))
    charts.push(isWanted && failure === undefined ? { ...chart, inTree: true } : chart)
  }
  const { files, fetched } = fetching
  if (files.size === 0 && missing.length === 0) return { target, tree, fetched: [], refused: [] }
  const inputs = [...new Set([...target.inputs, ...files.keys()])]
  return {
    target: { ...target, charts, inputs, missing: [...target.missing, ...missing] },
    tree: withFiles(tree, files),
    fetched,
    refused: [],
  }
}
