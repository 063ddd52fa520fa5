// Which API versions are deprecated or gone in which Kubernetes version, and what takes their place.

import lifecycle from './api-lifecycle.json' with { type: 'json' }
import { compareVersions } from './version.ts'

export type Lifecycle = {
  /** Since which minor version the API is deprecated, and from which on it is not served. */
  readonly deprecated: string
  readonly removed: string
  /** The `apiVersion` to write, with the kind behind it where that changes too; absent where nothing takes its place. */
  readonly replacement?: string
}

const apis: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = lifecycle.apis

/** What is known about the end of `kind` in `apiVersion`; undefined where no end is known. */
export function lifecycleOf(apiVersion: string, kind: string): Lifecycle | undefined {
  if (!Object.hasOwn(apis, apiVersion)) return undefined
  const kinds = apis[apiVersion]
  if (kinds === undefined || !Object.hasOwn(kinds, kind)) return undefined
  const [deprecated, removed, replacement] = kinds[kind] ?? []
  if (deprecated === undefined || removed === undefined) return undefined
  return replacement === undefined ? { deprecated, removed } : { deprecated, removed, replacement }
}

/** How an API stands in the cluster version `target`. */
export function stateOf(api: Lifecycle, target: string): 'served' | 'deprecated' | 'removed' {
  if (compareVersions(target, api.removed) >= 0) return 'removed'
  return compareVersions(target, api.deprecated) >= 0 ? 'deprecated' : 'served'
}
