// Which entry of a kustomization decides a value: a patch, an image, a count of replicas, a generated literal, or what Argo CD and Flux add.

import { posix } from 'node:path'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import type { KustomizationTarget } from '../discover/target.ts'
import { keyOf, pointerOf } from '../finding/identity.ts'
import { secretsOf } from '../finding/sensitive.ts'
import { entriesIn, patchFields } from '../render/kustomization-entry.ts'
import { imageOf } from '../resource/image.ts'
import { isMapping, listOf, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { below, segmentsOf, valueAt } from '../text/pointer.ts'
import { positionAt } from '../text/position.ts'
import { type Asked, inPatch, type PlacedEntry } from './patch.ts'
import type { Sources } from './source.ts'
import { lineSpot, nearest, type Spot, siteIn, spotIn, withSite } from './spot.ts'

type EntryScene = { readonly target: KustomizationTarget; readonly sources: Sources }

/** The entry that gives the value, the outermost kustomization first, since it has the last word. Undefined where none does. */
export function decidingEntry(resource: Resource, pointer: string, base: Resource | undefined, scene: EntryScene): Spot | undefined {
  const asked: Asked = { resource, pointer, value: valueAt(resource.value, pointer), base }
  return (
    substitutionSpot(asked, scene) ??
    imageSpot(asked, scene) ??
    replicaSpot(asked, scene) ??
    patchSpot(asked, scene) ??
    generatorSpot(asked, scene)
  )
}

/** The entry that made the part in which a value is missing: of those that tell of it the innermost, since others only add to it. Undefined where none does. */
export function makingEntry(resource: Resource, holder: string, base: Resource | undefined, scene: EntryScene): Spot | undefined {
  const asked: Asked = { resource, pointer: holder, value: valueAt(resource.value, holder), base }
  const inside = filesOf(scene).toReversed()
  return (
    spotAmong([...entriesInFiles(inside, patchFields, scene.sources), ...addedEntries(patchFields, scene)], asked, scene) ??
    generatorSpot(asked, scene)
  )
}

/** The entries under the fields of every kustomization that the target reads, nearest to its root first, those of its root before all. */
function entriesOf(fields: readonly string[], scene: EntryScene): readonly PlacedEntry[] {
  return [...addedEntries(fields, scene), ...entriesInFiles(filesOf(scene), fields, scene.sources)]
}

/** What Argo CD and Flux add. */
function addedEntries(fields: readonly string[], { target }: EntryScene): readonly PlacedEntry[] {
  return target.overlay.filter(({ field }) => fields.includes(field)).map(({ value, at }) => ({ value, ...at, folder: target.folder }))
}

/** The kustomization files that the target reads, nearest to its root first. */
function filesOf({ target }: EntryScene): readonly string[] {
  return target.inputs.filter(isKustomizationName).sort((a, b) => distance(a, target.folder) - distance(b, target.folder))
}

function entriesInFiles(files: readonly string[], fields: readonly string[], sources: Sources): readonly PlacedEntry[] {
  return files.flatMap((path) =>
    sources.documents(path).flatMap((document) => {
      const { value: kustomization } = document.yaml
      if (!isMapping(kustomization)) return []
      return entriesIn({ document, value: kustomization }, fields).map(({ value, at }) => ({ value, ...at, folder: folderOf(path) }))
    }),
  )
}

/** The target's own folder has the last word, what it takes from elsewhere less. */
function distance(path: string, folder: string): number {
  const own = folderOf(path)
  return own === folder ? 0 : posix.relative(folder, own).split('/').length
}

function substitutionSpot({ base, pointer, resource, value }: Asked, { target, sources }: EntryScene): Spot | undefined {
  const key = base === undefined ? undefined : pointerOf(base.value, keyOf(resource.value, pointer, false), false)
  const written = key === undefined ? undefined : valueAt(base?.value, key)
  if (typeof written !== 'string' || !written.includes('${') || typeof value !== 'string') return undefined
  const used = target.substitutions?.find(({ name }) => new RegExp(`\\$\\{${name}[}:=-]`).test(written))
  return used === undefined ? undefined : spotIn(used.at.document, used.at.pointer, sources)
}

/** The entry of `images` that gives an image. It decides, even where the base says the same. */
export function imageSpot({ value, pointer, base, resource }: Asked, scene: EntryScene): Spot | undefined {
  if (typeof value !== 'string' || !pointer.endsWith('/image')) return undefined
  const key = base === undefined ? undefined : pointerOf(base.value, keyOf(resource.value, pointer, false), false)
  const written = key === undefined ? undefined : valueAt(base?.value, key)
  const before = typeof written === 'string' ? nameOfImage(written) : undefined
  for (const { value: entry, document, pointer: at } of entriesOf(['images'], scene)) {
    if (!isMapping(entry)) continue
    if (before !== undefined && entry['name'] !== before && entry['name'] !== written) continue
    const field = ['digest', 'newTag', 'newName'].find((name) => entry[name] !== undefined && value.includes(String(entry[name])))
    // Argo CD writes an image as one text.
    const place = field !== undefined && isMapping(valueAt(document.yaml.value, at)) ? below(at, field) : at
    if (field !== undefined) return withSite(spotIn(document, place, scene.sources), siteIn(document, place))
  }
  return undefined
}

/** What kustomize compares with `name`: the reference without its tag and digest. */
function nameOfImage(reference: string): string {
  const { registry, repository } = imageOf(reference)
  return registry === '' ? repository : `${registry}/${repository}`
}

function replicaSpot({ value, pointer, resource }: Asked, scene: EntryScene): Spot | undefined {
  if (pointer !== '/spec/replicas') return undefined
  const entry = entriesOf(['replicas'], scene).find(
    ({ value: one }) =>
      isMapping(one) && one['count'] === value && typeof one['name'] === 'string' && resource.id.name.includes(one['name']),
  )
  return entry === undefined ? undefined : spotIn(entry.document, below(entry.pointer, 'count'), scene.sources)
}

function patchSpot(asked: Asked, scene: EntryScene): Spot | undefined {
  return spotAmong(entriesOf(patchFields, scene), asked, scene)
}

function spotAmong(entries: readonly PlacedEntry[], asked: Asked, { sources }: EntryScene): Spot | undefined {
  for (const entry of entries) {
    const found = inPatch(entry, asked, sources)
    if (found !== undefined) return found
  }
  return undefined
}

/** A literal, a line of a file of variables, a file; where no entry holds the key, the entry that makes the object, which is only near. */
function generatorSpot({ resource, pointer }: Asked, scene: EntryScene): Spot | undefined {
  const { id } = resource
  if (id.kind !== 'ConfigMap' && id.kind !== 'Secret') return undefined
  const field = id.kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator'
  const makers = entriesOf([field], scene).filter(
    ({ value }) => isMapping(value) && typeof value['name'] === 'string' && id.name.includes(value['name']),
  )
  const key = segmentsOf(pointer).at(-1) ?? ''
  for (const maker of makers) {
    const spot = keySpot(maker, key, scene.sources)
    if (spot !== undefined) return spot
  }
  const [first] = makers
  if (first === undefined) return undefined
  const spot = spotIn(first.document, first.pointer, scene.sources)
  return { ...spot, location: nearest(spot.location) }
}

/** Where an entry of a generator gives a key. */
function keySpot({ value, document, pointer, folder }: PlacedEntry, key: string, sources: Sources): Spot | undefined {
  if (!isMapping(value)) return undefined
  const index = listOf(value['literals']).findIndex((literal) => String(literal).startsWith(`${key}=`))
  if (index >= 0) return spotIn(document, `${pointer}/literals/${index}`, sources)
  const path = generatedFrom(value, key)
  if (path !== undefined) return fileSpot(posix.join(folder, path), sources)
  for (const file of [...listOf(value['envs']), value['env']]) {
    const lines = typeof file === 'string' ? (sources.text(posix.join(folder, file))?.text.split('\n') ?? []) : []
    const line = lines.findLastIndex((text) => text.trimStart().startsWith(`${key}=`))
    if (line >= 0) return lineSpot(posix.join(folder, String(file)), line + 1, sources)
  }
  return undefined
}

/** In a file that is taken whole the line of the first credential, since that is what rules look for there. */
function fileSpot(path: string, sources: Sources): Spot {
  const text = sources.text(path)
  const [first] = text === undefined ? [] : secretsOf(text)
  return lineSpot(path, text === undefined || first === undefined ? undefined : positionAt(text.lineStarts, first.start).line, sources)
}

/** The file that becomes the value of a key: `key=path`, or a path that ends in the key. */
function generatedFrom({ files }: Mapping, key: string): string | undefined {
  const entries: readonly string[] = Array.isArray(files) ? files.map(String) : []
  const found = entries.find((entry) => entry.startsWith(`${key}=`) || entry === key || entry.endsWith(`/${key}`))
  return found?.slice(found.indexOf('=') + 1)
}
