// Whether anybody on the way could change what is fetched: addresses without TLS, servers that nobody checks, a lock that pins nothing.

import { withoutLogin } from '../../render/allowance.ts'
import type { Check, Checked, Item } from '../item.ts'
import { chartsTakenBy } from './chart.ts'
import { labelOf } from './label.ts'
import { listAt, mappingAt, textAt } from './part.ts'
import { argoSources } from './source.ts'

type Address = { readonly text: string; readonly pointer: string }

/** The addresses that an object of Flux or Argo CD, a kustomization or a chart takes configuration from. */
function addressesIn(item: Item): readonly Address[] {
  const { self, resource } = item
  const spec = mappingAt(self, 'spec')
  switch (resource.id.kind) {
    case 'Application':
    case 'ApplicationSet':
      return argoSources(self).map(({ source, pointer }) => ({ text: textAt(source, 'repoURL'), pointer: `${pointer}/repoURL` }))
    case 'Chart':
      return chartsTakenBy(item).map(({ repository, pointer }) => ({
        text: repository,
        pointer: pointer.replace(/version$/, 'repository'),
      }))
    case 'Bucket':
      return [{ text: textAt(spec, 'endpoint'), pointer: '/spec/endpoint' }]
    case 'Kustomization':
    case 'Component':
      return [
        ...chartsTakenBy(item).map(({ repository, pointer }) => ({ text: repository, pointer: pointer.replace(/version$/, 'repo') })),
        ...['resources', 'bases', 'components'].flatMap((field) =>
          listAt(self, field).map((entry, at) => ({ text: String(entry), pointer: `/${field}/${at}` })),
        ),
      ]
    default:
      return [{ text: textAt(spec, 'url'), pointer: '/spec/url' }]
  }
}

/** An address without TLS, but for hosts inside of the cluster. */
export const plainHttp: Check = (item) =>
  addressesIn(item).flatMap(({ text, pointer }): readonly Checked[] => {
    const host = /^http:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(text.trim())?.[1]
    if (host === undefined || isInside(host)) return []
    const message = `${labelOf(item.resource)} takes what it applies from ${withoutLogin(text).slice(0, 120)} without TLS. Use https://.`
    return [{ pointer, message, extent: [] }]
  })

/** A source whose server may be anybody: `insecure: true` of Flux, and of Argo CD's secrets of repositories. */
export const unverifiedSource: Check = ({ resource, self }) => {
  const label = `${labelOf(resource)} does not check who answers`
  if (resource.id.kind === 'Secret') {
    const type = textAt(mappingAt(mappingAt(self, 'metadata'), 'labels'), 'argocd.argoproj.io/secret-type')
    const data = mappingAt(self, 'stringData')
    const keys = /^(?:repository|repo-creds)$/.test(type) ? ['insecure', 'insecureIgnoreHostKey'] : []
    return keys
      .filter((key) => String(data[key]) === 'true')
      .map((key) => ({
        pointer: `/stringData/${key}`,
        message: `${label}: ${key} is true. Give Argo CD the certificate or host key to trust.`,
        extent: [],
      }))
  }
  const spec = mappingAt(self, 'spec')
  const host = (textAt(spec, 'url') || textAt(spec, 'endpoint')).replace(/^[a-z]+:\/\//, '').replace(/[/:].*$/, '')
  if (spec['insecure'] !== true || isInside(host)) return []
  return [
    { pointer: '/spec/insecure', message: `${label}: insecure is true. Remove it, and name the authority with certSecretRef.`, extent: [] },
  ]
}

/** A lock that was made for other dependencies (discover/helm/object.ts reads it). */
export const staleLock: Check = ({ resource }) =>
  resource.value['lock'] === 'stale'
    ? [
        {
          pointer: '/dependencies',
          message: `${labelOf(resource)} names other dependencies than its lock was made for, so that the lock pins nothing. Run helm dependency update and commit the lock.`,
          extent: [],
        },
      ]
    : []

/** Names that only this machine or the cluster resolves. */
function isInside(host: string): boolean {
  return !host.includes('.') || /^127\.|\.svc(?:\.[\w.-]+)?$|\.(?:local|internal|localhost)$/i.test(host)
}
