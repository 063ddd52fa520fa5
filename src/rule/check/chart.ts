// Charts of which no one version is asked: a range, or nothing.

import { isExact } from '../../render/exact-version.ts'
import { isMapping, type Mapping } from '../../resource/read.ts'
import type { Check, Checked, Item } from '../item.ts'
import { listAt, mappingAt, textAt } from './part.ts'
import { argoSources } from './source.ts'

/** A chart that is taken from a repository: `field` is the one in which its version stands or would. */
export type TakenChart = {
  readonly name: string
  /** Empty where another object has it. */
  readonly repository: string
  readonly version: unknown
  readonly pointer: string
}

/** Charts by range or without a version. A lock, and what is vendored, ties a dependency already: such charts are not asked about. */
export const rangedCharts: Check = (item) =>
  openCharts(item).flatMap(({ name, version, pointer }): readonly Checked[] => {
    const wish = version === undefined || version === null ? '' : String(version)
    if (/[{}$]/.test(wish + name) || isExact(wish) || wish.startsWith('sha256:')) return []
    return [{ pointer, message: `Chart "${name.slice(0, 60)}" is asked for ${askedFor(wish)} taken.`, extent: [] }]
  })

function askedFor(wish: string): string {
  if (wish === '') return 'without a version: the newest one is'
  return /^[*xX]$/.test(wish) ? `by "${wish}", any version: the newest one is` : `by the range ${wish.slice(0, 60)}: the newest in it is`
}

/** Those of a chart that neither its lock nor a copy in it ties (discover/helm/object.ts says so). */
function openCharts(item: Item): readonly TakenChart[] {
  const { lock = 'none', inside } = item.resource.value
  if (lock !== 'none') return []
  return chartsTakenBy(item).filter(({ name }) => !Array.isArray(inside) || !inside.includes(name))
}

export function chartsTakenBy({ self, resource }: Pick<Item, 'self' | 'resource'>): readonly TakenChart[] {
  switch (resource.id.kind) {
    case 'Chart':
      return listed(self, 'dependencies', 'repository').filter(({ repository }) => /^(?:https?|oci):\/\//i.test(repository))
    case 'HelmRelease':
      return ofFlux(self)
    case 'Application':
    case 'ApplicationSet':
      return argoSources(self).flatMap(({ source, pointer }) => {
        const [name, url] = [textAt(source, 'chart'), textAt(source, 'repoURL')]
        const repository = /^[a-z]+:\/\//i.test(url) ? url : `oci://${url}`
        return name === '' ? [] : [{ name, repository, version: source['targetRevision'], pointer: `${pointer}/targetRevision` }]
      })
    default:
      return listed(self, 'helmCharts', 'repo').filter(({ repository }) => repository !== '')
  }
}

function listed(self: Mapping, field: string, repository: string): readonly TakenChart[] {
  return listAt(self, field).flatMap((entry, at) => {
    if (!isMapping(entry)) return []
    const pointer = `/${field}/${at}/version`
    return [{ name: textAt(entry, 'name'), repository: textAt(entry, repository), version: entry['version'], pointer }]
  })
}

/** A chart of git or a bucket has the version that stands in it. */
function ofFlux(self: Mapping): readonly TakenChart[] {
  const spec = mappingAt(mappingAt(mappingAt(self, 'spec'), 'chart'), 'spec')
  const name = textAt(spec, 'chart')
  if (name === '' || textAt(mappingAt(spec, 'sourceRef'), 'kind') !== 'HelmRepository') return []
  return [{ name, repository: '', version: spec['version'], pointer: '/spec/chart/spec/version' }]
}
