// The files that a kustomization may read: what a review hands to the engine, and not a whole repository.

import { posix } from 'node:path'
import { parseDocument } from 'yaml'
import { isKustomizationName } from '../../src/discover/filename.ts'
import { namesIn } from '../../src/discover/kustomization.ts'
import type { EngineFile } from '../../src/render/engine.ts'
import { isMapping } from '../../src/resource/read.ts'

/** All that the kustomization in `folder` names, and what that names; with charts, the whole folder. */
export function closureOf(files: readonly EngineFile[], folder: string): readonly EngineFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const taken = new Map<string, EngineFile>()
  const open = [folder]
  const seen = new Set<string>()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const file = byPath.get(next)
    if (file !== undefined) {
      taken.set(next, file)
      continue
    }
    const found = files.find(({ path }) => posix.dirname(path) === (next === '' ? '.' : next) && isKustomizationName(path))
    if (found === undefined) continue
    taken.set(found.path, found)
    const value: unknown = parsed(found)
    if (!isMapping(value)) continue
    open.push(...namesIn(found.path, value).references.map(({ path }) => (path === '.' ? '' : path)))
    if ('helmCharts' in value) for (const one of files) if (one.path.startsWith(`${next}/`)) taken.set(one.path, one)
  }
  return [...taken.values()]
}

function parsed({ bytes }: EngineFile): unknown {
  try {
    return parseDocument(new TextDecoder().decode(bytes)).toJS()
  } catch {
    return undefined
  }
}
