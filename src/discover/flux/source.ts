// The source that an object of Flux names: this repository, another one, or one that the tree does not say.

import { isMapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import { pathFrom } from '../kustomization.ts'
import { type Scene, textAt } from '../scene.ts'

export type FluxSource =
  | { readonly kind: 'here' }
  | { readonly kind: 'git'; readonly repository: string; readonly revision: string }
  /** A chart repository, or an OCI artifact. */
  | { readonly kind: 'repository'; readonly url: string; readonly version: string; readonly type: 'helm' | 'oci' }
  | { readonly kind: 'unknown'; readonly why: string }

/** A reference to a source (`sourceRef`, `chartRef`) of an object, and the path in it that the object takes. */
export type SourceReference = { readonly by: Resource; readonly reference: unknown; readonly path: string }

/**
 * What the reference leads to. A source that the tree lacks is this repository where the path stands in it: bootstrapping keeps the source outside. So is an artifact, since it is usually
 * built from the repository that its path stands in.
 */
export function sourceOf({ by, reference, path }: SourceReference, scene: Scene): FluxSource {
  const kind = textAt(reference, '/kind')
  const name = textAt(reference, '/name')
  const namespace = textAt(reference, '/namespace') || by.id.namespace
  const found = scene.find({ kind, namespace, name, near: by.document.path })
  const here = pathFrom('', path)
  const isPath = here !== '' && (scene.ground.folders.has(here) || scene.ground.kinds.has(here))
  if (found === undefined)
    return isPath || (name === 'flux-system' && kind === 'GitRepository')
      ? { kind: 'here' }
      : { kind: 'unknown', why: `${kind || 'its source'} ${name} is not in this repository` }
  const url = textAt(found.value, '/spec/url')
  if (kind === 'GitRepository')
    return scene.isHere(url) ? { kind: 'here' } : { kind: 'git', repository: url, revision: revisionOf(valueAt(found.value, '/spec/ref')) }
  if (kind === 'HelmRepository')
    return {
      kind: 'repository',
      url,
      version: '',
      type: url.startsWith('oci://') || textAt(found.value, '/spec/type') === 'oci' ? 'oci' : 'helm',
    }
  if (isPath) return { kind: 'here' }
  if (kind === 'OCIRepository') return { kind: 'repository', url, version: versionOf(valueAt(found.value, '/spec/ref')), type: 'oci' }
  return { kind: 'unknown', why: `${kind} ${name} is no git repository` }
}

/** Flux's order: commit, name, semver, tag, branch. */
function revisionOf(ref: unknown): string {
  const keys = ['commit', 'name', 'semver', 'tag', 'branch']
  return keys.map((key) => textAt(ref, `/${key}`)).find((written) => written !== '') ?? 'master'
}

function versionOf(ref: unknown): string {
  if (!isMapping(ref)) return 'latest'
  return textAt(ref, '/digest') || textAt(ref, '/semver') || textAt(ref, '/tag') || 'latest'
}
