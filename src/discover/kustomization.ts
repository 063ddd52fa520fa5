// What a kustomization names: the files it takes as objects, as patches and as other input.

import { posix } from 'node:path'
import { asObject, groupOf, isMapping, type Mapping } from '../resource/read.ts'
import { folderOf } from './filename.ts'

/** How a kustomization uses a file. */
export type Role = 'resource' | 'patch' | 'input' | 'values'

export type Reference = { readonly role: Role; readonly path: string }

/** What a kustomization names: files or folders of the tree, what would have to be fetched, and how many patches stand in it in place. */
export type Names = { readonly references: readonly Reference[]; readonly remote: readonly string[]; readonly inline: number }

/** Whether a value is the configuration of kustomize, in a file of that name (where kind and version may be missing) or in another. Flux's object of the same kind is not. */
export function isKustomization(value: unknown, named: boolean): value is Mapping {
  if (!isMapping(value)) return false
  const object = asObject({ base: '', value })
  if (object === undefined) return named && !Object.hasOwn(value, 'metadata') && !Array.isArray(value['items'])
  return groupOf(object.apiVersion) === 'kustomize.config.k8s.io'
}

/** Everything that the kustomization at `path` names, in its order. */
export function namesIn(path: string, value: Mapping): Names {
  const folder = folderOf(path)
  const references: Reference[] = []
  const remote: string[] = chartsOf(value).flatMap((chart) =>
    isMapping(chart) && typeof chart['name'] === 'string' ? [`chart ${chart['name']}`] : [],
  )
  let inline = ['patches', 'patchesJson6902']
    .flatMap((field) => listOf(value[field]))
    .filter((patch) => isMapping(patch) && Object.hasOwn(patch, 'patch')).length
  for (const { role, entry } of entriesOf(value)) {
    if (entry.trim() === '') continue
    if (entry.includes('\n')) inline += role === 'patch' ? 1 : 0
    else if (isRemote(entry)) remote.push(entry)
    else references.push({ role, path: posix.normalize(posix.join(folder, entry)).replace(/\/$/, '') })
  }
  return { references, remote, inline }
}

type Entry = { readonly role: Role; readonly entry: string }

function entriesOf(value: Mapping): readonly Entry[] {
  const openapi = isMapping(value['openapi']) ? [value['openapi']] : []
  const generators = [...listOf(value['configMapGenerator']), ...listOf(value['secretGenerator'])]
  return [
    ...all(
      'resource',
      ['resources', 'bases', 'components'].flatMap((field) => listOf(value[field])),
    ),
    ...all(
      'patch',
      ['patches', 'patchesStrategicMerge'].flatMap((field) => listOf(value[field])),
    ),
    ...all('patch', pathsOf(['patches', 'patchesJson6902'].flatMap((field) => listOf(value[field])))),
    ...all(
      'patch',
      ['transformers', 'generators', 'validators'].flatMap((field) => listOf(value[field])),
    ),
    ...all('input', pathsOf([...listOf(value['replacements']), ...openapi])),
    ...all('input', listOf(value['configurations'])),
    ...all('input', generators.flatMap(generatorFiles)),
    ...all('values', chartsOf(value).flatMap(valuesFiles)),
  ]
}

function chartsOf(value: Mapping): readonly unknown[] {
  return [...listOf(value['helmCharts']), ...listOf(value['helmChartInflationGenerator'])]
}

function all(role: Role, entries: readonly unknown[]): readonly Entry[] {
  return entries.flatMap((entry) => (typeof entry === 'string' ? [{ role, entry }] : []))
}

function pathsOf(entries: readonly unknown[]): readonly unknown[] {
  return entries.map((entry) => (isMapping(entry) ? entry['path'] : undefined))
}

/** `files` may give a key before the path: `app.conf=files/app.conf`. */
function generatorFiles(generator: unknown): readonly unknown[] {
  if (!isMapping(generator)) return []
  const files = listOf(generator['files']).map((entry) => (typeof entry === 'string' ? entry.slice(entry.indexOf('=') + 1) : undefined))
  return [...files, ...listOf(generator['envs']), generator['env']]
}

function valuesFiles(chart: unknown): readonly unknown[] {
  if (!isMapping(chart)) return []
  return [chart['valuesFile'], chart['values'], ...listOf(chart['additionalValuesFiles'])]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What kustomize clones or downloads: an address, a git remote, or a path that names a host and a revision. */
function isRemote(entry: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git::|^git@|^[\w.-]+@[\w.-]+:|\?(?:.*&)?(?:ref|version)=|^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:]/i.test(
    entry,
  )
}
