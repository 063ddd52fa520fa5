// Fetches what an entry of a kustomization leads to, and what that leads to in turn.

import { hash } from 'node:crypto'
import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import { type ChartEntry, isKustomization, namesIn } from '../discover/kustomization.ts'
import type { Mapping } from '../resource/read.ts'
import { parseYaml } from '../yaml/parse.ts'
import { withoutLogin } from './allowance.ts'
import { textAt, within } from './files.ts'
import { fetchInflated } from './inflated.ts'
import { type RemoteBase, remoteBaseOf } from './remote-base.ts'
import { type Replacement, rewritten } from './rewrite.ts'
import { type FetchedGit, type SourceFailure, type Sources, sourceFailure } from './source.ts'
import { store } from './store.ts'
import { type Fetched, gitOrigin } from './supplied.ts'

/** What one target has fetched so far: files by the path at which they stand in its tree. */
export type Fetching = {
  readonly sources: Sources
  readonly files: Map<string, Uint8Array>
  readonly fetched: Fetched[]
  /** What a base that was had would need and that was not. */
  readonly failures: SourceFailure[]
  /** Folders that were put into the tree, with what they lead to. */
  readonly done: Set<string>
}

export function newFetching(sources: Sources): Fetching {
  return { sources, files: new Map(), fetched: [], failures: [], done: new Set() }
}

/** Which kustomization asks (its folder in the tree), where in it, and the file of the repository that is behind it. */
export type Asker = { readonly folder: string; readonly pointer: string; readonly owner: string }

/** `path` is what to write in place of the entry: what was had, or something that gives nothing where it was not. */
export type Had = { readonly ok: true; readonly path: string } | (SourceFailure & { readonly path?: string })

/** More than this in one target is a mistake, or meant to be one. */
const mostFolders = 100

/** Puts what an entry leads to into the files. */
export async function fetchBase(entry: string, asker: Asker, fetching: Fetching): Promise<Had> {
  const base = remoteBaseOf(entry)
  if (base === undefined)
    return without(
      sourceFailure(
        'unsupported',
        `${withoutLogin(entry)} was not fetched: its address is not understood`,
        'Write https://host/owner/repository//folder?ref=…',
      ),
      asker,
      fetching,
    )
  const had = base.kind === 'file' ? await fetchOne(base.url, asker, fetching) : await fetchFolder(base, asker, fetching)
  return had.ok ? had : without(had, asker, fetching)
}

/** Kustomize reads files only below the kustomization that names them, so that a file is put there. */
async function fetchOne(url: string, { folder, owner }: Asker, { sources, files, fetched }: Fetching): Promise<Had> {
  const had = await sources.file({ url })
  if (!had.ok) return had
  const inside = `${store}/${hash('sha256', url, 'hex').slice(0, 12)}.yaml`
  const path = posix.join(folder, inside)
  files.set(path, had.bytes)
  fetched.push({
    path,
    from: { name: posix.basename(url.replace(/[?#].*$/, '')), version: '', source: withoutLogin(url) },
    pin: had.pin,
    owner,
  })
  return { ok: true, path: inside }
}

async function fetchFolder(base: RemoteBase & { readonly kind: 'git' }, { folder, owner }: Asker, fetching: Fetching): Promise<Had> {
  const { url, ref, path } = base
  const had = await fetching.sources.git({ url, ...(ref === undefined ? {} : { ref }) })
  if (!had.ok) return had
  const wanted = posix.normalize(path === '' ? '.' : path).replace(/^\.$/, '')
  const place = `${store}/git/${had.commit}`
  if (had.tree.read(wanted) !== undefined && !isKustomizationName(wanted))
    return oneOf(had, wanted, { place, folder, fetching, owner, url })
  const failure = await copyFolder(had.tree, wanted, { place, fetching, owner })
  if (failure !== undefined) return { ...failure, message: `${withoutLogin(url)} at ${had.commit.slice(0, 12)}: ${failure.message}` }
  fetching.fetched.push({
    path: place,
    from: gitOrigin(url, had.commit),
    pin: had.pin,
    owner,
  })
  return { ok: true, path: posix.relative(`/${folder}`, `/${posix.join(place, wanted)}`) }
}

/** Where a repository is put, the folder that asks, and the file of ours that is behind it. */
type Into = { readonly place: string; readonly folder: string; readonly fetching: Fetching; readonly owner: string; readonly url: string }

/** An entry may name a file of a repository. */
function oneOf({ tree, commit, pin }: FetchedGit, path: string, { folder, fetching, owner, url }: Into): Had {
  const inside = `${store}/${commit.slice(0, 12)}/${path}`
  const at = posix.join(folder, inside)
  fetching.files.set(at, tree.read(path) ?? new Uint8Array())
  fetching.fetched.push({ path: at, from: gitOrigin(url, commit), pin, owner })
  return { ok: true, path: inside }
}

/** Copies a kustomization of a repository, what it names, and what these name. Undefined where that went well. */
export async function copyFolder(
  tree: Tree,
  folder: string,
  { place, fetching, owner }: Omit<Into, 'folder' | 'url'>,
): Promise<SourceFailure | undefined> {
  const home = posix.join(place, folder)
  if (fetching.done.has(home)) return undefined
  if (fetching.done.size >= mostFolders)
    return sourceFailure('too-large', `more than ${mostFolders} folders would be fetched for one target`, 'Keep a copy in the repository.')
  fetching.done.add(home)
  const path = kustomizationIn(tree, folder)
  const text = path === undefined ? undefined : textAt(tree, path)
  const document = text === undefined ? undefined : parseYaml(text)[0]
  if (path === undefined || text === undefined || document === undefined || !isKustomization(document.value, true)) {
    return sourceFailure(
      'not-found',
      `there is no kustomization in ${folder === '' ? 'its root' : folder}`,
      'Correct the path of the base.',
    )
  }
  for (const reference of namesIn(path, document.value).references) {
    const bytes = tree.read(reference.path)
    if (bytes !== undefined) fetching.files.set(posix.join(place, reference.path), bytes)
    // A folder without a kustomization is for kustomize to complain of.
    else await copyFolder(tree, reference.path, { place, fetching, owner })
  }
  await copyCharts(tree, namesIn(path, document.value).charts, { place, fetching, owner })
  const replacements: Replacement[] = []
  for (const { pointer, entry } of remotesIn(document.value)) {
    const had = await fetchBase(entry, { folder: home, pointer, owner }, fetching)
    if (!had.ok) fetching.failures.push(had)
    if (had.path !== undefined) replacements.push({ document, pointer, entry: had.path })
  }
  fetching.files.set(posix.join(place, path), new TextEncoder().encode(rewritten(text, replacements)))
  return undefined
}

/** The charts that a kustomization inflates: those that lie in its repository, and those that it would pull. */
async function copyCharts(
  tree: Tree,
  charts: readonly ChartEntry[],
  { place, fetching, owner }: Omit<Into, 'folder' | 'url'>,
): Promise<void> {
  for (const { homes, ...chart } of charts) {
    const home = homes.find((folder) => tree.read(posix.join(folder, 'Chart.yaml')) !== undefined)
    for (const { path, kind } of tree.files) {
      const bytes = home === undefined || kind !== 'file' || within(home, path) === undefined ? undefined : tree.read(path)
      if (bytes !== undefined) fetching.files.set(posix.join(place, path), bytes)
    }
    // Without an address it is for kustomize to say that it is not there.
    const pulled = posix.join(place, homes.at(-1) ?? '')
    if (home !== undefined || chart.repository === '' || within(place, pulled) === undefined) continue
    const failure = await fetchInflated({ ...chart, home: pulled, owner }, fetching)
    if (failure !== undefined) fetching.failures.push(failure)
  }
}

/** The file of a folder's kustomization. */
export function kustomizationIn(tree: Tree, folder: string): string | undefined {
  return tree.files.map(({ path }) => path).find((path) => folderOf(path) === folder && isKustomizationName(path))
}

function remotesIn(value: Mapping): readonly { readonly pointer: string; readonly entry: string }[] {
  return ['resources', 'bases', 'components'].flatMap((field) => {
    const entries: unknown = value[field]
    if (!Array.isArray(entries)) return []
    return entries.flatMap((entry: unknown, index) =>
      typeof entry === 'string' && remoteBaseOf(entry) !== undefined ? [{ pointer: `/${field}/${index}`, entry }] : [],
    )
  })
}

/** In place of what was not had a folder that gives nothing; other uses (a patch, a schema) have no such thing. */
function without(failure: SourceFailure, { folder, pointer }: Asker, { files }: Fetching): Had {
  const [, field = ''] = pointer.split('/')
  if (!['resources', 'bases', 'components'].includes(field)) return failure
  const isComponent = field === 'components'
  const nothing = `${store}/${isComponent ? 'no-component' : 'nothing'}`
  const kind = isComponent ? { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' } : {}
  files.set(`${nothing}/kustomization.yaml`, new TextEncoder().encode(JSON.stringify({ ...kind, buildMetadata: ['originAnnotations'] })))
  return { ...failure, path: posix.relative(`/${folder}`, `/${nothing}`) }
}
