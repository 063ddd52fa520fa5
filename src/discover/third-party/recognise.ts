// Which objects and files of a tree are of this repository, and which came from elsewhere, with what shows it.

import type { Resource } from '../../resource/resource.ts'
import { baseName, folderOf } from '../filename.ts'
import type { Ground } from '../ground.ts'
import { chartAt, inFolder } from '../helm/chart.ts'
import { normalRepository } from '../repository.ts'
import { globOf, pathIn, type Settings } from '../selection.ts'
import { type Component, claim, joined } from './component.ts'
import { type FileOrigin, originOf } from './file.ts'
import { type Own, objectClaims } from './object.ts'
import { homeOfCharts, namedFolder, type Vendored, vendoredIn } from './vendored.ts'

/** Undefined: of this repository, as far as anything shows. */
export type Recognised = {
  readonly ofObject: (resource: Resource) => Component | undefined
  /** The file as a whole: what this repository does not edit. */
  readonly ofFile: (path: string) => Component | undefined
}

/** What is recognised in a tree, with what the policy says of it and the addresses by which the run knows it. A file is read only when it is asked about. */
export function recognise(ground: Ground, settings: Settings): Recognised {
  const here = once(() => hereBy(ground, settings.origins ?? []))
  const isHere = (address: string) => here()(address)
  const vendored = once(() => vendoredIn(ground, isHere))
  const charts = once(() => ownCharts(ground, vendored()))
  const own: Own = { isHere, isChart: (name) => charts().has(name) }
  const said = saidBy(settings)
  const files = new Map<string, FileOrigin>()
  const origin = (path: string): FileOrigin => {
    const known = files.get(path) ?? originOf(path, placesOf(path, vendored()), { ground, own })
    files.set(path, known)
    return known
  }
  const ofFile = (path: string): Component | undefined => {
    const word = said(path)
    return word === 'own' ? undefined : (word ?? origin(path).whole)
  }
  const ofObject = (resource: Resource): Component | undefined => {
    const { path, rendering, index } = resource.document
    if (said(path) === 'own') return undefined
    if (rendering?.fetched !== undefined && isHere(rendering.fetched.source)) return undefined
    if (rendering?.fetched !== undefined) return claim({ kind: 'fetched', path, text: 'it is fetched from there' }, rendering.fetched)
    const whole = ofFile(path)
    if (whole !== undefined || rendering === undefined) return whole ?? origin(path).documents.get(index)
    // What a template of this repository writes is of this repository, whatever it is called.
    const { by } = rendering.before?.rendering ?? rendering
    return by === 'kustomization' ? joined(objectClaims(resource, own)) : undefined
  }
  return { ofFile, ofObject }
}

/** What the folders around a path say: the deepest that says anything, then the names of folders. */
function placesOf(path: string, vendored: Vendored): readonly Component[] {
  let place = path
  while (place !== '' && !vendored.has(place)) place = folderOf(place)
  const named = namedFolder(path)
  return [...(vendored.get(place) ?? []), ...(named === undefined ? [] : [named])]
}

function ownCharts(ground: Ground, vendored: Vendored): ReadonlySet<string> {
  const own = [...ground.charts].filter((folder) => placesOf(inFolder(folder, 'Chart.yaml'), vendored).length === 0)
  return new Set(own.flatMap((folder) => chartAt(folder, ground)?.name ?? []))
}

/** Whether an address is of this repository: one that the run knows, the module that its go.mod names, or the repository that most of its charts say they are of. */
function hereBy(ground: Ground, origins: readonly string[]): (address: string) => boolean {
  const module = /^module\s+(\S+)/m.exec(new TextDecoder().decode(ground.tree.read('go.mod') ?? new Uint8Array()))?.[1]
  const charts = origins.length === 0 ? homeOfCharts(ground) : undefined
  const known = [...origins, module, charts].flatMap((one) => (one === undefined ? [] : [normalRepository(one)]))
  return (address) => {
    const bare = normalRepository(address.replace(/^https:\/\/raw\.githubusercontent\.com\//i, 'https://github.com/'))
    return known.some((one) => bare === one || bare.startsWith(`${one}/`))
  }
}

/** What the policy says of a path: it is ours, or a component that bears the name of its folder. */
function saidBy({ thirdParty, root }: Settings): (path: string) => Component | 'own' | undefined {
  const ours = (thirdParty?.own ?? []).map(globOf)
  const theirs = (thirdParty?.paths ?? []).map((glob) => ({ glob, matches: globOf(glob) }))
  return (whole) => {
    const path = pathIn(whole, root)
    if (path === undefined) return undefined
    if (ours.some((matches) => matches(path))) return 'own'
    const hit = theirs.find(({ matches }) => matches(path))
    if (hit === undefined) return undefined
    const fixed = hit.glob.replace(/\/?[^/]*[*?[{].*$/, '')
    const name = path.slice(fixed === '' ? 0 : fixed.length + 1).split('/')[0] ?? ''
    const isFolder = path.slice(fixed.length + 1).includes('/')
    const text = `the configuration names ${hit.glob}`
    return claim({ kind: 'policy', path: whole, text }, { name: isFolder && name !== '' ? name : baseName(fixed === '' ? path : fixed) })
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
