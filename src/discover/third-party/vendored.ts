// Folders and files whose place says that they came from elsewhere: charts inside charts, packages, submodules, folders called so.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import { baseName, folderOf } from '../filename.ts'
import { type Ground, isFile, mappingAt } from '../ground.ts'
import { chartAt, inFolder, isSubChart } from '../helm/chart.ts'
import { pathFrom } from '../kustomization.ts'
import { type Component, claim } from './component.ts'
import { releaseNamed } from './release.ts'

type IsHere = (address: string) => boolean

/** By folder or file. What lies below a folder came with it, unless a deeper one says otherwise. */
export type Vendored = ReadonlyMap<string, readonly Component[]>

/** All places of a tree that came from elsewhere by what the files around them say. */
export function vendoredIn(ground: Ground, isHere: IsHere): Vendored {
  const found = new Map<string, Component[]>()
  const add = (place: string, made: Component) => found.set(place, [...(found.get(place) ?? []), made])
  for (const { path } of ground.tree.files) {
    const name = baseName(path)
    if (name === 'Chart.yaml') for (const made of chartClaims(folderOf(path), ground, isHere)) add(folderOf(path), made)
    if (name.endsWith('.tgz')) for (const made of archiveClaims(path, ground)) add(path, made)
    if (!isFile(ground, path)) continue
    for (const [place, made] of packagesOf[name]?.(path, ground, isHere) ?? []) add(place, made)
  }
  for (const { path, names } of ground.kustomizations.values()) {
    for (const { name, version, repository, homes } of names.charts) {
      const home = repository === '' ? undefined : homes.find((folder) => ground.charts.has(folder))
      const text = `${path} inflates ${name} of ${repository}`
      if (home !== undefined) add(home, claim({ kind: 'chart', path, text }, { name, version, source: repository }))
    }
  }
  return found
}

/** A chart below another chart's `charts/` which that one names as a dependency of somewhere else; or a chart that says it is of a repository of charts elsewhere. */
function chartClaims(folder: string, ground: Ground, isHere: IsHere): readonly Component[] {
  const chart = chartAt(folder, ground)
  if (chart === undefined) return []
  const { name, version } = chart
  if (isSubChart(folder, ground)) {
    const parent = folderOf(folderOf(folder))
    const asked = chartAt(parent, ground)?.dependencies.find((one) => one.name === name || one.alias === baseName(folder))
    if (asked === undefined || asked.repository === '' || asked.repository.startsWith('file:')) return []
    const path = inFolder(parent, 'Chart.yaml')
    return [
      claim({ kind: 'chart', path, text: `${path} takes ${name} from ${asked.repository}` }, { name, version, source: asked.repository }),
    ]
  }
  const path = inFolder(folder, 'Chart.yaml')
  const home = homesOf(path, ground)
  if (home.some(isHere)) return []
  const from = home.find((address) => isHomeOf(address, name))
  return from === undefined ? [] : [claim({ kind: 'chart', path, text: `${path} says it is of ${from}` }, { name, version, source: from })]
}

function homesOf(path: string, ground: Ground): readonly string[] {
  const value = mappingAt(ground, path) ?? {}
  return [value['home'], ...listOf(value['sources'])].flatMap((one) => (typeof one === 'string' ? [one] : []))
}

/** The repository on GitHub that most charts of a tree name, where there are several: nobody copies a whole repository of charts. */
export function homeOfCharts(ground: Ground): string | undefined {
  const counts = new Map<string, number>()
  for (const folder of ground.charts) {
    const homes = homesOf(inFolder(folder, 'Chart.yaml'), ground).flatMap(
      (address) => /^https:\/\/github\.com\/[\w.-]+\/[\w.-]*(?:charts?|helm)(?=[/]|$)/i.exec(address)?.[0] ?? [],
    )
    for (const home of new Set(homes)) counts.set(home, (counts.get(home) ?? 0) + 1)
  }
  return [...counts].find(([, count]) => count >= 10 || (count >= 3 && count * 2 > ground.charts.size))?.[0]
}

/** A repository of charts that holds one of this name, or the repository of a known release of this name. */
function isHomeOf(address: string, chart: string): boolean {
  const [, owner = '', repository = '', rest = ''] = /^https:\/\/github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(\/.*)?$/i.exec(address) ?? []
  if (owner === '') return false
  if (/charts?$/i.test(repository) && (rest === '' || baseName(rest.replace(/\/$/, '')) === chart))
    return rest !== '' || owner === 'bitnami'
  return releaseNamed(`${owner}/${repository}`)?.name === chart
}

/** A packed chart below `charts/`, with what the chart around it says of it. */
function archiveClaims(path: string, ground: Ground): readonly Component[] {
  const home = folderOf(path)
  const parent = folderOf(home)
  if (baseName(home) !== 'charts' || !ground.charts.has(parent)) return []
  const [, named = '', version = ''] = /([^/]+?)-(v?\d[^/]*)\.tgz$/.exec(path) ?? []
  const asked = chartAt(parent, ground)?.dependencies.find(({ name }) => name === named)
  if (asked?.repository.startsWith('file:') === true) return []
  const text = `${baseName(path)} is a packed chart`
  return [claim({ kind: 'chart', path, text }, { name: named || baseName(path), version, source: asked?.repository ?? '' })]
}

type Package = (path: string, ground: Ground, isHere: IsHere) => readonly (readonly [string, Component])[]

/** Files in which a tool writes what it took from where, by name. */
const packagesOf: Readonly<Record<string, Package>> = {
  Kptfile: kptPackage,
  'vendir.yml': vendirPackages,
  'vendir.yaml': vendirPackages,
  'jsonnetfile.lock.json': jsonnetPackages,
  '.gitmodules': submodules,
}

function kptPackage(path: string, ground: Ground, isHere: IsHere): ReturnType<Package> {
  const git = at(mappingAt(ground, path), 'upstream', 'git')
  const { repo, ref } = git
  if (typeof repo !== 'string' || isHere(repo)) return []
  const folder = folderOf(path)
  const text = `${path} names ${repo}`
  const name = baseName(folder) || repositoryName(repo)
  return [[folder, claim({ kind: 'package', path, text }, { name, version: words(ref), source: repo })]]
}

/** Contents that are local (`directory`, `manual`, `inline`) are the repository's own. */
function vendirPackages(path: string, ground: Ground, isHere: IsHere): ReturnType<Package> {
  return listOf(mappingAt(ground, path)?.['directories']).flatMap((directory) => {
    if (!isMapping(directory)) return []
    return listOf(directory['contents']).flatMap((content) => {
      if (!isMapping(content)) return []
      const { git, http, helmChart, githubRelease, image, imgpkgBundle } = content
      const asked = [git, http, helmChart, githubRelease, image, imgpkgBundle].find(isMapping)
      if (asked === undefined) return []
      const source = words(asked['url'] ?? asked['slug'] ?? asked['image'] ?? at(asked, 'repository')['url'])
      if (isHere(source)) return []
      const place = pathFrom(pathFrom(folderOf(path), words(directory['path'])), words(content['path']))
      const name = words(asked['name']) || (place === '' ? repositoryName(source) : baseName(place))
      const version = words(asked['ref'] ?? asked['tag'] ?? asked['version'])
      const text = `${path} fetches it from ${source}`
      return [[place, claim({ kind: 'package', path, text }, { name, version, source })] as const]
    })
  })
}

function jsonnetPackages(path: string, ground: Ground): ReturnType<Package> {
  return listOf(mappingAt(ground, path)?.['dependencies']).flatMap((entry) => {
    if (!isMapping(entry)) return []
    const git = at(entry, 'source', 'git')
    const source = words(git['remote'])
    if (source === '') return []
    const place = pathFrom(folderOf(path), `vendor/${source.replace(/^[a-z]+:\/\/|\.git$/g, '')}/${words(git['subdir'])}`)
    const text = `${path} locks ${source}`
    return [
      [place, claim({ kind: 'package', path, text }, { name: baseName(place), version: words(entry['version']).slice(0, 12), source })],
    ]
  })
}

function submodules(path: string, ground: Ground, isHere: IsHere): ReturnType<Package> {
  const bytes = ground.tree.read(path)
  const text = bytes === undefined ? '' : new TextDecoder().decode(bytes.subarray(0, 100_000))
  return text.split(/^\s*\[submodule\b/m).flatMap((section) => {
    const value = (key: string) => new RegExp(`^\\s*${key}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(section)?.[1]
    const [place, source] = [value('path'), value('url')]
    if (place === undefined || source === undefined || isHere(source)) return []
    const made = claim({ kind: 'package', path, text: `${path} names ${source}` }, { name: repositoryName(source), source })
    return [[pathFrom(folderOf(path), place), made] as const]
  })
}

const vendorFolder = /^(?:vendor|vendored|vendir|third[-_]?party)$/i
const wrapping =
  /^(?:base|bases|upstream|config|manifests?|components?|overlays?|kustomize|deploy|kubernetes|k8s|yaml|resources|install|files)$/i

/** A folder that says so by its name: what lies below `vendor/` bears the name of the folder in it, what lies below `upstream/` that of the folder around it. */
export function namedFolder(path: string): Component | undefined {
  const folders = folderOf(path).split('/')
  const depth = folders.findLastIndex((folder) => vendorFolder.test(folder) || folder === 'upstream')
  if (depth < 0) return undefined
  const place = folders.slice(0, depth + 1).join('/')
  const inside = folders.slice(depth + 1).find((folder) => !wrapping.test(folder)) ?? baseName(path).replace(/\.[^.]*$/, '')
  const around = folders.slice(0, depth).findLast((folder) => !wrapping.test(folder))
  const name = folders[depth] === 'upstream' ? (around ?? inside) : inside
  return claim({ kind: 'folder', path: place, text: `it lies in ${place}/` }, { name })
}

function at(value: unknown, ...keys: readonly string[]): Mapping {
  const found = keys.reduce<unknown>((inner, key) => (isMapping(inner) ? inner[key] : undefined), value)
  return isMapping(found) ? found : {}
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function repositoryName(address: string): string {
  return baseName(address.replace(/\/$/, '').replace(/\.git$/, '')) || address
}
