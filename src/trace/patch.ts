// Whether a patch gives a value, and where in the patch it stands.

import { posix } from 'node:path'
import { keyOf, pointerOf } from '../finding/identity.ts'
import type { Document } from '../resource/document.ts'
import { isMapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { below, valueAt } from '../text/pointer.ts'
import { blockSpot } from './block.ts'
import { same } from './same.ts'
import { documentOf, type Sources } from './source.ts'
import { type Spot, siteIn, siteWithin, spotIn, withSite } from './spot.ts'

/** What is asked: the value at a place of an object as it was built, and the object as its file has it. */
export type Asked = { readonly resource: Resource; readonly pointer: string; readonly value: unknown; readonly base: Resource | undefined }

/** An item of a list in a kustomization and where it is written; paths in it start at `folder`. */
export type PlacedEntry = { readonly value: unknown; readonly document: Document; readonly pointer: string; readonly folder: string }

/** Where the patch of an entry of `patches` (or of the older fields) gives the value that is asked for. */
export function inPatch(entry: PlacedEntry, asked: Asked, sources: Sources): Spot | undefined {
  for (const { document, placed } of patchTexts(entry, sources)) {
    const found = inMerge(document, asked) ?? inOperations(document, asked)
    if (found !== undefined) return placed(found)
  }
  return undefined
}

type PatchText = { readonly document: Document; readonly placed: (pointer: string) => Spot }

/** The documents of a patch: in a file, in a block of text, or in place. */
function patchTexts({ value, document, pointer, folder }: PlacedEntry, sources: Sources): readonly PatchText[] {
  const inFile = (path: string) =>
    sources
      .documents(posix.normalize(posix.join(folder, path)))
      .map((own) => ({ document: own, placed: (at: string) => withSite(spotIn(own, at, sources), siteIn(own, at)) }))
  const inBlock = (text: string, at: string) => {
    const inner = documentOf(document.path, text)
    return inner === undefined
      ? []
      : [
          {
            document: inner,
            placed: (inside: string) =>
              withSite(blockSpot({ document, pointer: at }, inner, inside, sources), siteWithin({ document, pointer: at }, inner, inside)),
          },
        ]
  }
  if (typeof value === 'string') return value.includes('\n') ? inBlock(value, pointer) : inFile(value)
  if (!isMapping(value)) return []
  if (typeof value['path'] === 'string') return inFile(value['path'])
  return typeof value['patch'] === 'string' ? inBlock(value['patch'], below(pointer, 'patch')) : []
}

/** A strategic merge patch: a part of the object, its list items named by their keys. */
function inMerge({ yaml }: Document, { resource, pointer, value }: Asked): string | undefined {
  if (!isMapping(yaml.value) || value === undefined) return undefined
  const kind = yaml.value['kind']
  if (typeof kind === 'string' && kind !== resource.id.kind) return undefined
  const there = pointerOf(yaml.value, keyOf(resource.value, pointer, false), false)
  if (there === undefined) return undefined
  // Of a whole part only a piece may come from the patch, and other entries may change it afterwards.
  const own = valueAt(yaml.value, there)
  return (isMapping(value) ? isMapping(own) : same(own, value)) ? there : undefined
}

/** JSON Patch (RFC 6902): an operation at the place or above it. */
function inOperations({ yaml }: Document, { pointer, value }: Asked): string | undefined {
  if (!Array.isArray(yaml.value) || value === undefined) return undefined
  const operations: readonly unknown[] = yaml.value
  for (const [index, operation] of [...operations.entries()].reverse()) {
    if (!isMapping(operation) || typeof operation['path'] !== 'string') continue
    const rest = restBelow(operation['path'], pointer)
    if (rest !== undefined && gives(valueAt(operation['value'], rest), value)) return `/${index}/value${rest}`
  }
  return undefined
}

/** Whether what an operation puts there is what came out; other entries may have changed parts of it afterwards, but not its name. */
function gives(own: unknown, value: unknown): boolean {
  return isMapping(value) ? isMapping(own) && same(own['name'], value['name']) : same(own, value)
}

/** What of `pointer` lies below `path`; `-` is an item at the end of its list. */
function restBelow(path: string, pointer: string): string | undefined {
  if (path.endsWith('/-')) {
    const list = path.slice(0, -1)
    return pointer.startsWith(list) ? pointer.slice(list.length).replace(/^\d+/, '') : undefined
  }
  return pointer === path || pointer.startsWith(`${path}/`) ? pointer.slice(path.length) : undefined
}
