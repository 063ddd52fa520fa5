// Entries of a kustomization that match nothing of what it takes. Kustomize passes them over without a word: after a new version of what it takes, a pin or a restriction is gone.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { folderOf, isKustomizationName } from '../discover/filename.ts'
import { idleEntry, type Problem } from '../discover/graph.ts'
import { shownFolder } from '../discover/ground.ts'
import { isComponent } from '../discover/kustomization.ts'
import type { KustomizationTarget, Place } from '../discover/target.ts'
import { locateIn } from '../resource/locate.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { valueAt } from '../text/pointer.ts'
import { textAt } from './files.ts'
import { type Entry, entriesIn, kustomizationAt } from './kustomization-entry.ts'
import { isMeant, type Patched, patchedBy } from './patch.ts'

/**
 * `resources`: all that the target became. Of its own file, of those of its bases and of what its root adds; what cannot be told for certain (patterns, objects that are taken away) is passed over, and
 * components are, since they may be meant for others.
 */
export function idleEntries(target: KustomizationTarget, resources: readonly Resource[], tree: Tree): readonly Problem[] {
  const entries = [...target.covers.filter(isKustomizationName).flatMap((path) => entriesOf(path, target, tree)), ...addedTo(target, tree)]
  // The root's come after those of the files, and may give an image yet another name.
  const added = target.overlay.filter(({ field }) => field === 'images')
  const images = entries.filter(
    ({ field, value }) => field === 'images' && (added.length === 0 || added.some((one) => one.value === value)),
  )
  const names = images.length === 0 ? new Set<string>() : new Set(resources.flatMap(({ value }) => imagesIn(value)))
  const patches = entries.filter(({ field }) => field === 'patches')
  const gone = new Set(patches.flatMap(({ patched }) => patched.filter(({ sets }) => isTakenAway(sets)).map(nameOf)))
  return [
    ...images.flatMap(({ value, at, of }) => {
      const name = idleImage(value, names)
      const isRenamed = images.some((other) => other.value !== value && valueAt(other.value, '/name') === outcomeOf(value))
      return name === undefined || isRenamed ? [] : [problemOf(of, at, `images that no image matches, ${name}`)]
    }),
    ...patches.flatMap(({ value, at, of, patched }) => {
      const name = idlePatch(value, patched, resources)
      return name === undefined || gone.has(name) ? [] : [problemOf(of, at, `patches that no object matches, ${name}`)]
    }),
  ]
}

type Told = Entry & { readonly patched: readonly Patched[]; readonly of: Teller }

/** In whose words an entry is told: those of its kustomization. */
type Teller = { readonly id: string; readonly target: KustomizationTarget }

function entriesOf(path: string, target: KustomizationTarget, tree: Tree): readonly Told[] {
  const folder = folderOf(path)
  const of = { id: folder === target.folder ? target.id : `kustomization ${shownFolder(folder)}`, target }
  const kustomization = kustomizationAt(path, tree)
  if (kustomization === undefined || isComponent(kustomization.value)) return []
  return entriesIn(kustomization, ['images', 'patches']).map((entry) => ({ ...entry, of, patched: patchedIn(entry, folder, tree) }))
}

function addedTo(target: KustomizationTarget, tree: Tree): readonly Told[] {
  return target.overlay.map((entry) => ({ ...entry, of: { id: target.id, target }, patched: patchedIn(entry, target.folder, tree) }))
}

function patchedIn({ field, value }: Entry, folder: string, tree: Tree): readonly Patched[] {
  return field === 'patches' ? patchedBy(value, (path) => textAt(tree, posix.join(folder, path))) : []
}

/** The name of an entry of `images` under which, or under whose new name, nothing comes out. */
function idleImage(entry: unknown, names: ReadonlySet<string>): string | undefined {
  if (!isMapping(entry) || typeof entry['name'] !== 'string' || !/^[\w./:-]+$/.test(entry['name'])) return undefined
  return names.has(outcomeOf(entry)) ? undefined : entry['name']
}

/** The name that an image has behind an entry. */
function outcomeOf(entry: unknown): string {
  const newName = valueAt(entry, '/newName')
  return String(typeof newName === 'string' ? newName : valueAt(entry, '/name'))
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
function idlePatch(entry: unknown, [patched]: readonly Patched[], resources: readonly Resource[]): string | undefined {
  if (!isMapping(entry) || !isMapping(entry['target']) || entry['options'] !== undefined) return undefined
  if (patched?.name === undefined || isTakenAway(patched.sets) || resources.some(({ id }) => isMeant(id, patched))) return undefined
  return nameOf(patched)
}

function nameOf({ kind, name = '' }: Patched): string {
  return `${kind} ${name}`
}

/** Whether the object is not there afterwards, or not under its name: a JSON Patch can give it another, what looks like an object itself cannot. */
function isTakenAway({ $patch, apiVersion, kind, metadata }: Mapping): boolean {
  const isNamed = kind !== undefined || (isMapping(metadata) && metadata['name'] !== undefined)
  return $patch !== undefined || (isNamed && apiVersion === undefined)
}

function problemOf({ id, target }: Teller, { document, pointer }: Place, what: string): Problem {
  return {
    code: idleEntry,
    ...(document.rendering === undefined
      ? { path: document.path, line: locateIn(document, pointer).range.start.line }
      : { path: target.root.path }),
    target: target.id,
    message: `${id} has an entry of ${what}: what it should change is nowhere to be seen`,
    hint: 'Name what is there now, or take the entry away.',
  }
}
