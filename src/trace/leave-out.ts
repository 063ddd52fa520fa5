// Which entry of a kustomization decides a value, found by leaving one out after the other and building again.

import { posix } from 'node:path'
import { editedTree } from '../change/edited.ts'
import type { Tree } from '../change/tree.ts'
import { isKustomizationName } from '../discover/filename.ts'
import type { KustomizationTarget } from '../discover/target.ts'
import { keyOf, pointerOf } from '../finding/identity.ts'
import type { Rendered } from '../render/rendered.ts'
import type { Document } from '../resource/document.ts'
import { isMapping } from '../resource/read.ts'
import { nameOf } from '../resource/resource.ts'
import { below, segmentsOf, valueAt } from '../text/pointer.ts'
import type { Ask } from './candidate.ts'
import type { Sources } from './source.ts'
import { type Spot, spotIn } from './spot.ts'

export type BuildScene = {
  readonly target: KustomizationTarget
  readonly tree: Tree
  readonly sources: Sources
  readonly build: (tree: Tree) => Promise<Rendered>
}

/** Entries that are tried in one target, those of the outermost kustomization first. */
const mostEntries = 16

const fields = [
  ...['patches', 'patchesStrategicMerge', 'patchesJson6902', 'replacements', 'transformers', 'components', 'images', 'replicas'],
  ...['vars', 'labels', 'configurations'],
]

type Entry = { readonly document: Document; readonly field: string; readonly index: number; readonly value: unknown }

/** For each place that an entry was found for, where that entry stands, or the line of its patch where there is only one that can be meant. */
export async function leaveOut(asks: readonly Ask[], scene: BuildScene): Promise<ReadonlyMap<Ask, Spot>> {
  const found = new Map<Ask, Spot>()
  for (const entry of entriesOf(scene).slice(0, mostEntries)) {
    if (asks.every((ask) => found.has(ask))) break
    const rendered = await scene.build(without(entry, scene.tree))
    if (rendered.failed) continue
    for (const ask of asks) if (!found.has(ask) && isChanged(ask, rendered)) found.set(ask, spotOf(entry, ask, scene.sources))
  }
  return found
}

function entriesOf({ target, sources }: BuildScene): readonly Entry[] {
  const files = target.inputs.filter(isKustomizationName)
  const depth = (path: string) =>
    posix.dirname(path) === target.folder ? 0 : posix.relative(target.folder, posix.dirname(path)).split('/').length
  return [...files]
    .sort((a, b) => depth(a) - depth(b))
    .flatMap((path) => sources.documents(path))
    .flatMap((document) =>
      fields.flatMap((field) => {
        const list = valueAt(document.yaml.value, `/${field}`)
        return Array.isArray(list) ? list.map((value: unknown, index) => ({ document, field, index, value })) : []
      }),
    )
}

/** The tree with a kustomization that lacks one entry. */
function without({ document, field, index }: Entry, tree: Tree): Tree {
  const value = isMapping(document.yaml.value) ? document.yaml.value : {}
  const list: readonly unknown[] = Array.isArray(value[field]) ? value[field] : []
  const text = JSON.stringify({ ...value, [field]: list.filter((_, at) => at !== index) })
  return editedTree(tree, new Map([[document.path, text]]))
}

function isChanged({ resource, pointer }: Ask, { resources }: Rendered): boolean {
  const seen = resources.find(({ id }) => nameOf(id) === nameOf(resource.id))
  if (seen === undefined) return false
  const there = pointerOf(seen.value, keyOf(resource.value, pointer, false), false)
  return JSON.stringify(there === undefined ? undefined : valueAt(seen.value, there)) !== JSON.stringify(valueAt(resource.value, pointer))
}

function spotOf({ document, field, index, value }: Entry, ask: Ask, sources: Sources): Spot {
  const path = typeof value === 'string' ? value : isMapping(value) && typeof value['path'] === 'string' ? value['path'] : undefined
  const inside = path === undefined ? [] : placesIn(sources.documents(posix.normalize(posix.join(posix.dirname(document.path), path))), ask)
  const [only] = inside
  if (only !== undefined && inside.length === 1) return spotIn(only.document, only.pointer, sources)
  const spot = spotIn(document, `/${field}/${index}`, sources)
  return { ...spot, location: { ...spot.location, precision: 'nearest' } }
}

/** Where a patch holds the value that is asked for, under the same key. */
function placesIn(
  documents: readonly Document[],
  { resource, pointer }: Ask,
): readonly { readonly document: Document; readonly pointer: string }[] {
  const key = segmentsOf(pointer).at(-1)
  const value = JSON.stringify(valueAt(resource.value, pointer))
  const places: { document: Document; pointer: string }[] = []
  const walk = (document: Document, node: unknown, at: string): void => {
    if (node === null || typeof node !== 'object') return
    for (const [name, child] of Object.entries(node)) {
      if (name === key && JSON.stringify(child) === value) places.push({ document, pointer: below(at, name) })
      walk(document, child, below(at, name))
    }
  }
  for (const document of documents) walk(document, document.yaml.value, '')
  return places
}
