// Finds the object that another one names: a source, a ConfigMap, a Secret.

import { listOf } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { valueAt } from '../text/pointer.ts'
import { folderOf } from './filename.ts'
import { type Scene, textAt } from './scene.ts'

const named: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'GitRepository',
  'OCIRepository',
  'Bucket',
  'HelmRepository',
  'HelmChart',
])

/**
 * Finds an object by kind, namespace and name. An object without a namespace may have any, since a kustomization gives it one; of several that fit, the one
 * whose file is nearest to the one that names it.
 */
export function finderOf(resources: readonly Resource[]): Scene['find'] {
  const index = new Map<string, Resource[]>()
  for (const { key, resource } of resources.flatMap(keysOf)) {
    const same = index.get(key)
    if (same === undefined) index.set(key, [resource])
    else same.push(resource)
  }
  return ({ kind, namespace, name, near }) => {
    const all = index.get(`${kind} ${name}`) ?? []
    const exact = all.filter(({ id }) => id.namespace === namespace && namespace !== '')
    const open = all.filter(({ id }) => id.namespace === '' || namespace === '')
    return nearest(exact, near) ?? nearest(open, near)
  }
}

/** An ArtifactGenerator stands for the artifacts that it makes. */
function keysOf(resource: Resource): readonly { readonly key: string; readonly resource: Resource }[] {
  const { kind, name } = resource.id
  if (kind === 'ArtifactGenerator')
    return listOf(valueAt(resource.value, '/spec/artifacts')).map((artifact) => ({
      key: `ExternalArtifact ${textAt(artifact, '/name')}`,
      resource,
    }))
  return named.has(kind) ? [{ key: `${kind} ${name}`, resource }] : []
}

function nearest(resources: readonly Resource[], near: string): Resource | undefined {
  let best: { readonly resource: Resource; readonly shared: number } | undefined
  for (const resource of resources) {
    const shared = sharedFolders(resource.document.path, near)
    if (best === undefined || shared > best.shared) best = { resource, shared }
  }
  return best?.resource
}

function sharedFolders(a: string, b: string): number {
  const left = folderOf(a).split('/')
  const right = folderOf(b).split('/')
  const part = left.findIndex((segment, at) => segment !== right[at])
  return part < 0 ? left.length : part
}
