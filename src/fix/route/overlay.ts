// Changes put on top of what is not edited itself: by an entry for an image, a patch that is there, or a new one.

import { posix } from 'node:path'
import { folderOf } from '../../discover/filename.ts'
import { shownFolder } from '../../discover/ground.ts'
import { imageOf } from '../../resource/image.ts'
import { listOf } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import { baseOf } from '../../trace/base.ts'
import type { Sources } from '../../trace/source.ts'
import { type Change, isRefusal, type Json, type Refusal, refuse } from '../../yaml/change.ts'
import type { DocumentEdit, Edit } from '../fix.ts'
import { patchContent } from '../patch-content.ts'
import { contentChanges, type PatchContent, type Patched, patchText, speaksOf } from '../patch-entry.ts'
import { type Holder, holdersOf, type OverlayScene } from './holder.ts'

/** The changes on top of the object, by each place that could hold them. */
export function overlaysOf(changes: readonly Change[], resource: Resource, scene: OverlayScene): readonly (readonly Edit[] | Refusal)[] {
  if (isBeside(resource, scene)) return [refuse('the file itself stands beside its kustomization')]
  const holders = holdersOf(resource, scene)
  return holders.length === 0 ? [refuse(whyNone(resource, scene))] : holders.map((holder) => editsIn(holder, { changes, resource, scene }))
}

function whyNone({ document }: Resource, { target, takerOf, isForeign }: OverlayScene): string {
  const folder = target?.kind === 'kustomization' && target.elsewhere === undefined ? target.folder : undefined
  const taker = takerOf(folder ?? document.path)
  if (taker !== undefined && isForeign(taker)) return `${shownFolder(folderOf(taker))} takes it, which lies outside of what is mended here`
  if (target === undefined && taker !== undefined)
    return `${shownFolder(folderOf(taker))} takes it, which could not be rendered: that comes first`
  if (target === undefined || folder === undefined) return 'nothing of this repository could put a patch on top'
  return `${target.id} comes from there too: a kustomization of your own that takes ${shownFolder(folder)} could hold a patch`
}

type Wanted = { readonly changes: readonly Change[]; readonly resource: Resource; readonly scene: OverlayScene }

function editsIn(holder: Holder, { changes, resource, scene }: Wanted): readonly Edit[] | Refusal {
  const { path, document, start } = holder
  const made: readonly Edit[] = start === undefined ? [] : [{ path, start }]
  const image = imageEntry(changes, resource, scene, holder)
  if (image !== undefined) return [...made, { path, document, change: { op: 'merge', pointer: '', value: { images: [image] } } }]
  const content = patchContent(changes, resource)
  if (isRefusal(content)) return content
  const object = patchedObject(resource, holder, scene)
  return [
    ...made,
    ...(inPatchFile(content, object, holder, scene) ?? [
      { path, document, change: { op: 'patch', pointer: holder.pointer, object, content } },
    ]),
  ]
}

/** Nobody patches a file of their own in its own folder. */
function isBeside({ document: { path } }: Resource, { target, sources, isForeign }: OverlayScene): boolean {
  return target?.kind === 'kustomization' && folderOf(path) === target.folder && sources.text(path) !== undefined && !isForeign(path)
}

/** The object as its own file names it, which is how a patch finds it; of what has no file here, as it is applied. */
function patchedObject(resource: Resource, { isTakenOften = false }: Holder, { sources, target }: OverlayScene): Patched {
  const before = resource.document.rendering?.before
  const written = before === undefined ? undefined : valueAt(before.yaml.value, resource.base)
  const base = target?.kind === 'kustomization' ? baseOf(resource, sources)?.value : written
  const own = isTakenOften ? undefined : base
  const { id, apiVersion } = resource
  const namespace = valueAt(own ?? resource.value, '/metadata/namespace')
  const name = valueAt(own, '/metadata/name')
  return {
    apiVersion,
    kind: id.kind,
    namespace: typeof namespace === 'string' ? namespace : '',
    name: typeof name === 'string' ? name : id.name,
    applied: { namespace: id.namespace, name: id.name },
  }
}

/** The entry of `images` that comes to a change of one image. */
function imageEntry(
  changes: readonly Change[],
  resource: Resource,
  { sources, target }: OverlayScene,
  { kustomization }: Holder,
): Json | undefined {
  const [change, ...others] = changes
  if (change?.op !== 'set' || others.length > 0 || kustomization === undefined) return undefined
  if (!change.pointer.endsWith('/image') || typeof change.value !== 'string') return undefined
  const base = target?.kind === 'kustomization' ? baseOf(resource, sources) : undefined
  const before = valueAt((base ?? resource).value, change.pointer)
  if (typeof before !== 'string') return undefined
  const [old, wanted] = [imageOf(before), imageOf(change.value)]
  const nameOf = ({ registry, repository }: typeof old) => (registry === '' ? repository : `${registry}/${repository}`)
  return {
    name: nameOf(old),
    ...(nameOf(old) === nameOf(wanted) ? {} : { newName: nameOf(wanted) }),
    ...(wanted.tag === '' || wanted.tag === old.tag ? {} : { newTag: wanted.tag }),
    ...(wanted.digest === '' ? {} : { digest: wanted.digest }),
  }
}

/** In the file of a patch that is there for the object, or in a new one where the kustomization keeps its patches in files. */
function inPatchFile(
  content: PatchContent,
  object: Patched,
  holder: Holder,
  { sources, isForeign }: OverlayScene,
): readonly Edit[] | undefined {
  const folder = folderOf(holder.path)
  const files = patchFiles(holder.kustomization, folder).filter(({ path }) => !isForeign(path))
  for (const { path, target } of files)
    for (const { text, index, yaml } of sources.documents(path))
      if (speaksOf(text.slice(yaml.span.start, yaml.span.end), target, object, content))
        return contentChanges(content).map((change): DocumentEdit => ({ path, document: index, change }))
  const last = files.at(-1)
  if (last === undefined || content.kind !== 'merge') return undefined
  const path = freePath(folderOf(last.path), object, sources)
  const entry: Json = last.field === 'patches' ? { path: posix.relative(folder, path) } : posix.relative(folder, path)
  return [
    { path, start: patchText(object, { kind: 'merge', value: {} }) },
    ...contentChanges(content).map((change): DocumentEdit => ({ path, document: 0, change })),
    { path: holder.path, document: holder.document, change: { op: 'append', pointer: `/${last.field}`, value: entry } },
  ]
}

type PatchFile = { readonly path: string; readonly field: 'patches' | 'patchesStrategicMerge'; readonly target: unknown }

function patchFiles(kustomization: unknown, folder: string): readonly PatchFile[] {
  const fileOf = (field: PatchFile['field'], path: unknown, target: unknown): readonly PatchFile[] =>
    typeof path === 'string' && !path.includes('\n') ? [{ path: posix.normalize(posix.join(folder, path)), field, target }] : []
  return [
    ...listOf(valueAt(kustomization, '/patches')).flatMap((entry) => fileOf('patches', valueAt(entry, '/path'), valueAt(entry, '/target'))),
    ...listOf(valueAt(kustomization, '/patchesStrategicMerge')).flatMap((entry) => fileOf('patchesStrategicMerge', entry, undefined)),
  ]
}

function freePath(folder: string, { kind, name }: Patched, sources: Sources): string {
  const stem = `${kind.toLowerCase()}-${name.toLowerCase().replace(/[^a-z0-9.-]+/g, '-')}`
  const names = [`${stem}.yaml`, `${stem}-patch.yaml`]
  return posix.join(folder, names.find((one) => sources.text(posix.join(folder, one)) === undefined) ?? `${stem}-overlay.yaml`)
}
