// What an object says of its own origin: labels and annotations of the tools that made it, and the image and name of a known release.

import { isMapping, type Mapping } from '../../resource/read.ts'
import { nameOf, type Resource } from '../../resource/resource.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { normalRepository } from '../repository.ts'
import { type Component, claim } from './component.ts'
import { releaseNamed, releaseOf, releaseSaid } from './release.ts'

/** What counts as this repository's own: its charts by name, and its addresses. */
export type Own = { readonly isChart: (name: string) => boolean; readonly isHere: (address: string) => boolean }

/** All that an object says of itself, the surest first. */
export function objectClaims(resource: Resource, own: Own): readonly Component[] {
  const { path } = resource.document
  const metadata = mapping(resource.value['metadata'])
  const labels = mapping(metadata['labels'])
  return [originClaim(path, mapping(metadata['annotations']), own), chartClaim(path, labels, own), releaseClaim(resource, own)].flatMap(
    (found) => found ?? [],
  )
}

/** Kustomize writes where it took an object from, if it is asked to. */
function originClaim(path: string, annotations: Mapping, { isHere }: Own): Component | undefined {
  const written = annotations['config.kubernetes.io/origin']
  const origin = typeof written === 'string' ? mapping(parseYaml(written.slice(0, 1_000))[0]?.value) : {}
  const { repo, ref } = origin
  if (typeof repo !== 'string' || isHere(repo)) return undefined
  const source = normalRepository(repo)
  const name = releaseNamed(source.replace(/^github\.com\//, ''))?.name ?? source.split('/').at(-1) ?? source
  const text = `the annotation config.kubernetes.io/origin names ${source}`
  return claim({ kind: 'label', path, text }, { name, source, version: typeof ref === 'string' ? ref : '' })
}

/** The label that charts put on what they render; Helm 2 had two of its own. */
function chartClaim(path: string, labels: Mapping, own: Own): Component | undefined {
  const isOld = typeof labels['heritage'] === 'string' && /^(?:Helm|Tiller)$/.test(labels['heritage'])
  const key = typeof labels['helm.sh/chart'] === 'string' ? 'helm.sh/chart' : isOld ? 'chart' : undefined
  const written = key === undefined ? undefined : labels[key]
  if (key === undefined || typeof written !== 'string') return undefined
  const [, name = written, version = ''] = /^(.+?)-(v?\d.*)$/.exec(written) ?? []
  if (name === '' || own.isChart(name)) return undefined
  return claim({ kind: 'label', path, text: `the label ${key} names ${written}` }, { name, version })
}

function releaseClaim(resource: Resource, { isHere }: Own): Component | undefined {
  const { path } = resource.document
  const known = releaseOf(resource)
  if (known !== undefined && !isHere(`https://github.com/${known.source}`)) {
    const text = `${nameOf(resource.id)} runs ${known.image}, as the release does`
    return claim({ kind: 'release', path, text }, known)
  }
  const said = releaseSaid(resource)
  if (said === undefined || isHere(`https://github.com/${said.source}`)) return undefined
  return claim({ kind: 'label', path, text: `name and label of ${nameOf(resource.id)} say part of ${said.label}` }, said)
}

function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {}
}
