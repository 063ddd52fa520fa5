// What a kustomization names: the files it takes as objects, as patches and as other input.

import { posix } from 'node:path'
import { asObject, groupOf, isMapping, listOf, type Mapping } from '../resource/read.ts'
import { below } from '../text/pointer.ts'
import { folderOf } from './filename.ts'

/** How a kustomization uses a file. */
export type Role = 'resource' | 'patch' | 'input' | 'values'

/** A file or folder that a kustomization names, where (`pointer`), and under which of its fields. */
export type Reference = { readonly role: Role; readonly field: string; readonly path: string; readonly pointer: string }

/** An entry of `helmCharts`; `homes` are the folders at which kustomize would find the chart. */
export type ChartEntry = {
  readonly name: string
  readonly repository: string
  readonly version: string
  readonly homes: readonly string[]
  readonly pointer: string
}

/** What a kustomization names: files or folders of the tree, what would have to be fetched, charts, and how many patches stand in it in place. */
export type Names = {
  readonly references: readonly Reference[]
  readonly remotes: readonly { readonly url: string; readonly pointer: string }[]
  readonly charts: readonly ChartEntry[]
  readonly inline: number
}

/** Whether a value is the configuration of kustomize, in a file of that name (where kind and version may be missing) or in another. Flux's object of the same kind is not. */
export function isKustomization(value: unknown, named: boolean): value is Mapping {
  if (!isMapping(value)) return false
  const object = asObject({ base: '', value })
  if (object === undefined) return named && !Object.hasOwn(value, 'metadata') && !Array.isArray(value['items'])
  return groupOf(object.apiVersion) === 'kustomize.config.k8s.io'
}

/** Whether a kustomization is a component: built only as a part of another. */
export function isComponent(value: Mapping): boolean {
  return value['kind'] === 'Component'
}

/** Everything that the kustomization at `path` names, in its order. */
export function namesIn(path: string, value: Mapping): Names {
  const folder = folderOf(path)
  const references: Reference[] = []
  const remotes: { readonly url: string; readonly pointer: string }[] = []
  let inline = ['patches', 'patchesJson6902']
    .flatMap((field) => listOf(value[field]))
    .filter((patch) => isMapping(patch) && Object.hasOwn(patch, 'patch')).length
  for (const { entry, ...use } of entriesOf(value)) {
    if (typeof entry !== 'string' || entry.trim() === '') continue
    if (entry.includes('\n')) inline += use.role === 'patch' ? 1 : 0
    else if (isRemote(entry)) remotes.push({ url: entry, pointer: use.pointer })
    else references.push({ ...use, path: pathFrom(folder, entry) })
  }
  return { references, remotes, charts: chartsOf(value).map((chart) => chartEntry(folder, value, chart)), inline }
}

/** A path as it is written in a file of `folder`, from the root of the tree; it may lead out of it (`../x`), a slash before it means nothing. */
export function pathFrom(folder: string, written: string): string {
  const path = posix.normalize(posix.join(folder, written.replace(/^\/+/, ''))).replace(/\/$/, '')
  return path === '.' ? '' : path
}

type Entry = { readonly role: Role; readonly field: string; readonly entry: unknown; readonly pointer: string }

function entriesOf(value: Mapping): readonly Entry[] {
  const openapi = isMapping(value['openapi']) ? value['openapi']['path'] : undefined
  const all = (role: Role, ...fields: readonly string[]) => fields.flatMap((field) => listed(value, field, role))
  const paths = (role: Role, ...fields: readonly string[]) => fields.flatMap((field) => pathsIn(value, field, role))
  return [
    ...all('resource', 'resources', 'bases', 'components'),
    ...all('patch', 'patches', 'patchesStrategicMerge'),
    ...paths('patch', 'patches', 'patchesJson6902'),
    ...all('patch', 'transformers', 'generators', 'validators'),
    ...paths('input', 'replacements'),
    { role: 'input', field: 'openapi', entry: openapi, pointer: '/openapi/path' },
    ...all('input', 'configurations', 'crds'),
    ...['configMapGenerator', 'secretGenerator'].flatMap((field) => generatorFiles(value, field)),
    ...chartsOf(value).flatMap(valuesFiles),
  ]
}

function listed(value: Mapping, field: string, role: Role): readonly Entry[] {
  return listOf(value[field]).map((entry, index) => ({ role, field, entry, pointer: below(below('', field), index) }))
}

function pathsIn(value: Mapping, field: string, role: Role): readonly Entry[] {
  return listOf(value[field]).flatMap((item, index) =>
    isMapping(item) ? [{ role, field, entry: item['path'], pointer: `${below(below('', field), index)}/path` }] : [],
  )
}

/** `files` may give a key before the path: `app.conf=files/app.conf`. */
function generatorFiles(value: Mapping, field: string): readonly Entry[] {
  return listOf(value[field]).flatMap((generator, index) => {
    if (!isMapping(generator)) return []
    const at = below(below('', field), index)
    const files = listOf(generator['files']).map((entry, file) => ({
      entry: typeof entry === 'string' ? entry.slice(entry.indexOf('=') + 1) : undefined,
      pointer: `${at}/files/${file}`,
    }))
    const envs = listOf(generator['envs']).map((entry, file) => ({ entry, pointer: `${at}/envs/${file}` }))
    return [...files, ...envs, { entry: generator['env'], pointer: `${at}/env` }].map((entry) => ({ role: 'input', field, ...entry }))
  })
}

type Chart = { readonly chart: Mapping; readonly field: string; readonly pointer: string }

function chartsOf(value: Mapping): readonly Chart[] {
  return ['helmCharts', 'helmChartInflationGenerator'].flatMap((field) =>
    listOf(value[field]).flatMap((chart, index) => (isMapping(chart) ? [{ chart, field, pointer: below(below('', field), index) }] : [])),
  )
}

function valuesFiles({ chart, field, pointer }: Chart): readonly Entry[] {
  const more = listOf(chart['additionalValuesFiles']).map((entry, index) => ({
    entry,
    pointer: `${pointer}/additionalValuesFiles/${index}`,
  }))
  return [
    { entry: chart['valuesFile'], pointer: `${pointer}/valuesFile` },
    { entry: chart['values'], pointer: `${pointer}/values` },
    ...more,
  ].map((entry) => ({ role: 'values', field, ...entry }))
}

function chartEntry(folder: string, value: Mapping, { chart, pointer }: Chart): ChartEntry {
  const text = (...keys: readonly string[]) => keys.map((key) => chart[key]).find((entry) => typeof entry === 'string' && entry !== '')
  const globals = isMapping(value['helmGlobals']) ? value['helmGlobals'] : {}
  const home = pathFrom(folder, String(text('chartHome') ?? globals['chartHome'] ?? 'charts'))
  const name = String(text('name', 'chartName') ?? '')
  const version = String(text('version', 'chartVersion') ?? '')
  const homes = [pathFrom(home, name), ...(version === '' ? [] : [pathFrom(home, `${name}-${version}/${name}`)])]
  return { name, repository: String(text('repo', 'chartRepoUrl') ?? ''), version, homes, pointer }
}

/** What kustomize clones or downloads: an address, a git remote, or a path that names a host and a revision. */
function isRemote(entry: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git::|^git@|^[\w.-]+@[\w.-]+:|\?(?:.*&)?(?:ref|version)=|^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:]/i.test(
    entry,
  )
}
