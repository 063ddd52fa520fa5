// Edits that pin what could be another thing tomorrow to what it is today.

import { movingIn, pinnedAddress } from '../../render/moving.ts'
import { imageOf } from '../../resource/image.ts'
import type { Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { chartsTakenBy } from '../../rule/check/chart.ts'
import { mappingAt, textAt } from '../../rule/check/part.ts'
import { valueAt } from '../../text/pointer.ts'
import { isRefusal, refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

/** The image with the digest that its tag means now; the tag stays for people. */
export const pinImage: NamedEdit = ({ self, item, lookup }) => {
  const image = textAt(self, 'image')
  if (imageOf(image).digest !== '') return refuse('the image has a digest')
  const digest = lookup({ kind: 'image', image })
  return isRefusal(digest) ? digest : [{ op: 'set', pointer: `${item}/image`, value: `${image}@${digest}` }]
}

/** An address at the commit that its branch is now; the branch stays for people. */
export const pinAddress: NamedEdit = ({ finding, here, lookup }) => {
  const address = String(valueAt(finding.resource.value, here))
  const moving = movingIn(address)
  if (moving?.kind === 'latest') return refuse('the address of a release names its version: /releases/download/<version>/')
  if (moving === undefined || moving.kind === 'address') return refuse('nothing in it could be tied to a commit')
  const ref = moving.kind === 'branch' ? moving.ref : undefined
  const commit = lookup({ kind: 'commit', url: moving.repository, ...(ref === undefined ? {} : { ref }) })
  if (isRefusal(commit)) return commit
  const pinned = pinnedAddress(address, commit)
  if (pinned === undefined) return refuse('the address has no place for a commit')
  return [{ op: 'set', pointer: here, value: pinned, ...(ref === undefined ? {} : { note: ref.replace(/^refs\/(?:heads|tags)\//, '') }) }]
}

/** What Flux takes from git at the commit of today: it stands beside the branch and counts before it. */
export const pinSource: NamedEdit = ({ finding, here, lookup }) => {
  const { value, id } = finding.resource
  const ref = valueAt(value, here)
  if (here.endsWith('/semver')) return refuse('the newest tag of a range is not looked up')
  const isFlux = id.kind === 'GitRepository'
  const url = isFlux ? valueAt(value, '/spec/url') : valueAt(value, here.replace(/[^/]+$/, 'repoURL'))
  const named = typeof ref === 'string' && ref !== '' && ref !== 'HEAD' ? { ref } : {}
  const commit = lookup({ kind: 'commit', url: String(url), ...named })
  if (isRefusal(commit)) return commit
  if (isFlux) return [{ op: 'set', pointer: '/spec/ref/commit', value: commit }]
  return [{ op: 'set', pointer: here, value: commit, ...('ref' in named ? { note: named.ref } : {}) }]
}

/** The version that a range of a chart means today. */
export const pinVersion: NamedEdit = ({ finding, self, world, lookup }) => {
  const { resource, pointer } = finding
  const taken = chartsTakenBy({ self, resource }).find((one) => one.pointer === pointer)
  if (taken === undefined) return refuse('the chart is not there')
  const { name, version } = taken
  const repository = taken.repository === '' ? repositoryOf(self, resource.id.namespace, world) : taken.repository
  if (repository === undefined) return refuse('the HelmRepository that it names is not here')
  const range = version === undefined || version === null || version === '' ? undefined : String(version)
  const found = lookup({ kind: 'version', repository, name, ...(range === undefined ? {} : { version: range }) })
  if (isRefusal(found)) return found
  return [
    {
      op: 'set',
      pointer,
      value: found,
      ...(range === undefined || range === '*' || /[^\w.^~<>=|, +-]/.test(range) ? {} : { note: range }),
    },
  ]
}

/** The address of the HelmRepository that a HelmRelease names. */
function repositoryOf(release: Mapping, own: string, world: readonly Resource[]): string | undefined {
  const source = mappingAt(mappingAt(mappingAt(mappingAt(release, 'spec'), 'chart'), 'spec'), 'sourceRef')
  const namespace = textAt(source, 'namespace') || own
  const found = world.find(({ id }) => id.kind === 'HelmRepository' && id.name === source['name'] && id.namespace === namespace)
  const url = found === undefined ? undefined : valueAt(found.value, '/spec/url')
  return typeof url === 'string' ? url : undefined
}
