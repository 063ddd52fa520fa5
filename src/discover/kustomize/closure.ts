// Everything that building a kustomization reads: its own file, what it names, and what these name in turn.

import type { Document } from '../../resource/document.ts'
import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { documentsAt, filesBelow, type Ground, isFile, type Kustomization, shownFolder } from '../ground.ts'
import { type ChartEntry, pathFrom, type Reference } from '../kustomization.ts'
import type { InflatedChart, Missing, Place, RemoteBase } from '../target.ts'

export type Closure = {
  readonly inputs: ReadonlySet<string>
  /** The folders whose kustomizations are part of it, the first one included. */
  readonly folders: ReadonlySet<string>
  readonly remotes: readonly RemoteBase[]
  readonly charts: readonly InflatedChart[]
  readonly missing: readonly Missing[]
  /** Folders of which each names the next and the last the first: kustomize refuses that. */
  readonly cycle?: readonly string[]
  /** What lies deeper than anybody nests bases is not followed. */
  readonly tooDeep: boolean
}

type Walk = {
  readonly ground: Ground
  readonly inputs: Set<string>
  readonly folders: Set<string>
  readonly remotes: RemoteBase[]
  readonly charts: InflatedChart[]
  readonly missing: Missing[]
  cycle?: readonly string[]
  tooDeep: boolean
}

/** The closure of the kustomizations in `folders`: one folder, or those that a generated kustomization or an overlay takes. */
export function closureOf(folders: readonly string[], ground: Ground): Closure {
  const walk: Walk = { ground, inputs: new Set(), folders: new Set(), remotes: [], charts: [], missing: [], tooDeep: false }
  for (const folder of folders) visit(folder, [], walk)
  const { ground: _, ...closure } = walk
  return closure
}

const deepest = 200

function visit(folder: string, above: readonly string[], walk: Walk): void {
  if (above.includes(folder)) {
    walk.cycle ??= above.slice(above.indexOf(folder))
    return
  }
  const kustomization = walk.ground.kustomizations.get(folder)
  if (kustomization === undefined || walk.folders.has(folder)) return
  if (above.length > deepest) {
    walk.tooDeep = true
    return
  }
  walk.folders.add(folder)
  walk.inputs.add(kustomization.path)
  const { names, document } = kustomization
  for (const { url, pointer } of names.remotes) walk.remotes.push({ url, at: { document, pointer } })
  for (const chart of names.charts) addChart(chart, kustomization, walk)
  for (const text of inlinePlugins(kustomization.value)) addPlugin(text, folder, walk)
  for (const reference of names.references) {
    if (walk.ground.kustomizations.has(reference.path)) visit(reference.path, [...above, folder], walk)
    else addFile(reference, kustomization, { folder, walk })
  }
}

function addFile(
  reference: Reference,
  { path: by, document }: Kustomization,
  { folder, walk }: { readonly folder: string; readonly walk: Walk },
): void {
  const { path, pointer, field } = reference
  if (isFile(walk.ground, path)) {
    walk.inputs.add(path)
    if (isPluginField(field)) for (const { yaml } of documentsAt(walk.ground, path)) addPlugin(yaml.value, folder, walk)
    return
  }
  walk.missing.push(missingAt({ path, by, at: { document, pointer } }, walk.ground))
}

function missingAt({ path, by, at }: { readonly path: string; readonly by: string; readonly at: Place }, ground: Ground): Missing {
  const hint = isAbove(path)
    ? `Look from a folder that holds both, best the root of the repository, or correct the path in ${by}.`
    : `Correct the path in ${by}, or add what it names.`
  return { message: `${shownFolder(path)}, which ${by} names, ${whyMissing(path, ground)}`, hint, at }
}

function whyMissing(path: string, { kinds, folders }: Ground): string {
  const kind = kinds.get(path)
  if (kind === 'missing') return 'is a file whose content this clone lacks'
  if (kind !== undefined) return `is a ${kind === 'large' ? 'file too large to be read' : kind}`
  if (folders.has(path)) return 'is a folder without a kustomization'
  return isAbove(path) ? 'lies outside of the folder that was looked at' : 'is not there'
}

function isAbove(path: string): boolean {
  return path === '..' || path.startsWith('../')
}

function isPluginField(field: string): boolean {
  return field === 'transformers' || field === 'generators' || field === 'validators'
}

/** Plugins written in place, as text of several lines. */
function inlinePlugins(value: Mapping): readonly unknown[] {
  return ['transformers', 'generators', 'validators']
    .flatMap((field) => listOf(value[field]))
    .flatMap((entry) => (typeof entry === 'string' && entry.includes('\n') ? parseYaml(entry).map((yaml) => yaml.value) : []))
}

const singles = ['path', 'env', 'valuesFile', 'values']
const lists = ['paths', 'files', 'envs', 'additionalValuesFiles', 'replacements']

/** What the configuration of a built-in plugin names: patches, generator input, values. Only files that are there: the same keys may mean something else. */
function addPlugin(value: unknown, folder: string, walk: Walk): void {
  if (!isMapping(value)) return
  const entries = [...singles.map((key) => value[key]), ...lists.flatMap((key) => listOf(value[key]))]
  for (const entry of entries) {
    const written = isMapping(entry) ? entry['path'] : entry
    if (typeof written !== 'string' || written.includes('\n')) continue
    const path = pathFrom(folder, written.slice(written.indexOf('=') + 1))
    if (isFile(walk.ground, path)) walk.inputs.add(path)
  }
}

/** A chart in the tree is input as a whole; kustomize looks below the home for its name, or for its name and version. */
function addChart(chart: ChartEntry, { document }: { readonly document: Document }, { ground, inputs, charts }: Walk): void {
  const home = chart.homes.find((folder) => ground.charts.has(folder))
  for (const path of home === undefined ? [] : filesBelow(ground, home)) inputs.add(path)
  charts.push({
    name: chart.name,
    repository: chart.repository,
    version: chart.version,
    home: home ?? chart.homes.at(-1) ?? '',
    inTree: home !== undefined,
    at: { document, pointer: chart.pointer },
  })
}
