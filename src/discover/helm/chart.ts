// A chart in the tree: what its Chart.yaml says, everything that rendering it reads, and which dependencies are not there.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import { groupBy } from '../../text/group.ts'
import { baseName, folderOf } from '../filename.ts'
import { documentsAt, filesBelow, type Ground, isFile, mappingAt, shownFolder } from '../ground.ts'
import { pathFrom } from '../kustomization.ts'
import type { Dependency, Missing } from '../target.ts'

/** What a Chart.yaml says. */
export type ChartInfo = {
  readonly name: string
  readonly version: string
  readonly isLibrary: boolean
  readonly dependencies: readonly Dependency[]
}

/** The chart in a folder; undefined where the folder has no Chart.yaml that names one. */
export function chartAt(folder: string, ground: Ground): ChartInfo | undefined {
  const { infos } = knownOf(ground)
  if (!infos.has(folder)) infos.set(folder, readChart(folder, ground))
  return infos.get(folder)
}

function readChart(folder: string, ground: Ground): ChartInfo | undefined {
  const value = mappingAt(ground, inFolder(folder, 'Chart.yaml'))
  const name = value === undefined ? '' : text(value['name'])
  if (value === undefined || name === '') return undefined
  const dependencies = dependenciesOf(folder, value, ground)
  return { name, version: text(value['version']), isLibrary: value['type'] === 'library', dependencies }
}

export type ChartClosure = {
  /** Every file that rendering the chart may read, sorted: its own folder, and what `file://` dependencies lead to. */
  readonly inputs: readonly string[]
  /** The chart folders in it: its own, below `charts/`, and those of `file://` dependencies. */
  readonly folders: ReadonlySet<string>
  readonly dependencies: readonly Dependency[]
  readonly missing: readonly Missing[]
}

/** What is known of the charts of a tree: a hundred releases of one chart, or its values files, share it. */
type Known = {
  readonly infos: Map<string, ChartInfo | undefined>
  readonly closures: Map<string, ChartClosure>
  readonly subCharts: ReadonlyMap<string, readonly string[]>
}
const known = new WeakMap<Ground, Known>()

function knownOf(ground: Ground): Known {
  const found = known.get(ground)
  if (found !== undefined) return found
  const subs = groupBy(
    [...ground.charts].filter((folder) => isSubChart(folder, ground)),
    (folder) => folderOf(folderOf(folder)),
  )
  const made: Known = { infos: new Map(), closures: new Map(), subCharts: subs }
  known.set(ground, made)
  return made
}

/** The closure of the chart in a folder. Which of the files Helm leaves out (.helmignore) is for Helm to say. */
export function chartClosure(folder: string, ground: Ground): ChartClosure {
  const { closures } = knownOf(ground)
  const closure = closures.get(folder) ?? closureOf(folder, ground)
  closures.set(folder, closure)
  return closure
}

function closureOf(folder: string, ground: Ground): ChartClosure {
  const folders = new Set([folder])
  const inputs = new Set<string>()
  const dependencies: Dependency[] = []
  const missing: Missing[] = []
  // A set is walked in the order in which it grows.
  for (const chart of folders) {
    for (const path of filesBelow(ground, chart)) inputs.add(path)
    for (const dependency of chartAt(chart, ground)?.dependencies ?? []) {
      const local = localFolder(dependency)
      const isThere = local !== undefined && ground.charts.has(local)
      if (isThere) folders.add(local)
      if (isVendored(dependency, ground)) continue
      if (local === undefined || isThere) dependencies.push(dependency)
      else missing.push(gone(dependency, local))
    }
    for (const sub of knownOf(ground).subCharts.get(chart) ?? []) folders.add(sub)
  }
  return { inputs: [...inputs].sort(), folders, dependencies, missing }
}

/** The charts beside it on which a chart, or one below its `charts/`, depends. */
export function localDependencies(folder: string, ground: Ground): readonly string[] {
  const own = [folder, ...(knownOf(ground).subCharts.get(folder) ?? [])]
  const dependencies = own.flatMap((chart) => chartAt(chart, ground)?.dependencies ?? [])
  return dependencies.flatMap((dependency) => {
    const local = localFolder(dependency)
    return local === undefined || !ground.charts.has(local) ? [] : [local]
  })
}

/** Whether a folder is a chart inside another chart's `charts/`. */
export function isSubChart(folder: string, { charts }: Ground): boolean {
  const parent = folderOf(folder)
  return baseName(parent) === 'charts' && charts.has(folderOf(parent)) && folder !== ''
}

/** Where a `file://` dependency leads; undefined for any other. */
function localFolder({ chart, repository }: Dependency): string | undefined {
  return repository.startsWith('file://') ? pathFrom(chart, repository.slice('file://'.length)) : undefined
}

function isVendored({ chart, name }: Dependency, ground: Ground): boolean {
  const home = inFolder(chart, 'charts')
  if (ground.charts.has(`${home}/${name}`)) return true
  return filesBelow(ground, home).some((path) => path.startsWith(`${home}/${name}-`) && path.endsWith('.tgz') && isFile(ground, path))
}

function gone({ chart, name, at }: Dependency, local: string): Missing {
  return {
    ...(at === undefined ? {} : { at }),
    message: `chart ${name}, on which ${shownFolder(chart)} depends, is not at ${shownFolder(local)}`,
    hint: `Correct its repository in ${inFolder(chart, 'Chart.yaml')}, or add the chart.`,
  }
}

/** `dependencies` of Chart.yaml, or of the requirements.yaml of older charts, with the versions that the lock pins. */
function dependenciesOf(folder: string, value: Mapping, ground: Ground): readonly Dependency[] {
  const old = inFolder(folder, 'requirements.yaml')
  const isOld = !Array.isArray(value['dependencies']) && ground.kinds.has(old)
  const [document] = documentsAt(ground, isOld ? old : inFolder(folder, 'Chart.yaml'))
  const own = document?.yaml.value
  const written = listOf(isMapping(own) ? own['dependencies'] : undefined)
  if (document === undefined || written.length === 0) return []
  const lock = documentsAt(ground, inFolder(folder, isOld ? 'requirements.lock' : 'Chart.lock'))[0]?.yaml.value
  const pinned = new Map(
    listOf(isMapping(lock) ? lock['dependencies'] : undefined).flatMap((entry) =>
      isMapping(entry) ? [[`${text(entry['name'])} ${text(entry['repository'])}`, text(entry['version'])] as const] : [],
    ),
  )
  return written.flatMap((entry, index): readonly Dependency[] => {
    if (!isMapping(entry) || text(entry['name']) === '') return []
    const name = text(entry['name'])
    const repository = text(entry['repository'])
    const alias = text(entry['alias'])
    const version = pinned.get(`${name} ${repository}`) ?? text(entry['version'])
    const at = { document, pointer: `/dependencies/${index}` }
    return [{ chart: folder, name, version, repository, at, ...(alias === '' ? {} : { alias }) }]
  })
}

/** A path below a folder. */
export function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}
