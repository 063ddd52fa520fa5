// What one document of a file is, by its content alone: judged, skipped with a reason, or a problem.

import { asObject, groupOf, isMapping, itemsIn, type KubernetesObject } from '../resource/read.ts'
import { countEncrypted, isEncryptedValue, isSopsDocument } from '../resource/sops.ts'
import type { YamlDocument, YamlError } from '../yaml/document.ts'
import { isKustomization } from './kustomization.ts'
import { looksLikeKubernetes } from './look.ts'
import { placeholderBehindError, placeholderIn, shownPlaceholder } from './placeholder.ts'
import type { SkipReason } from './reason.ts'

/** Why a document, or a part of it, is not judged. */
export type Gap = { readonly reason: SkipReason; readonly attention: boolean; readonly detail?: string }

export type Verdict =
  /** Holds objects that are judged; `gaps` says what in it is not. */
  | { readonly kind: 'judged'; readonly gaps: readonly Gap[] }
  | { readonly kind: 'skipped'; readonly gap: Gap }
  | { readonly kind: 'failed'; readonly error: YamlError }

/** The verdict on a document; `text` is the document's own text, `named` says that the file has a kustomization's name. */
export function classify(yaml: YamlDocument, text: string, named: boolean): Verdict {
  if (yaml.error !== undefined) return classifyError(yaml.error, text, { start: yaml.span.start, named })
  const { value } = yaml
  if (value === null || value === undefined) return skipped('empty', false)
  if (isKustomization(value, named)) return skipped('kustomization', false)
  const objects: KubernetesObject[] = []
  const strays: string[] = []
  for (const item of itemsIn(value)) {
    const object = asObject(item)
    if (object === undefined) strays.push(item.base)
    else objects.push(object)
  }
  if (objects.length === 0) return strays[0] === '' ? classifyOther(value) : classifyStrays(strays)
  if (objects.some(({ apiVersion, kind }) => isEncryptedValue(apiVersion) || isEncryptedValue(kind))) return skipped('encrypted', true)
  if (objects.every(isDefinition)) return skipped('custom-resource-definition', false, 'checked for syntax only')
  const template = text.includes('{{') ? templateIn(objects) : undefined
  if (template !== undefined) return skipped('template-placeholder', true, template)
  return { kind: 'judged', gaps: [...strayGap(strays), ...encryptedGap(objects, text)] }
}

/** A definition of the version that clusters serve today: no rule asks for it. An older one is judged, since it is gone from newer clusters. */
function isDefinition({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'CustomResourceDefinition' && apiVersion === 'apiextensions.k8s.io/v1'
}

function classifyError(error: YamlError, text: string, { start, named }: { readonly start: number; readonly named: boolean }): Verdict {
  const looks = named || looksLikeKubernetes(text)
  const placeholder = placeholderBehindError(text, error.offset - start)
  if (placeholder !== undefined) return skipped('template-placeholder', looks, shownPlaceholder(placeholder))
  return looks ? { kind: 'failed', error } : skipped('not-kubernetes', false, 'no YAML')
}

/** Something other than objects: a near miss of an object is named aloud, since a slip or a trick took it out of sight. */
function classifyOther(value: unknown): Verdict {
  if (isSopsDocument(value))
    return skipped('encrypted', isMapping(value) && Object.hasOwn(value, 'apiVersion') && Object.hasOwn(value, 'kind'))
  const miss = nearMiss(value)
  return miss === undefined ? skipped('not-kubernetes', false) : skipped('not-kubernetes', true, miss)
}

/** A list in which nothing is an object. */
function classifyStrays(strays: readonly string[]): Verdict {
  const [gap] = strayGap(strays)
  return gap === undefined ? skipped('empty', false) : { kind: 'skipped', gap }
}

function nearMiss(value: unknown): string | undefined {
  if (Array.isArray(value))
    return value.some((item) => asObject({ base: '', value: item }) !== undefined) ? 'a list without "kind: List"' : undefined
  if (!isMapping(value)) return undefined
  const { apiVersion, kind } = value
  if (apiVersion !== undefined && kind !== undefined) return 'apiVersion and kind must be text'
  if (!isMapping(value['metadata'])) return undefined
  if (kind !== undefined) return 'apiVersion is missing'
  if (apiVersion !== undefined) return 'kind is missing'
  return undefined
}

function templateIn(objects: readonly KubernetesObject[]): string | undefined {
  for (const object of objects) {
    const found = placeholderIn(object)
    if (found !== undefined) return `${shownPlaceholder(found.text)} at ${object.base}${found.pointer}`
  }
  return undefined
}

function strayGap(strays: readonly string[]): readonly Gap[] {
  if (strays.length === 0) return []
  return [{ reason: 'not-kubernetes', attention: true, detail: `no apiVersion and kind at ${strays.slice(0, 3).join(', ')}` }]
}

/** Ciphertext in an object that configures the cluster itself hides what a rule would read; in data and in custom resources it is what SOPS is for. */
function encryptedGap(objects: readonly KubernetesObject[], text: string): readonly Gap[] {
  if (!text.includes('ENC[AES256_GCM')) return []
  const hiding = objects.filter(({ apiVersion, kind }) => {
    const group = groupOf(apiVersion)
    return kind !== 'Secret' && kind !== 'ConfigMap' && (!group.includes('.') || group.endsWith('.k8s.io'))
  })
  const count = hiding.reduce((sum, { value }) => sum + countEncrypted({ ...value, sops: undefined }), 0)
  return count === 0
    ? []
    : [{ reason: 'encrypted', attention: true, detail: `${count} encrypted ${count === 1 ? 'value' : 'values'} not judged` }]
}

function skipped(reason: SkipReason, attention: boolean, detail?: string): Verdict {
  return { kind: 'skipped', gap: { reason, attention, ...(detail === undefined ? {} : { detail }) } }
}
