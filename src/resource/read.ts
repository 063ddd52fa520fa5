// From a parsed document to the Kubernetes objects in it: lists are unfolded as the API machinery does, nothing else is changed.

import { below } from '../text/pointer.ts'
import type { Document } from './document.ts'
import type { Resource, ResourceId } from './resource.ts'

/** A value of a document that may be an object of its own: the document itself, or what a list holds. */
export type Item = { readonly base: string; readonly value: unknown }

/** A JSON object. */
export type Mapping = Readonly<Record<string, unknown>>

/** An object with `apiVersion` and `kind`, and its JSON Pointer in the document. */
export type KubernetesObject = { readonly base: string; readonly value: Mapping; readonly apiVersion: string; readonly kind: string }

/** Whether a value is a mapping: no list, no scalar, not null. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list as it is; nothing for any other value. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The Kubernetes objects of a document, in its order: the object itself, or the items of a list. Empty for anything else. */
export function resourcesIn(document: Document): readonly Resource[] {
  return itemsIn(document.yaml.value).flatMap((item) => {
    const object = asObject(item)
    return object === undefined ? [] : [resourceOf(object, document)]
  })
}

/** The object that an item is, if its `apiVersion` and `kind` are non-empty strings. */
export function asObject({ base, value }: Item): KubernetesObject | undefined {
  if (!isMapping(value)) return undefined
  const { apiVersion, kind } = value
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') return undefined
  return { base, value, apiVersion, kind }
}

/**
 * The value itself, or what it holds: kubectl unfolds whatever has a list under `items`, of any kind, and gives items without kind that of the list without its ending;
 * an OpenShift Template holds `objects`. Lists in lists are unfolded too.
 */
export function itemsIn(value: unknown): readonly Item[] {
  const found: Item[] = []
  unfold({ base: '', value }, found)
  return found
}

function unfold(item: Item, found: Item[]): void {
  const key = listKeyOf(item.value)
  if (key === undefined || !isMapping(item.value)) {
    found.push(item)
    return
  }
  const list = item.value
  const items: readonly unknown[] = Array.isArray(list[key]) ? list[key] : []
  for (const [index, value] of items.entries()) {
    unfold({ base: below(below(item.base, key), index), value: named(value, list) }, found)
  }
}

function listKeyOf(value: unknown): 'items' | 'objects' | undefined {
  if (!isMapping(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') return undefined
  if (Array.isArray(value['items'])) return 'items'
  if (value['kind'] === 'Template' && groupOf(value['apiVersion']) === 'template.openshift.io' && Array.isArray(value['objects']))
    return 'objects'
  return undefined
}

/** An item of a typed list (`RoleList`) need not say what it is. */
function named(item: unknown, list: Mapping): unknown {
  const { apiVersion, kind } = list
  if (!isMapping(item) || Object.hasOwn(item, 'kind') || Object.hasOwn(item, 'apiVersion')) return item
  if (typeof kind !== 'string' || kind === 'List' || !kind.endsWith('List')) return item
  return { apiVersion, kind: kind.slice(0, -'List'.length), ...item }
}

/** The group of an API version; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

function resourceOf(object: KubernetesObject, document: Document): Resource {
  return { id: idOf(object), apiVersion: object.apiVersion, value: object.value, document, base: object.base }
}

function idOf({ apiVersion, kind, value }: KubernetesObject): ResourceId {
  const metadata = isMapping(value['metadata']) ? value['metadata'] : {}
  return { group: groupOf(apiVersion), kind, namespace: text(metadata['namespace']), name: nameIn(metadata) }
}

function nameIn(metadata: Mapping): string {
  const name = text(metadata['name'])
  if (name !== '') return name
  const prefix = text(metadata['generateName'])
  return prefix === '' ? '' : `${prefix}*`
}

/** A name that is written as a number is taken by its digits, so that two such objects stay two; other values name nothing. */
function text(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
