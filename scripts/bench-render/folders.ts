// Finds the charts and kustomizations below folders, and reads folders as the native tools see them.

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseDocument } from 'yaml'
import type { EngineFile } from '../../src/render/engine.ts'

const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

export type Found = { readonly root: string; readonly charts: readonly string[]; readonly kustomizations: readonly string[] }

/** Charts that are no sub-charts, and kustomizations that are no components: those are parts of others. */
export function foldersBelow(root: string): Found {
  const charts: string[] = []
  const kustomizations: string[] = []
  for (const folder of everyFolder(root)) {
    if (existsSync(join(folder, 'Chart.yaml')) && basename(dirname(folder)) !== 'charts') charts.push(folder)
    else if (existsSync(join(folder, 'Chart.yaml')) && !existsSync(join(dirname(dirname(folder)), 'Chart.yaml'))) charts.push(folder)
    const file = kustomizationNames.map((name) => join(folder, name)).find((path) => existsSync(path))
    if (file !== undefined && !/^kind:\s*Component\b/m.test(readFileSync(file, 'utf8'))) kustomizations.push(folder)
  }
  return { root, charts, kustomizations }
}

function* everyFolder(folder: string): Generator<string> {
  yield folder
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && entry.name !== '.git') yield* everyFolder(join(folder, entry.name))
  }
}

/** All files below a folder; a link that leads inside it is followed, as the native tools do. */
export function filesBelow(root: string): readonly EngineFile[] {
  const files: EngineFile[] = []
  const real = realpathSync(root)
  const walk = (folder: string, below: string, depth: number) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === '.git') continue
      const [path, name] = [join(folder, entry.name), below === '' ? entry.name : `${below}/${entry.name}`]
      if (entry.isSymbolicLink() && (depth > 12 || !leadsInside(path, real))) continue
      const stat = statSync(path)
      if (stat.isDirectory()) walk(path, name, depth + 1)
      else if (stat.isFile()) files.push({ path: name, bytes: readFileSync(path) })
    }
  }
  walk(root, '', 0)
  return files
}

function leadsInside(path: string, root: string): boolean {
  try {
    return realpathSync(path).startsWith(`${root}/`)
  } catch {
    return false
  }
}

export type ChartFile = {
  readonly name: string
  readonly version: string
  readonly type?: string
  readonly dependencies: readonly { readonly name: string; readonly version: string; readonly repository?: string }[]
}

/** Undefined where Chart.yaml is none. */
export function chartFileOf(folder: string): ChartFile | undefined {
  const { name, version, type, dependencies } = (readYaml(join(folder, 'Chart.yaml')) ?? {}) as Partial<ChartFile>
  const old = existsSync(join(folder, 'requirements.yaml'))
    ? (readYaml(join(folder, 'requirements.yaml')) as Partial<ChartFile> | null)
    : null
  if (typeof name !== 'string' || typeof version !== 'string') return undefined
  return { name, version, ...(type === undefined ? {} : { type }), dependencies: dependencies ?? old?.dependencies ?? [] }
}

function readYaml(path: string): unknown {
  try {
    return parseDocument(readFileSync(path, 'utf8')).toJS()
  } catch {
    return undefined
  }
}
