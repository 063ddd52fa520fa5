// The identity of a place in an object: its pointer with list items named by what they are, not by where they stand.

import { capabilityName } from '../rule/check/capability.ts'
import { segmentsOf } from '../text/pointer.ts'

/** The fields by which Kubernetes tells the items of a list apart (`x-kubernetes-list-map-keys`), where it is not `name` alone; `subjects` is atomic there, a person tells them apart all the same. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  ports: ['containerPort', 'port', 'protocol'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  subjects: ['kind', 'namespace', 'name'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  conditions: ['type'],
}

/** An item that nothing names: such items are told apart by their number alone. */
export const unnamed = '*'

/**
 * The pointer as a list of segments that survive reordering: `/spec/containers/1/ports/0` becomes `spec, containers, [name=web], ports, [containerPort=80]`.
 * A scalar item is named by its value, unless `sensitive`; what nothing names is `*`.
 */
export function keyOf(value: unknown, pointer: string, sensitive: boolean): readonly string[] {
  const key: string[] = []
  let current = value
  let parent = ''
  for (const segment of segmentsOf(pointer)) {
    const isList = Array.isArray(current)
    current = child(current, segment)
    key.push(isList ? itemKey(parent, current, sensitive) : segment)
    parent = segment
  }
  return key
}

/** The way back: the pointer in `value` that a key leads to, its first match where items are alike; undefined where there is none. The last segments may be missing keys. */
export function pointerOf(value: unknown, key: readonly string[], sensitive: boolean): string | undefined {
  let current = value
  let pointer = ''
  let parent = ''
  for (const segment of key) {
    let step = segment
    if (Array.isArray(current)) {
      const index = current.findIndex((item) => itemKey(parent, item, sensitive) === segment)
      if (index < 0) return undefined
      step = String(index)
    }
    pointer += `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`
    current = child(current, step)
    parent = segment
  }
  return pointer
}

function child(value: unknown, segment: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) return undefined
  return (value as Record<string, unknown>)[segment]
}

function itemKey(list: string, item: unknown, sensitive: boolean): string {
  if (item === null || item === undefined || Array.isArray(item)) return unnamed
  if (typeof item !== 'object')
    return sensitive ? unnamed : `[=${list === 'add' || list === 'drop' ? capabilityName(String(item)) : String(item)}]`
  const fields = item as Readonly<Record<string, unknown>>
  const named = (listKeys[list] ?? ['name']).filter((field) => fields[field] !== undefined)
  if (named.length === 0) return unnamed
  // TCP is what a port without a protocol is: written out it is the same port.
  const told = named.filter((field) => field !== 'protocol' || fields[field] !== 'TCP')
  return `[${told.map((field) => `${field}=${String(fields[field])}`).join(',')}]`
}
