// The source that an object of Flux names: this repository, another one, or one that the tree does not say.

import { isMapping, listOf } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import { pathFrom } from '../kustomization.ts'
import { type Scene, textAt } from '../scene.ts'

export type FluxSource =
  /** `path`: from the root of the tree. */
  | { readonly kind: 'here'; readonly path: string }
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
      ? { kind: 'here', path: here }
      : { kind: 'unknown', why: `${kind || 'its source'} ${name} is not in this repository` }
  if (kind === 'ExternalArtifact') return composed(found, { name, path: here }, scene)
  const url = textAt(found.value, '/spec/url')
  if (kind === 'GitRepository')
    return scene.isHere(url)
      ? { kind: 'here', path: here }
      : { kind: 'git', repository: url, revision: revisionOf(valueAt(found.value, '/spec/ref')) }
  if (kind === 'HelmRepository')
    return {
      kind: 'repository',
      url,
      version: '',
      type: url.startsWith('oci://') || textAt(found.value, '/spec/type') === 'oci' ? 'oci' : 'helm',
    }
  if (isPath) return { kind: 'here', path: here }
  if (kind === 'OCIRepository') return { kind: 'repository', url, version: versionOf(valueAt(found.value, '/spec/ref')), type: 'oci' }
  return { kind: 'unknown', why: `${kind} ${name} is no git repository` }
}

/** What an ArtifactGenerator copies together: a path of the artifact, led back to where it was copied from. */
function composed(generator: Resource, { name, path }: { readonly name: string; readonly path: string }, scene: Scene): FluxSource {
  const sources = listOf(valueAt(generator.value, '/spec/sources'))
  const artifact = listOf(valueAt(generator.value, '/spec/artifacts')).find((entry) => textAt(entry, '/name') === name)
  const copies = listOf(valueAt(artifact, '/copy')).flatMap((copy) => {
    const from = /^@([^/]+)\/(.*?)(?:\/?\*\*?)?$/.exec(textAt(copy, '/from'))
    const to = /^@artifact(?:\/(.*))?$/.exec(textAt(copy, '/to'))
    return from === null || to === null ? [] : [{ alias: from[1] ?? '', from: pathFrom('', from[2] ?? ''), to: pathFrom('', to[1] ?? '') }]
  })
  // The last copy wins; above all copies, what they have in common.
  const copy = copies.findLast(({ to }) => to === '' || path === to || path.startsWith(`${to}/`))
  const [first] = copies
  const above = first !== undefined && copies.every((one) => rootOf(one) === rootOf(first)) ? rootOf(first) : undefined
  const origin = copy === undefined ? above && pathFrom(above, path) : pathFrom(copy.from, path.slice(copy.to.length))
  const reference = sources.find((source) => textAt(source, '/alias') === (copy ?? first)?.alias)
  if (origin === undefined || reference === undefined)
    return { kind: 'unknown', why: `ArtifactGenerator ${generator.id.name} does not say where ${path || '.'} comes from` }
  return sourceOf({ by: generator, reference, path: origin }, scene)
}

/** The folder in which a copy stands as it does in the artifact. */
function rootOf({ from, to }: { readonly from: string; readonly to: string }): string | undefined {
  if (to === '') return from
  return from === to ? '' : from.endsWith(`/${to}`) ? from.slice(0, -to.length - 1) : undefined
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
