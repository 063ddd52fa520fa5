// Entries of a kustomization that match nothing of what it takes. Kustomize passes them over without a word: after a new version of what it takes, a pin or a restriction is gone.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import { idleEntry, type Problem } from '../discover/graph.ts'
import type { KustomizationTarget, Place } from '../discover/target.ts'
import { locateIn } from '../resource/locate.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { textAt } from './files.ts'
import { entriesIn } from './kustomization-entry.ts'
import { isMeant, patchedBy } from './patch.ts'

/** `resources`: all that the target became. Of its own file and of what its root adds; what cannot be told for certain (patterns, objects that are taken away) is passed over. */
export function idleEntries(target: KustomizationTarget, resources: readonly Resource[], tree: Tree): readonly Problem[] {
  const own = target.covers.filter((path) => isKustomizationName(path) && folderOf(path) === target.folder)
  const entries = [...own.flatMap((path) => entriesIn(path, tree, ['images', 'patches'])), ...target.overlay]
  const textOf = (path: string) => textAt(tree, posix.join(target.folder, path))
  // The root's come after those of the file, and may give an image yet another name.
  const added = target.overlay.filter(({ field }) => field === 'images')
  const images = added.length > 0 ? added : entries.filter(({ field }) => field === 'images')
  const names = images.length === 0 ? new Set<string>() : new Set(resources.flatMap(({ value }) => imagesIn(value)))
  return [
    ...images.flatMap((entry) => {
      const name = idleImage(entry.value, names)
      return name === undefined ? [] : [problemOf(target, entry.at, `images that no image matches, ${name}`)]
    }),
    ...entries.flatMap(({ field, value, at }) => {
      const name = field === 'patches' ? idlePatch(value, resources, textOf) : undefined
      return name === undefined ? [] : [problemOf(target, at, `patches that no object matches, ${name}`)]
    }),
  ]
}

/** The name of an entry of `images` under which, or under whose new name, nothing comes out. */
function idleImage(entry: unknown, names: ReadonlySet<string>): string | undefined {
  if (!isMapping(entry) || typeof entry['name'] !== 'string' || !/^[\w./:-]+$/.test(entry['name'])) return undefined
  const { name, newName } = entry
  return names.has(typeof newName === 'string' ? newName : name) ? undefined : name
}

/** Every image that an object names, without tag and digest. */
function imagesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn)
  if (!isMapping(value)) return []
  return Object.entries(value).flatMap(([key, held]) =>
    key === 'image' && typeof held === 'string' ? [held.replace(/@.*$/, '').replace(/:[^:/]*$/, '')] : imagesIn(held),
  )
}

/** What a patch with a target means, where no object is of that kind and name. One without a target has to find its object, or nothing is built. */
function idlePatch(entry: unknown, resources: readonly Resource[], textOf: (path: string) => string | undefined): string | undefined {
  if (!isMapping(entry) || !isMapping(entry['target']) || entry['options'] !== undefined) return undefined
  const [patched] = patchedBy(entry, textOf)
  if (patched?.name === undefined || isTakenAway(patched.sets) || resources.some(({ id }) => isMeant(id, patched))) return undefined
  return `${patched.kind} ${patched.name}`
}

/** Whether the object is not there afterwards, or not under its name: a JSON Patch can give it another, what looks like an object itself cannot. */
function isTakenAway({ $patch, apiVersion, kind, metadata }: Mapping): boolean {
  const isNamed = kind !== undefined || (isMapping(metadata) && metadata['name'] !== undefined)
  return $patch !== undefined || (isNamed && apiVersion === undefined)
}

function problemOf({ id, root }: KustomizationTarget, { document, pointer }: Place, what: string): Problem {
  return {
    code: idleEntry,
    ...(document.rendering === undefined
      ? { path: document.path, line: locateIn(document, pointer).range.start.line }
      : { path: root.path }),
    target: id,
    message: `${id} has an entry of ${what}: what it should change is nowhere to be seen`,
    hint: 'Name what is there now, or take the entry away.',
  }
}
