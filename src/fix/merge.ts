// A part of an object put on top of another, as a strategic merge patch is written: items of lists are told by their keys.

import { isMapping } from '../resource/read.ts'
import { below, segmentsOf, valueAt } from '../text/pointer.ts'
import type { Change, Json, Refusal } from '../yaml/change.ts'

/** The value at `pointer` with `value` on top of it. */
export type Merge = { readonly op: 'merge'; readonly pointer: string; readonly value: Json }

/** How a text is edited: the text with changes made, or why not. */
export type EditText = (source: string, changes: readonly (Change | Merge)[]) => string | Refusal

/** The field that tells the items of a list apart where that is not `name`: the patch merge keys of the Kubernetes API. */
const mergeKeys: Readonly<Record<string, string>> = {
  hostAliases: 'ip',
  ports: 'containerPort',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
}

/** Lists that the Kubernetes API merges item by item, and the images of a kustomization; any other is replaced as a whole. */
const mergedLists: ReadonlySet<string> = new Set([
  ...['containers', 'initContainers', 'ephemeralContainers', 'env', 'volumes', 'imagePullSecrets', 'images'],
  ...Object.keys(mergeKeys),
])

/** The field by which an item of the list at `pointer` is known to a strategic merge; undefined where the list is replaced as a whole. */
export function mergeKeyOf(pointer: string, item: unknown): string | undefined {
  const list = segmentsOf(pointer).at(-1) ?? ''
  const field = mergeKeys[list] ?? 'name'
  return mergedLists.has(list) && isMapping(item) && item[field] !== undefined ? field : undefined
}

/** The changes that come to the same for what stands there now. */
export function stepsOf({ pointer, value }: Merge, now: unknown): readonly Change[] {
  return steps(valueAt(now, pointer), value, pointer)
}

function steps(now: unknown, wanted: Json, at: string): readonly Change[] {
  if (Array.isArray(wanted) && Array.isArray(now) && wanted.every((item: Json) => mergeKeyOf(at, item) !== undefined))
    return wanted.flatMap((item: Json) => itemSteps(now, item, at))
  if (!isObject(wanted) || !isMapping(now)) return [{ op: 'set', pointer: at, value: wanted }]
  return Object.entries(wanted).flatMap(([key, item]) => steps(now[key], item, below(at, key)))
}

function itemSteps(now: readonly unknown[], item: Json, at: string): readonly Change[] {
  const key = mergeKeyOf(at, item) ?? ''
  const index = now.findIndex((other) => isMapping(other) && other[key] === valueAt(item, below('', key)))
  return index < 0 ? [{ op: 'append', pointer: at, value: item }] : steps(now[index], item, below(at, index))
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
