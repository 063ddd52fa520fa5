// Whether what Flux and Argo CD take from repositories of others may be another thing tomorrow.

import { normalRepository } from '../../discover/repository.ts'
import { withoutLogin } from '../../render/allowance.ts'
import { isMovingRef } from '../../render/moving.ts'
import { isMapping, type Mapping } from '../../resource/read.ts'
import type { Check, Checked, Facts, Item } from '../item.ts'
import { listAt, mappingAt, textAt } from './part.ts'

/** Repositories of another owner than this one's, at a branch, a range or nothing. Where nobody knows whose this one is, nothing is said. */
export const movingSources: Check = (item) => (item.resource.id.kind === 'GitRepository' ? ofFlux(item) : ofArgo(item))

function ofFlux({ self, facts }: Item): readonly Checked[] {
  const spec = mappingAt(self, 'spec')
  const ref = mappingAt(spec, 'ref')
  const url = textAt(spec, 'url')
  if (isOwners(url, facts) || textAt(ref, 'commit') !== '') return []
  const named = ['name', 'semver', 'tag', 'branch'].find((key) => textAt(ref, key) !== '')
  const value = named === undefined ? '' : textAt(ref, named)
  if (named === 'tag' || (named === 'name' && !isMovingRef(value))) return []
  return [found(named === undefined ? '/spec/ref' : `/spec/ref/${named}`, url, value)]
}

function ofArgo({ self, facts }: Item): readonly Checked[] {
  return argoSources(self).flatMap(({ source, pointer }) => {
    const url = textAt(source, 'repoURL')
    const revision = textAt(source, 'targetRevision')
    if (textAt(source, 'chart') !== '' || !/[/:]/.test(url) || isOwners(url, facts)) return []
    const isVague = revision === '' || revision === 'HEAD' || isMovingRef(revision)
    return isVague && !/[{}$]/.test(url + revision) ? [found(`${pointer}/targetRevision`, url, revision)] : []
  })
}

/** The sources of an Application or of the template of an ApplicationSet. */
export function argoSources(self: Mapping): readonly { readonly source: Mapping; readonly pointer: string }[] {
  const template = mappingAt(mappingAt(self, 'spec'), 'template')
  const [spec, base] = isMapping(template['spec']) ? [template['spec'], '/spec/template/spec'] : [mappingAt(self, 'spec'), '/spec']
  const one = isMapping(spec['source']) ? [{ source: spec['source'], pointer: `${base}/source` }] : []
  const many = listAt(spec, 'sources').flatMap((source, at) => (isMapping(source) ? [{ source, pointer: `${base}/sources/${at}` }] : []))
  return [...one, ...many]
}

function found(pointer: string, url: string, ref: string): Checked {
  const how = ref === '' || ref === 'HEAD' ? 'names no revision: it follows the default branch' : `follows ${ref.slice(0, 60)}`
  return { pointer, message: `${withoutLogin(url)} ${how}.`, extent: [] }
}

function isOwners(url: string, { repositories }: Facts): boolean {
  const owner = (address: string) => normalRepository(address).split('/').slice(0, 2).join('/')
  return url === '' || repositories.length === 0 || repositories.some((own) => owner(own) === owner(url))
}
