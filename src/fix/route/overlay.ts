// Changes put on top of what is not edited itself: by an entry for an image, a patch that is there, or a new one.

import { posix } from 'node:path'
import { isBelow } from '../../change/subtree.ts'
import { folderOf, isKustomizationName } from '../../discover/filename.ts'
import type { ManifestTarget, RenderTarget } from '../../discover/target.ts'
import { isMapping, listOf } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { imageOf } from '../../rule/image.ts'
import { valueAt } from '../../text/pointer.ts'
import { baseOf } from '../../trace/base.ts'
import type { Sources } from '../../trace/source.ts'
import { type Change, isRefusal, type Json, type Refusal, refuse } from '../../yaml/change.ts'
import { yamlText } from '../../yaml/write.ts'
import type { DocumentEdit, Edit } from '../fix.ts'
import { patchContent } from '../patch-content.ts'
import { contentChanges, type PatchContent, type Patched, patchText, speaksOf } from '../patch-entry.ts'

export type OverlayScene = {
  readonly sources: Sources
  /** What renders the object; undefined for one that is applied as its file has it. */
  readonly target: RenderTarget | undefined
  /** Files that are applied as they stand, by path. */
  readonly manifests: ReadonlyMap<string, ManifestTarget>
  readonly isForeign: (path: string) => boolean
}

/** A place that takes patches: a list in a document of a file. */
type Holder = {
  readonly path: string
  readonly document: number
  readonly pointer: string
  /** Of a kustomization file what it holds. */
  readonly kustomization?: unknown
  /** The text of the kustomization where there is none yet. */
  readonly start?: string
}

/** The changes on top of the outermost thing that renders the object, or of the folder that is applied as it stands. */
export function overlayEdits(changes: readonly Change[], resource: Resource, scene: OverlayScene): readonly Edit[] | Refusal {
  if (isBeside(resource, scene)) return refuse('the file itself stands beside its kustomization')
  const holder = holderOf(resource, scene)
  if (holder === undefined) return refuse('nothing of this repository could put a patch on top')
  const { path, document, start } = holder
  const made: readonly Edit[] = start === undefined ? [] : [{ path, start }]
  const image = imageEntry(changes, resource, scene, holder)
  if (image !== undefined) return [...made, { path, document, change: { op: 'merge', pointer: '', value: { images: [image] } } }]
  const content = patchContent(changes, resource)
  if (isRefusal(content)) return content
  const object = patchedObject(resource, scene)
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

function holderOf(resource: Resource, scene: OverlayScene): Holder | undefined {
  const { target, sources, isForeign } = scene
  if (target === undefined) return newKustomization(resource, scene)
  if (target.kind === 'kustomization' && target.elsewhere === undefined) {
    const path = target.inputs.find((input) => isKustomizationName(input) && folderOf(input) === target.folder)
    const [document] = path === undefined ? [] : sources.documents(path)
    if (path !== undefined && document !== undefined && !isForeign(path))
      return { path, document: document.index, pointer: '/patches', kustomization: document.yaml.value }
  }
  return rootHolder(target, isForeign)
}

/** The list of patches in the object of Flux or Argo CD that names the target. */
function rootHolder({ kind, root }: RenderTarget, isForeign: OverlayScene['isForeign']): Holder | undefined {
  const { resource } = root
  if (resource === undefined || resource.document.rendering !== undefined || isForeign(resource.document.path)) return undefined
  const at = { path: resource.document.path, document: resource.document.index }
  const { base, value } = resource
  if (root.kind === 'Kustomization') return { ...at, pointer: `${base}/spec/patches` }
  if (root.kind === 'HelmRelease' && kind === 'chart') {
    const known = listOf(valueAt(value, '/spec/postRenderers')).findIndex((one) => isMapping(valueAt(one, '/kustomize')))
    return { ...at, pointer: `${base}/spec/postRenderers/${Math.max(0, known)}/kustomize/patches` }
  }
  const isSingle = root.kind === 'Application' && kind === 'kustomization' && isMapping(valueAt(value, '/spec/source'))
  return isSingle ? { ...at, pointer: `${base}/spec/source/kustomize/patches` } : undefined
}

/** A kustomization beside files that Flux or Argo CD applies as a folder, and so would build. */
function newKustomization(resource: Resource, { manifests, sources }: OverlayScene): Holder | undefined {
  const { path } = resource.document
  const root = manifests.get(path)?.root
  if (root === undefined) return undefined
  const folder = folderOf(path)
  const own = [...manifests.values()]
    .filter((one) => one.root?.name === root.name && one.root.kind === root.kind && isBelow(one.id, folder))
    .map(({ id }) => posix.relative(folder, id))
  const place = posix.join(folder, 'kustomization.yaml')
  if (sources.text(place) !== undefined) return undefined
  const start = yamlText({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: own.sort() })
  return { path: place, document: 0, pointer: '/patches', start, kustomization: {} }
}

/** The object as its own file names it, which is how a patch finds it; of what has no file here, as it is applied. */
function patchedObject(resource: Resource, { sources, target }: OverlayScene): Patched {
  const before = resource.document.rendering?.before
  const written = before === undefined ? undefined : valueAt(before.yaml.value, resource.base)
  const own = target?.kind === 'kustomization' ? baseOf(resource, sources)?.value : written
  const { id, apiVersion } = resource
  const namespace = valueAt(own ?? resource.value, '/metadata/namespace')
  const name = valueAt(own, '/metadata/name')
  return {
    apiVersion,
    kind: id.kind,
    namespace: typeof namespace === 'string' ? namespace : '',
    name: typeof name === 'string' ? name : id.name,
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
