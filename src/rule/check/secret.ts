// Checks for credentials in clear: in environment variables, ConfigMaps and Secrets.

import { isMapping, type Mapping } from '../../resource/read.ts'
import { below } from '../../text/pointer.ts'
import type { Checked, Item } from '../item.ts'
import { labelOf } from './label.ts'
import { secretInText } from './secret-line.ts'
import { isPlaceholder, looksSecret, namesSecret, secretByForm, wordsOf } from './secret-value.ts'

/** Environment variables of a container whose value is a credential; the place is below the container. */
export function envSecrets({ self }: Item): readonly Checked[] {
  const name = nameOf(self)
  return items(self, 'env').flatMap((variable, index) => {
    if (!isMapping(variable) || typeof variable['value'] !== 'string') return []
    const variableName = String(variable['name'] ?? '')
    const kind = looksSecret(variableName, variable['value'])
    if (kind === undefined) return []
    const message = `Environment variable ${variableName} of container "${name}" holds ${kind} in clear. Refer to a Secret with valueFrom.secretKeyRef.`
    return [{ pointer: `/env/${index}/value`, message, extent: [] }]
  })
}

/** Secrets that a container takes as environment variables; the place is below the container. */
export function envSecretRefs({ self }: Item): readonly Checked[] {
  const name = nameOf(self)
  const single = items(self, 'env').flatMap((variable, index) => {
    const from = isMapping(variable) && isMapping(variable['valueFrom']) ? variable['valueFrom'] : {}
    const ref = from['secretKeyRef']
    if (!isMapping(variable) || !isMapping(ref)) return []
    const message = `Environment variable ${String(variable['name'] ?? '')} of container "${name}" is filled from the Secret "${String(ref['name'] ?? '')}". Mount the Secret as a volume.`
    return [{ pointer: `/env/${index}/valueFrom/secretKeyRef`, message, extent: [] }]
  })
  const whole = items(self, 'envFrom').flatMap((source, index) => {
    const ref = isMapping(source) ? source['secretRef'] : undefined
    if (!isMapping(ref)) return []
    const message = `Container "${name}" takes every key of the Secret "${String(ref['name'] ?? '')}" as environment variables. Mount the Secret as a volume.`
    return [{ pointer: `/envFrom/${index}/secretRef`, message, extent: [] }]
  })
  return [...single, ...whole]
}

/** Keys of a ConfigMap whose value is a credential or a file that holds one. */
export function configMapSecrets({ self, resource }: Item): readonly Checked[] {
  const data = isMapping(self['data']) ? self['data'] : {}
  return Object.entries(data).flatMap(([key, value]) => {
    if (typeof value !== 'string') return []
    const kind = value.includes('\n') ? secretInText(value) : (looksSecret(key, value) ?? secretInText(value))
    if (kind === undefined) return []
    const message = `${labelOf(resource)} holds ${kind} in clear under ${key}. Move it to a Secret that is not committed in clear.`
    return [{ pointer: below('/data', key), message, extent: [] }]
  })
}

/**
 * A Secret with values in clear: one finding, shown at the first of them, that reaches to all their keys.
 * Its place is the whole of `data` or `stringData`, so that a value that changes is no news.
 */
export function committedSecrets(item: Item): readonly Checked[] {
  const { self: object, resource } = item
  if (resource.id.kind === 'Config') return kubeconfigSecrets(item)
  const real = [...valuesOf(object, 'data'), ...valuesOf(object, 'stringData')].filter(({ key, text }) => isReal(key, text))
  // Shown is the value that a person would look for first: the password, not the account beside it.
  const first = real.find(({ key }) => namesSecret(key) !== undefined) ?? real[0]
  if (first === undefined) return []
  const keys = real.map(({ key }) => key)
  const listed = keys.length > 5 ? `${keys.slice(0, 4).join(', ')} and ${keys.length - 4} more` : keys.join(', ')
  return [
    {
      pointer: `/${first.field}`,
      shown: below(`/${first.field}`, first.key),
      message: `${labelOf(resource)} holds ${keys.length === 1 ? 'a value' : `${keys.length} values`} in clear: ${listed}. Commit an ExternalSecret, a SealedSecret or a SOPS file.`,
      extent: keys,
    },
  ]
}

/** Users of a kubeconfig with a credential that is no path to a file. */
function kubeconfigSecrets({ self }: Item): readonly Checked[] {
  return items(self, 'users').flatMap((entry, index) => {
    const user = isMapping(entry) && isMapping(entry['user']) ? entry['user'] : {}
    const key = ['token', 'client-key-data', 'password'].find((name) => typeof user[name] === 'string' && !isPlaceholder(user[name]))
    if (key === undefined) return []
    const name = isMapping(entry) ? String(entry['name'] ?? '') : ''
    const message = `The kubeconfig holds the ${key} of user "${name}" in clear. Refer to a file with tokenFile or client-key, or use an exec plugin.`
    return [{ pointer: `/users/${index}/user/${key}`, message, extent: [] }]
  })
}

type Value = { readonly field: 'data' | 'stringData'; readonly key: string; readonly text: string }

function valuesOf(object: Mapping, field: Value['field']): readonly Value[] {
  const values = object[field]
  if (!isMapping(values)) return []
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === null || typeof value === 'object') return []
    const text = String(value)
    return [{ field, key, text: field === 'data' ? decoded(text) : text }]
  })
}

/** The text behind base64; what is no base64 was written in clear. */
function decoded(value: string): string {
  const compact = value.replace(/\s+/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return value
  return Buffer.from(compact, 'base64').toString('utf8')
}

/** Keys whose values say where and who, not with which credential. */
const publicKeys =
  /^(?:\w{0,40}(?:user|username|name|login|email|host|server|address|port|url|uri|endpoint|domain|region|bucket|database|client_id|tenant_id|account_id|project_id)(?:_in)?|type|namespace|project|tenant|account|(?:\w{0,40}_)?db|scheme|protocol|driver|issuer|insecure|enable_oci|enable_lfs|ca|ca_crt|ca_cert|ca_bundle|tls_crt|cert|crt|certificate|public_key|(?:ssh_)?known_hosts)$/

function isReal(key: string, text: string): boolean {
  if (isPlaceholder(text)) return false
  if (secretByForm(text) !== undefined || isBinary(text)) return true
  if (/-----BEGIN (?:TRUSTED )?(?:CERTIFICATE|PUBLIC KEY)/.test(text)) return false
  // A whole file is a secret for what stands in it; a list of users with their hashes or the logins of registries have no names that tell.
  if (text.trim().includes('\n')) return secretInText(text) !== undefined || /^\.?docker|htpasswd|^auth$|_auth$|^users$/.test(wordsOf(key))
  return !publicKeys.test(wordsOf(key))
}

/** A key store and the like: bytes that are no text. */
function isBinary(text: string): boolean {
  return /[\0-\x08\uFFFD]/.test(text)
}

function items(container: Mapping, key: string): readonly unknown[] {
  const list = container[key]
  return Array.isArray(list) ? list : []
}

function nameOf(container: Mapping): string {
  return String(container['name'] ?? '')
}
