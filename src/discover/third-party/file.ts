// What a file of manifests says of its origin: its place, the comments at its head and before its documents, the objects in it.

import { resourcesIn } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { podsIn } from '../../resource/select.ts'
import { groupBy } from '../../text/group.ts'
import { chartOfTemplate } from '../chart.ts'
import { contentOf } from '../content.ts'
import { baseName, isKustomizationName } from '../filename.ts'
import type { Ground } from '../ground.ts'
import { type Component, claim, joined } from './component.ts'
import { commentsAt, headerClaim, templateSource } from './header.ts'
import { type Own, objectClaims } from './object.ts'

/** `whole`: all of the file came from there; else what its documents say, by their number. */
export type FileOrigin = { readonly whole?: Component; readonly documents: ReadonlyMap<number, Component> }

const nothing: FileOrigin = { documents: new Map() }

/** The origin of the file at `path`; `places` is what the folders around it say. */
export function originOf(
  path: string,
  places: readonly Component[],
  { ground, own }: { readonly ground: Ground; readonly own: Own },
): FileOrigin {
  const read = documentsOf(path, ground)
  const objects = read.flatMap(({ resources }) => resources)
  const around = places.filter(({ evidence: [{ kind }] }) => kind !== 'folder' || !objects.some(({ id }) => id.name.includes('upstream')))
  const said = read.map((one) => ({ ...one, claims: claimsOf(one, path, own) }))
  const head = read[0] === undefined || objects.length === 0 ? undefined : headerClaim(path, commentsAt(read[0].text, 0), own.isHere)
  const common = commonOf(said)
  const sure = [...around, ...(head === undefined ? [] : [head])]
  if (sure.length > 0 || common !== undefined) {
    const whole = joined([...sure, ...(common ?? said.flatMap(({ claims }) => claims))])
    return whole === undefined ? nothing : { whole: bundled(whole, path), documents: new Map() }
  }
  const documents = said.flatMap(({ index, claims }) => {
    const found = joined(claims)
    return found === undefined ? [] : [[index, found] as const]
  })
  return { documents: new Map(documents) }
}

type Read = { readonly index: number; readonly text: string; readonly start: number; readonly resources: readonly Resource[] }
type Said = Read & { readonly claims: readonly Component[] }

/** The documents with objects; none of what an own chart's templates or a kustomization write. */
function documentsOf(path: string, ground: Ground): readonly Read[] {
  if (isKustomizationName(path) || chartOfTemplate(path, ground.charts) !== undefined) return []
  const content = ground.kinds.get(path) === 'file' ? contentOf(ground.tree, path, ground.memo) : undefined
  if (content?.kind !== 'documents') return []
  const { text, lineStarts } = content
  return content.documents.flatMap(({ yaml }, index) => {
    const resources = yaml.error === undefined ? resourcesIn({ path, text, lineStarts, yaml, index }) : []
    return resources.length === 0 ? [] : [{ index, text, start: yaml.span.start, resources }]
  })
}

function claimsOf({ text, start, resources }: Read, path: string, own: Own): readonly Component[] {
  const source = templateSource(commentsAt(text, start))
  // What the templates of an own chart made is own, whatever stands in it.
  if (source !== undefined && own.isChart(source.inner)) return []
  const objects = resources.flatMap((resource) => objectClaims(resource, own))
  if (source === undefined) return objects
  const made = claim({ kind: 'header', path, text: `its documents name chart ${source.inner} as their source` }, { name: source.inner })
  return [made, ...objects]
}

/**
 * Where at least half of the workloads, or all objects where there is no workload, came from elsewhere, so did what stands beside them. One name holds for all of them: the one that they
 * agree on, else that of the release that they are known to be of, else the most frequent.
 */
function commonOf(said: readonly Said[]): readonly Component[] | undefined {
  const workloads = said.filter(({ resources }) => resources.some((resource) => podsIn(resource).length > 0))
  const telling = (workloads.length > 0 ? workloads : said).map(({ claims }) => claims)
  const foreign = telling.filter(({ length }) => length > 0)
  if (foreign.length === 0 || foreign.length < (workloads.length > 0 ? telling.length / 2 : telling.length)) return undefined
  const name = nameOf(foreign)
  return said.flatMap(({ claims }) => claims).filter((one) => one.name === name)
}

function nameOf(foreign: readonly (readonly Component[])[]): string {
  const counts = groupBy(foreign, ([first]) => first?.name ?? '')
  const [[most = ''] = []] = [...counts].sort(([, a], [, b]) => b.length - a.length)
  if (counts.size === 1) return most
  const known = foreign.flat().find(({ evidence: [{ kind }] }) => kind === 'release')
  return known?.name ?? most
}

const bundle = /^(?:install|components|bundle|release|deploy|manifests?|gotk-components|crds?|operator|all-in-one)\.ya?ml$/

/** The name of a release's one file is a sign only beside another. */
function bundled(whole: Component, path: string): Component {
  if (!bundle.test(baseName(path))) return whole
  return {
    ...whole,
    evidence: [...whole.evidence, { kind: 'folder', path, text: `${baseName(path)} is how a release calls its one file` }],
  }
}
