// The places that take a patch of an object: kustomizations of this repository, the object of Flux or Argo CD that builds them, a kustomization that is made new.

import { posix } from 'node:path'
import { isBelow } from '../../change/subtree.ts'
import { folderOf, isKustomizationName } from '../../discover/filename.ts'
import { namesIn } from '../../discover/kustomization.ts'
import type { KustomizationTarget, RenderTarget, Root } from '../../discover/target.ts'
import { isMapping, listOf } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import type { Sources } from '../../trace/source.ts'
import { yamlText } from '../../yaml/write.ts'

export type OverlayScene = {
  readonly sources: Sources
  /** What renders the object; undefined for one that is applied as its file has it. */
  readonly target: RenderTarget | undefined
  /** Files that are applied as they stand, judged or not, and by whom. */
  readonly applied: ReadonlyMap<string, Root>
  /** The kustomization of this repository that takes a file or a folder, also outside of what is mended. */
  readonly takerOf: (path: string) => string | undefined
  readonly isForeign: (path: string) => boolean
}

/** A place that takes patches: a list in a document of a file. */
export type Holder = {
  readonly path: string
  readonly document: number
  readonly pointer: string
  /** Of a kustomization file what it holds. */
  readonly kustomization?: unknown
  /** The text of the kustomization where there is none yet. */
  readonly start?: string
  /** The object's file is taken several times, so that only the name under which it is applied tells it apart. */
  readonly isTakenOften?: boolean
}

/**
 * Where patches of the object may stand, the place that a maintainer would prefer first. What came from elsewhere is patched by the kustomization of this repository that stands nearest to it, so that
 * all that build it have the patch once; what is rendered may be patched by what is built, or by who builds it.
 */
export function holdersOf(resource: Resource, scene: OverlayScene): readonly Holder[] {
  const { target, isForeign } = scene
  if (target === undefined) return [newKustomization(resource, scene)].flatMap((holder) => holder ?? [])
  const inner = target.kind === 'kustomization' && target.elsewhere === undefined ? innerHolders(target, resource, scene) : []
  return inner.length > 0 ? inner : [rootHolder(target, isForeign)].flatMap((holder) => holder ?? [])
}

/** The kustomization that stands nearest, then the one that is built. */
function innerHolders(target: KustomizationTarget, { document: { path } }: Resource, scene: OverlayScene): readonly Holder[] {
  const all = kustomizationsOf(target, scene)
  const nearest = scene.isForeign(path) ? nearestOwn(path, all, scene.isForeign) : undefined
  const built = all.find((holder) => folderOf(holder.path) === target.folder && !scene.isForeign(holder.path))
  if (nearest === 'several') return built === undefined ? [] : [{ ...built, isTakenOften: true }]
  return [...new Set([nearest, built])].flatMap((holder) => holder ?? [])
}

function kustomizationsOf({ covers }: KustomizationTarget, { sources }: OverlayScene): readonly Holder[] {
  return sources.once(covers, () =>
    covers.filter(isKustomizationName).flatMap((path) => {
      const [document] = sources.documents(path)
      return document === undefined ? [] : [{ path, document: document.index, pointer: '/patches', kustomization: document.yaml.value }]
    }),
  )
}

/** From the file outwards, as long as there is one way only: what is taken twice has no patch for both that stands nearer than where the ways meet. */
function nearestOwn(path: string, built: readonly Holder[], isForeign: OverlayScene['isForeign']): Holder | 'several' | undefined {
  let taken = path
  for (const _ of built) {
    const [taker, ...others] = built.filter((holder) => takes(holder, taken))
    if (taker === undefined) return undefined
    if (others.length > 0) return 'several'
    if (!isForeign(taker.path)) return taker
    taken = folderOf(taker.path)
  }
  return undefined
}

function takes({ path, kustomization }: Holder, taken: string): boolean {
  return (
    isMapping(kustomization) &&
    namesIn(path, kustomization).references.some(({ role, path: named }) => role === 'resource' && named === taken)
  )
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

/** A kustomization beside files that Flux or Argo CD applies as a folder, and so would build: of all of them, since what it leaves out would be taken off the cluster. */
function newKustomization(resource: Resource, { applied, sources }: OverlayScene): Holder | undefined {
  const { path } = resource.document
  const root = applied.get(path)
  if (root === undefined || !findsKustomizations(root)) return undefined
  const folder = folderOf(path)
  const isOfRoot = ({ kind, path: file, name }: Root) => kind === root.kind && file === root.path && name === root.name
  const own = [...applied].flatMap(([id, by]) => (isOfRoot(by) && isBelow(id, folder) ? [posix.relative(folder, id)] : []))
  const place = posix.join(folder, 'kustomization.yaml')
  if (sources.text(place) !== undefined) return undefined
  const start = yamlText({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: own.sort() })
  return { path: place, document: 0, pointer: '/patches', start, kustomization: {} }
}

/** Flux builds any folder below its own that holds a kustomization; Argo CD the folder that it is given, unless it is told to read a directory. */
function findsKustomizations({ kind, resource }: Root): boolean {
  if (kind === 'Kustomization') return true
  const spec = kind === 'Application' ? '/spec' : '/spec/template/spec'
  const sources = [valueAt(resource?.value, `${spec}/source`), ...listOf(valueAt(resource?.value, `${spec}/sources`))]
  return (kind === 'Application' || kind === 'ApplicationSet') && sources.every((source) => valueAt(source, '/directory') === undefined)
}
