// The dependencies of a chart: which it brings along, which lie beside it, which have to be fetched.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { fitsLock } from '../discover/helm/lock.ts'
import type { Dependency } from '../discover/target.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import { parseYaml } from '../yaml/parse.ts'
import { textAt } from './files.ts'

/** `vendored`: below `charts/`; `local`: `file://`; `remote`: elsewhere, also where nobody says where. */
export type FoundDependency = Dependency & { readonly state: 'vendored' | 'local' | 'remote' }

/** The dependencies of the chart in a folder, with the versions that its lock pins where that fits. */
export function dependenciesIn(tree: Tree, folder: string): readonly FoundDependency[] {
  const { chart, lock } = chartAndLock(tree, folder)
  const pinned = lock !== undefined && fitsLock(chart, lock) ? listOf(lock) : []
  return listOf(chart).flatMap((entry) => {
    const name = textOf(entry['name'])
    const repository = textOf(entry['repository'])
    if (name === '') return []
    const pin = pinned.find((one) => one['name'] === name && textOf(one['repository']) === repository)
    const version = textOf(pin?.['version']) || textOf(entry['version'])
    const alias = textOf(entry['alias'])
    const state = isVendored(tree, folder, name) ? 'vendored' : repository.startsWith('file://') ? 'local' : 'remote'
    return [{ chart: folder, name, version, repository, state, ...(alias === '' ? {} : { alias }) }]
  })
}

/** Whether a chart's lock was made for other dependencies than its Chart.yaml names now. */
export function isLockStale(tree: Tree, folder: string): boolean {
  const { chart, lock } = chartAndLock(tree, folder)
  return lock !== undefined && !fitsLock(chart, lock)
}

/** Charts of the first version keep both in files of their own. */
function chartAndLock(tree: Tree, folder: string): { readonly chart: Mapping; readonly lock: Mapping | undefined } {
  const read = (name: string) => mappingAt(tree, posix.join(folder, name))
  const chart = read('Chart.yaml') ?? {}
  if (Array.isArray(chart['dependencies'])) return { chart, lock: read('Chart.lock') }
  return { chart: read('requirements.yaml') ?? {}, lock: read('requirements.lock') }
}

function mappingAt(tree: Tree, path: string): Mapping | undefined {
  const value = parseYaml(textAt(tree, path) ?? '')[0]?.value
  return isMapping(value) ? value : undefined
}

function isVendored(tree: Tree, folder: string, name: string): boolean {
  const home = posix.join(folder, 'charts')
  return tree.files.some(
    ({ path }) => path === `${home}/${name}/Chart.yaml` || (path.startsWith(`${home}/${name}-`) && path.endsWith('.tgz')),
  )
}

function listOf(value: Mapping): readonly Mapping[] {
  return Array.isArray(value['dependencies']) ? value['dependencies'].filter(isMapping) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
