// Fetches the folder of another repository that an Application or a Kustomization of Flux names, and finds out what it holds.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import type { Elsewhere, KustomizationTarget, RenderTarget } from '../discover/target.ts'
import { isMapping } from '../resource/read.ts'
import { parseYaml } from '../yaml/parse.ts'
import { withoutLogin } from './allowance.ts'
import { copyFolder, type Fetching, kustomizationIn, newFetching } from './fetch-base.ts'
import { textAt, within } from './files.ts'
import { type SourceFailure, type Sources, sourceFailure } from './source.ts'
import { store, withFiles } from './store.ts'
import { gitOrigin, missingOf, type Supplied } from './supplied.ts'
import { supplyChart } from './supply-chart.ts'

type Around = { readonly tree: Tree; readonly sources: Sources }

/** The target with its folder in the tree: a kustomization, a chart (then that is rendered in its place), or manifests as they stand. */
export async function supplyElsewhere(target: KustomizationTarget, elsewhere: Elsewhere, { tree, sources }: Around): Promise<Supplied> {
  const { repository, revision, plain, chart } = elsewhere
  const lacking = (failure: SourceFailure): Supplied<RenderTarget> => ({
    ...{ target: { ...target, missing: [...target.missing, missingOf(failure)] }, tree, fetched: [], refused: [] },
  })
  const had = await sources.git({ url: repository, ...(revision === '' || revision === 'HEAD' ? {} : { ref: revision }) })
  if (!had.ok) return lacking(had)
  const { folder } = target
  const isChart = had.tree.read(posix.join(folder, 'Chart.yaml')) !== undefined
  const kustomized = kustomizationIn(had.tree, folder) !== undefined
  if (isChart && !kustomized && chart !== undefined) return { ...(await supplyChart(chart, tree, sources)), as: chart }
  const fetching = newFetching(sources)
  const into: Into = { place: `${store}/git/${had.commit}`, fetching, owner: target.root.path }
  const generated = kustomized ? undefined : await copyPlain(had.tree, folder, plain, into)
  const wanted = kustomized ? [folder, ...componentsOf(target)] : []
  for (const one of wanted) {
    const failure = await copyFolder(had.tree, one, into)
    if (failure !== undefined) fetching.failures.push(failure)
  }
  const where = `${withoutLogin(repository)} at ${had.commit.slice(0, 12)}`
  if (generated?.length === 0)
    return lacking(
      sourceFailure('not-found', `${where} holds nothing to apply in ${folder === '' ? 'its root' : folder}`, 'Correct the path.'),
    )
  const { elsewhere: _, ...rest } = target
  const missing = fetching.failures.map((failure) => missingOf(failure))
  return {
    target: {
      ...rest,
      folder: posix.join(into.place, folder),
      ...(generated === undefined ? {} : { generated }),
      inputs: [...target.inputs, ...fetching.files.keys()],
      missing: [...target.missing, ...missing],
    },
    tree: withFiles(tree, fetching.files),
    fetched: [{ path: into.place, from: gitOrigin(repository, had.commit), pin: had.pin, owner: target.root.path }, ...fetching.fetched],
    refused: [],
  }
}

type Into = { readonly place: string; readonly fetching: Fetching; readonly owner: string }

/** Components that the root adds are relative to its folder. */
function componentsOf({ overlay, folder }: KustomizationTarget): readonly string[] {
  return overlay.flatMap(({ field, value }) => (field === 'components' && typeof value === 'string' ? [posix.join(folder, value)] : []))
}

/** Files with objects, and in place of a folder with a kustomization that folder; by their paths relative to `folder`. */
async function copyPlain(tree: Tree, folder: string, plain: Elsewhere['plain'], into: Into): Promise<readonly string[]> {
  const listed = new Set<string>()
  const homes = new Set(tree.files.filter(({ path }) => isKustomizationName(path)).map(({ path }) => folderOf(path)))
  for (const { path, kind } of tree.files) {
    const inside = kind === 'file' && /\.(?:ya?ml|json)$/.test(path) ? within(folder, path) : undefined
    if (inside === undefined || (plain === 'folder' && inside.includes('/'))) continue
    const kustomized = foldersOf(inside).find((one) => homes.has(posix.join(folder, one)))
    if (kustomized !== undefined) {
      if (!listed.has(kustomized)) await copyFolder(tree, posix.join(folder, kustomized), into)
      listed.add(kustomized)
    } else if (holdsObjects(textAt(tree, path) ?? '')) {
      into.fetching.files.set(posix.join(into.place, path), tree.read(path) ?? new Uint8Array())
      listed.add(inside)
    }
  }
  return [...listed]
}

/** The folders that a path lies in, the outermost first. */
function foldersOf(path: string): readonly string[] {
  const folder = folderOf(path)
  return folder === '' ? [] : [...foldersOf(folder), folder]
}

function holdsObjects(text: string): boolean {
  return parseYaml(text).some(
    ({ value }) => isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string',
  )
}
